package org.mpotr.chat.member;

import java.security.Key;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.mpotr.agreement.MessageKey;
import org.mpotr.epoch.Member;
import org.mpotr.error.ErrorCode;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Frame;
import org.mpotr.wire.Hello;
import org.mpotr.wire.Message;
import org.mpotr.wire.MessageType;
import org.mpotr.wire.SignedMessage;

/**
 * The messages of a set-up that have arrived, by round and sender, in whatever order they came. The
 * group is whoever said the first HELLOs; if the relay shows others another group, no attestation
 * agrees.
 */
final class SetupMessages {

  /** Messages that came before their time and are kept, for each member of the group. */
  private static final int EARLY_PER_MEMBER = 16;

  private final int members;
  private final ChatListener listener;
  private final Map<Hello, Key> hellos = new LinkedHashMap<>();
  private final Map<MessageType, Map<Integer, MessageKey>> rounds =
      new EnumMap<>(MessageType.class);
  private final List<MessageKey> early = new ArrayList<>();
  private final List<byte[]> frames = new ArrayList<>();
  private Bytes sid = Bytes.EMPTY;
  private int foreign;

  SetupMessages(int members, ChatListener listener) {
    this.members = members;
    this.listener = listener;
  }

  /** Takes a message in; what does not belong to this set-up is left out. */
  void add(MessageKey key) {
    Message message = key.message();
    if (message instanceof Hello hello) {
      if (hellos.size() < members) {
        hellos.putIfAbsent(hello, key);
      }
    } else if (message instanceof SignedMessage signed && sid.length() > 0) {
      add(signed, key);
    } else if (message instanceof SignedMessage) {
      keep(early, key);
    } else if (message instanceof Frame frame) {
      keep(frames, frame.encoded().toArray());
    }
  }

  private <T> void keep(List<T> waiting, T message) {
    if (waiting.size() < EARLY_PER_MEMBER * members) {
      waiting.add(message);
    } else {
      listener.refused(ErrorCode.RATE_LIMITED, "too much came before its time");
    }
  }

  /** The session is known from now on, by the member's own first signed message. */
  void begin(Bytes newSid) {
    sid = newSid;
    for (MessageKey key : early) {
      add((SignedMessage) key.message(), key);
    }
    early.clear();
  }

  private void add(SignedMessage message, MessageKey key) {
    if (!message.header().sid().equals(sid) || message.header().sender() >= members) {
      foreign++;
      return;
    }
    MessageKey first =
        rounds
            .computeIfAbsent(message.type(), round -> new TreeMap<>())
            .putIfAbsent(message.header().sender(), key);
    if (first != null) {
      boolean isSame = first.equals(key);
      listener.refused(
          isSame ? ErrorCode.REPLAY : ErrorCode.CONFLICT,
          (isSame ? "a message came twice: " : "there are two versions of a message: ")
              + message.type()
              + " of member "
              + message.header().sender());
    }
  }

  /** Whether every member's message of a round is there. */
  boolean isComplete(MessageType round) {
    return messages(round).size() == members;
  }

  /** The messages of a round. */
  List<Key> messages(MessageType round) {
    return round == MessageType.HELLO
        ? List.copyOf(hellos.values())
        : List.copyOf(rounds.getOrDefault(round, Map.of()).values());
  }

  /** Whether a HELLO is one of the group's. */
  boolean contains(Message hello) {
    return hello instanceof Hello own && hellos.containsKey(own);
  }

  /** Who has not been heard in a round, in words for people. */
  String missing(MessageType round) {
    List<Bytes> ids = hellos.keySet().stream().map(Member::idOf).sorted(order()).toList();
    if (round == MessageType.HELLO) {
      String present = ids.stream().map(Bytes::toHex).collect(Collectors.joining(", "));
      return (members - ids.size()) + " of " + members + " members; there are only " + present;
    }
    Map<Integer, MessageKey> heard = rounds.getOrDefault(round, Map.of());
    List<String> silent = new ArrayList<>();
    for (int place = 0; place < ids.size(); place++) {
      if (!heard.containsKey(place)) {
        silent.add("member " + place + ", id " + ids.get(place));
      }
    }
    return String.join("; ", silent);
  }

  private static Comparator<Bytes> order() {
    return Comparator.naturalOrder();
  }

  /** How many messages belonged to another session. */
  int foreign() {
    return foreign;
  }

  /** The frames that came before the key was attested. */
  List<byte[]> frames() {
    return frames;
  }
}
