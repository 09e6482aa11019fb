package org.mpotr.session.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.mpotr.crypto.Labelled;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.SecretScalar;
import org.mpotr.session.simulation.KnownRandom.Signer;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Hello;
import org.mpotr.wire.Message;
import org.mpotr.wire.MessageType;
import org.mpotr.wire.SetupHeader;
import org.mpotr.wire.WireWriter;

/** Messages that are wrong in one field, with the signature that a liar can give them. */
final class Lies {

  private static final int SIGNATURE = 64;
  private static final int SID = 2;
  private static final int BODY = 191;

  private record Field(int offset, int length) {}

  private Lies() {}

  /** A message whose field, any of them, is another than it was; its signature is as before. */
  static byte[] altered(byte[] message, SplittableRandom random) {
    List<Field> fields = fields(message);
    Field field = fields.get(random.nextInt(fields.size()));
    byte[] lie = message.clone();
    int at = Math.min(lie.length - 1, field.offset() + random.nextInt(Math.max(1, field.length())));
    lie[at] ^= (byte) (1 << random.nextInt(8));
    return lie;
  }

  /** The same, signed by the liar where it signed the message before. */
  static byte[] alteredAndSigned(byte[] message, KnownRandom keys, SplittableRandom random) {
    return signer(message, keys)
        .map(signer -> signed(altered(message, random), signer, random))
        .orElseGet(() -> altered(message, random));
  }

  private static List<Field> fields(byte[] message) {
    List<Field> fields = new ArrayList<>(List.of(new Field(0, 1), new Field(1, 1)));
    int end = message.length - SIGNATURE;
    int next = SetupHeader.BYTES;
    switch (MessageType.values()[message[1] - 1]) {
      case HELLO -> fields.addAll(List.of(f(2, 2), f(4, 32), f(36, 65), f(101, 65)));
      case START ->
          fields.addAll(List.of(f(2, 60), f(60, 40), f(end - 97, 32), f(end - 65, 65), f(end, 64)));
      case INTRODUCTION -> {
        header(fields);
        int keys = next + 32 + 2 + BODY;
        fields.addAll(List.of(f(next, 32), f(next + 32, 2), f(next + 34, BODY)));
        fields.addAll(List.of(f(keys, end - 32 - keys), f(end - 32, 32), f(end, SIGNATURE)));
      }
      case SHARE -> {
        header(fields);
        fields.addAll(List.of(f(next, 2), f(next + 2, 32), f(next + 34, 48)));
        fields.addAll(List.of(f(end - 80, 32), f(end - 48, 48), f(end, SIGNATURE)));
      }
      case ATTEST -> {
        header(fields);
        fields.addAll(List.of(f(next, 32), f(next + 32, 32), f(next + 64, 32), f(end, SIGNATURE)));
      }
      case ABORT -> {
        header(fields);
        fields.addAll(List.of(f(next, 1), f(end, SIGNATURE)));
      }
      case FRAME ->
          fields.addAll(
              List.of(f(2, 8), f(10, 2), f(12, 16), f(28, end - 16 - 28), f(end - 16, 64)));
      case KEYS -> fields.addAll(List.of(f(2, 32), f(34, 16), f(50, 32), f(82, 64)));
      case KEYS_SEEN -> fields.addAll(List.of(f(2, 32), f(34, 16), f(50, 32)));
    }
    return fields;
  }

  private static Field f(int offset, int length) {
    return new Field(offset, length);
  }

  private static void header(List<Field> fields) {
    fields.addAll(List.of(f(SID, Message.HASH_BYTES), f(SID + Message.HASH_BYTES, 2)));
  }

  private static Optional<Signer> signer(byte[] message, KnownRandom keys) {
    Optional<byte[]> digest = digest(message);
    if (digest.isEmpty()) {
      return Optional.empty();
    }
    byte[] signature = Arrays.copyOfRange(message, message.length - SIGNATURE, message.length);
    return keys.signers().stream()
        .filter(one -> P256.engine().verify(one.point(), digest.get(), signature))
        .findFirst();
  }

  private static Optional<byte[]> digest(byte[] message) {
    byte[] unsigned = Arrays.copyOf(message, message.length - SIGNATURE);
    return switch (MessageType.values()[message[1] - 1]) {
      case START ->
          Optional.of(
              Labelled.hash(WireWriter.labelled("start signature", Bytes.EMPTY).vector(unsigned)));
      case INTRODUCTION, SHARE, ATTEST, ABORT ->
          Optional.of(
              Labelled.hash(
                  WireWriter.labelled(
                          "set-up signature", Bytes.slice(message, SID, Message.HASH_BYTES))
                      .vector(unsigned)));
      case HELLO, FRAME, KEYS, KEYS_SEEN -> Optional.empty();
    };
  }

  private static byte[] signed(byte[] lie, Signer signer, SplittableRandom random) {
    // The type decides what is signed; a lie about it is signed as what it was.
    if (lie[1] < 1 || lie[1] > MessageType.values().length || digest(lie).isEmpty()) {
      return lie;
    }
    byte[] hedge = new byte[P256.HEDGE_BYTES];
    random.nextBytes(hedge);
    byte[] signature =
        P256.engine().sign(SecretScalar.of(signer.scalar()), digest(lie).get(), hedge);
    System.arraycopy(signature, 0, lie, lie.length - SIGNATURE, SIGNATURE);
    return lie;
  }

  /** The HELLO of nobody, whose keys are good. */
  static byte[] hello(SplittableRandom random) {
    byte[] nonce = new byte[Message.HASH_BYTES];
    random.nextBytes(nonce);
    return new Hello(Bytes.of(nonce), point(random), point(random)).encoded().toArray();
  }

  private static Bytes point(SplittableRandom random) {
    byte[] scalar = new byte[32];
    random.nextBytes(scalar);
    scalar[0] = 1;
    return Bytes.of(P256.engine().publicPoint(SecretScalar.of(scalar)).encoded());
  }
}
