package org.mpotr.chat.transport;

import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What waits to be published. A text stays until the room has reflected all of it: only then it is
 * known that others can have it. When there is no more room, the oldest is dropped.
 *
 * <p>No more is under way than a window, so that a server that slows a client down is obeyed
 * without filling anything on the way.
 */
final class XmppOutbox {

  /** What RFC 6120, section 13.12, says that every server takes is 10,000 bytes. */
  static final int SMALLEST_PART = 9_000;

  private static final int LARGEST_PART = 60_000;
  private static final int WINDOW_CHARS = 180_000;
  private static final int WINDOW_STANZAS = 32;
  private static final int MAX_REFUSALS = 8;

  /** A stanza to be sent. */
  record Stanza(String id, String body) {}

  private static final class Parcel {
    private final String text;
    private String id;
    private int count;
    private int piece;
    private int sent;
    private final BitSet reflected = new BitSet();
    private String nickname = "";
    private int refusals;

    Parcel(String text) {
      this.text = text;
    }

    Stanza stanza(int number) {
      int from = number * piece;
      String cut = text.substring(from, Math.min(text.length(), from + piece));
      String body = count == 1 ? text : new XmppPart(id, number, count, cut).body();
      return new Stanza(id + "." + number, body);
    }
  }

  private final SecureRandom random = new SecureRandom();
  private final Deque<Parcel> parcels = new ArrayDeque<>();
  private final int maxMessages;
  private final long maxChars;
  private long chars;
  private int partSize = LARGEST_PART;

  XmppOutbox(int maxMessages, long maxChars) {
    this.maxMessages = maxMessages;
    this.maxChars = maxChars;
  }

  synchronized void add(String text) {
    Parcel parcel = new Parcel(text);
    cut(parcel);
    parcels.add(parcel);
    chars += text.length();
    while (parcels.size() > maxMessages || chars > maxChars) {
      chars -= parcels.remove().text.length();
    }
    notifyAll();
  }

  /** The next stanza, when there is one within the time and the window has room for it. */
  synchronized Optional<Stanza> next(long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    Optional<Stanza> found = find();
    long left = millis;
    while (found.isEmpty() && left > 0) {
      wait(left);
      left = (end - System.nanoTime()) / 1_000_000;
      found = find();
    }
    return found;
  }

  private Optional<Stanza> find() {
    int stanzas = 0;
    long underWay = 0;
    for (Parcel parcel : parcels) {
      if (parcel.sent < parcel.count) {
        if (stanzas > 0 && (stanzas >= WINDOW_STANZAS || underWay + parcel.piece > WINDOW_CHARS)) {
          return Optional.empty();
        }
        int number = parcel.reflected.nextClearBit(parcel.sent);
        parcel.sent = number + 1;
        if (number < parcel.count) {
          return Optional.of(parcel.stanza(number));
        }
      }
      int awaited = parcel.sent - parcel.reflected.cardinality();
      stanzas += Math.max(0, awaited);
      underWay += (long) Math.max(0, awaited) * Math.min(parcel.piece, parcel.text.length());
    }
    return Optional.empty();
  }

  /** A stanza of ours came back from the room, under a nickname of ours. */
  synchronized void reflected(String stanza, String nickname) {
    Optional<Parcel> found = parcel(stanza);
    if (found.isEmpty()) {
      return;
    }
    Parcel parcel = found.get();
    if (!parcel.nickname.equals(nickname)) {
      // Others put parts together by whom they come from: those under another name are lost.
      parcel.nickname = nickname;
      if (!parcel.reflected.isEmpty()) {
        again(parcel);
      }
    }
    parcel.reflected.set(number(stanza));
    if (parcel.reflected.cardinality() >= parcel.count) {
      remove(parcel);
    }
    notifyAll();
  }

  /**
   * The room did not take a stanza of ours.
   *
   * @return whether its text was given up after some tries
   */
  synchronized boolean refused(String stanza) {
    Optional<Parcel> found = parcel(stanza);
    if (found.isEmpty()) {
      return false;
    }
    Parcel parcel = found.get();
    if (++parcel.refusals >= MAX_REFUSALS) {
      remove(parcel);
      notifyAll();
      return true;
    }
    parcel.sent = Math.min(parcel.sent, number(stanza));
    return false;
  }

  /** Nothing is under way any more: what has not come back is to be sent again. */
  synchronized void restart() {
    parcels.forEach(parcel -> parcel.sent = 0);
    notifyAll();
  }

  /** The server takes no stanzas as long as these. */
  synchronized void shorten() {
    if (partSize > SMALLEST_PART) {
      partSize = Math.max(SMALLEST_PART, partSize / 2);
      parcels.stream().filter(parcel -> parcel.text.length() > partSize).forEach(this::cut);
    }
  }

  /** Waits until nothing waits any more, or the time is over. */
  synchronized void awaitEmpty(long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    long left = millis;
    while (left > 0 && !parcels.isEmpty()) {
      wait(left);
      left = (end - System.nanoTime()) / 1_000_000;
    }
  }

  /** Cut in another way it is another text to those who put it together. */
  private void cut(Parcel parcel) {
    byte[] id = new byte[8];
    random.nextBytes(id);
    parcel.id = HexFormat.of().formatHex(id);
    parcel.piece = partSize;
    parcel.count = (parcel.text.length() + partSize - 1) / partSize;
    again(parcel);
  }

  private static void again(Parcel parcel) {
    parcel.sent = 0;
    parcel.reflected.clear();
  }

  private void remove(Parcel parcel) {
    parcels.remove(parcel);
    chars -= parcel.text.length();
  }

  private Optional<Parcel> parcel(String stanza) {
    return parcels.stream()
        .filter(parcel -> stanza.startsWith(parcel.id + "."))
        .filter(parcel -> number(stanza) >= 0 && number(stanza) < parcel.count)
        .findFirst();
  }

  private static int number(String stanza) {
    try {
      return Integer.parseInt(stanza.substring(stanza.indexOf('.') + 1));
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
