package org.mpotr.chat.transport;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.XMPPException;
import org.jxmpp.jid.parts.Resourcepart;
import org.jxmpp.stringprep.XmppStringprepException;
import org.mpotr.wire.Armour;
import org.mpotr.wire.Message;

/**
 * A room of an XMPP server (XEP-0045) as a channel: the text armour in message bodies, longer ones
 * in numbered parts. Where the room has an archive (XEP-0313), what was missed is read from it.
 *
 * <p>Believes the server nothing but the bytes. Other texts in the room are ignored.
 */
public final class XmppTransport implements Transport {

  private static final int WAITING_MESSAGES = 4096;
  private static final long WAITING_CHARS = 22L << 20;
  private static final long CLOSE_MILLIS = 5000;
  private static final long STABLE_SECONDS = 10;
  private static final int MAX_REASON = 200;

  private final XmppOptions options;
  private final Resourcepart resource;
  private final XmppOutbox outbox = new XmppOutbox(WAITING_MESSAGES, WAITING_CHARS);
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Resourcepart nickname;
  private volatile Optional<XmppSession> session = Optional.empty();
  private Optional<XmppDelivery> delivery = Optional.empty();
  private Optional<Thread> thread = Optional.empty();

  /** A room; nothing is sent before {@link #subscribe}. */
  public XmppTransport(XmppOptions options) {
    this.options = options;
    nickname = options.nickname();
    byte[] drawn = new byte[8];
    new SecureRandom().nextBytes(drawn);
    try {
      resource = Resourcepart.from("mpotr-" + HexFormat.of().formatHex(drawn));
    } catch (XmppStringprepException e) {
      throw new IllegalStateException("letters and digits make a resource", e);
    }
  }

  /** Up to 4,096 messages and 16 MiB wait until the room has reflected them. */
  @Override
  public void publish(byte[] message) {
    if (message.length > Message.MAX_BYTES) {
      throw new IllegalArgumentException("the message is too long");
    }
    outbox.add(Armour.encode(message));
  }

  @Override
  public synchronized void subscribe(Subscriber subscriber) {
    if (thread.isPresent() || closed.getCount() == 0) {
      throw new IllegalStateException(thread.isPresent() ? "subscribed already" : "closed");
    }
    XmppDelivery subscribed = new XmppDelivery(subscriber);
    delivery = Optional.of(subscribed);
    Thread started = new Thread(() -> stay(subscribed), "xmpp");
    started.setDaemon(true);
    thread = Optional.of(started);
    started.start();
  }

  /**
   * Asks for another name in the room, now and whenever it is joined again.
   *
   * @throws IllegalArgumentException when this is no nickname
   */
  public void rename(String newNickname) {
    try {
      nickname = Resourcepart.from(newNickname);
      Optional<XmppSession> present = session;
      if (present.isPresent()) {
        present.get().rename(nickname);
      }
    } catch (XmppStringprepException e) {
      throw new IllegalArgumentException("no nickname", e);
    } catch (SmackException e) {
      // Not connected: it is asked for when joining.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits up to five seconds until the room has reflected what waits. */
  @Override
  public synchronized void close() {
    if (closed.getCount() == 0) {
      return;
    }
    try {
      if (thread.isPresent()) {
        outbox.awaitEmpty(CLOSE_MILLIS);
      }
      closed.countDown();
      if (thread.isPresent()) {
        thread.get().interrupt();
        thread.get().join(CLOSE_MILLIS);
      }
    } catch (InterruptedException e) {
      closed.countDown();
      thread.ifPresent(Thread::interrupt);
      Thread.currentThread().interrupt();
    }
    delivery.ifPresent(XmppDelivery::close);
  }

  private void stay(XmppDelivery subscribed) {
    XmppInbox inbox = new XmppInbox(options.room(), outbox, subscribed);
    Backoff backoff = new Backoff();
    try {
      while (closed.getCount() > 0) {
        long since = System.nanoTime();
        String reason = visit(inbox, subscribed);
        subscribed.connection(false, reason);
        // Who is thrown out at once each time waits longer each time.
        if (System.nanoTime() - since > TimeUnit.SECONDS.toNanos(STABLE_SECONDS)) {
          backoff.reset();
        }
        closed.await(backoff.nextMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      // Only close() interrupts, and the thread ends here.
      Thread.currentThread().interrupt();
    }
  }

  private String visit(XmppInbox inbox, XmppDelivery subscribed) throws InterruptedException {
    XmppSession visiting = new XmppSession(options, resource, outbox, inbox, subscribed);
    try {
      visiting.open(nickname);
      session = Optional.of(visiting);
      subscribed.connection(true, "in the room");
      visiting.run();
      return "";
    } catch (IOException | XMPPException | SmackException | RuntimeException e) {
      // Whatever a server's answers make of the library: it is tried again.
      return reason(e);
    } finally {
      session = Optional.empty();
      visiting.close();
    }
  }

  /** What went wrong in a line for people; it may hold what a server says. */
  static String reason(Exception e) {
    String said = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    String line = said.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() > MAX_REASON ? line.substring(0, MAX_REASON) : line;
  }
}
