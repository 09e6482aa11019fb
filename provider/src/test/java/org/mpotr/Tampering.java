package org.mpotr;

import java.security.Key;
import java.util.function.Function;
import org.mpotr.agreement.MessageKey;
import org.mpotr.wire.Attest;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Hello;
import org.mpotr.wire.Introduction;
import org.mpotr.wire.Message;
import org.mpotr.wire.Share;

/** What somebody without any key can do to messages. */
public final class Tampering {

  private Tampering() {}

  /** The same bytes but for one bit. */
  public static byte[] flip(byte[] bytes, int bit) {
    byte[] flipped = bytes.clone();
    flipped[bit / 8] = (byte) (flipped[bit / 8] ^ 1 << bit % 8);
    return flipped;
  }

  /** The same bytes but for their last bit. */
  public static Bytes flip(Bytes bytes) {
    return Bytes.of(flip(bytes.toArray(), 8 * bytes.length() - 8));
  }

  /** The HELLO that a key stands for. */
  public static Hello hello(Key key) {
    return (Hello) message(key);
  }

  /** The INTRODUCTION that a key stands for. */
  public static Introduction introduction(Key key) {
    return (Introduction) message(key);
  }

  /** The SHARE that a key stands for. */
  public static Share share(Key key) {
    return (Share) message(key);
  }

  /** The ATTEST that a key stands for. */
  public static Attest attest(Key key) {
    return (Attest) message(key);
  }

  /** Another INTRODUCTION in the place of one. */
  public static Key change(Key key, Function<Introduction, Introduction> change) {
    return new MessageKey(change.apply(introduction(key)));
  }

  /** An INTRODUCTION with another body. */
  public static Introduction withBody(Introduction said, Bytes body) {
    return new Introduction(
        said.header(),
        said.introKeyHash(),
        body,
        said.sealedKeys(),
        said.commitment(),
        said.signature());
  }

  /** An INTRODUCTION with another commitment. */
  public static Introduction withCommitment(Introduction said, Bytes commitment) {
    return new Introduction(
        said.header(),
        said.introKeyHash(),
        said.sealedBody(),
        said.sealedKeys(),
        commitment,
        said.signature());
  }

  private static Message message(Key key) {
    return ((MessageKey) key).message();
  }
}
