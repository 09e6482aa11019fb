package org.mpotr.session.verification;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.util.Arrays;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.crypto.SecretScalar;
import org.mpotr.session.verification.CommitmentProof.Commitment;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.WireException;
import org.mpotr.wire.WireReader;
import org.mpotr.wire.WireWriter;

/**
 * A message of the socialist millionaires' protocol, the content of a private frame (PROTOCOL.md,
 * section 10). Points are 65 bytes (SEC 1, 2.3.3), scalars 32 bytes in [1, n).
 */
public sealed interface SmpMessage {

  /** The longest question, in bytes of UTF-8. */
  int MAX_QUESTION = 1_024;

  /**
   * The initiator asks.
   *
   * @param question a hint at the secret for the other's user, 0 to 1,024 bytes of UTF-8; it is the
   *     initiator's text, to be shown with care
   * @param g2 a₂·G
   * @param g3 a₃·G
   */
  record Ask(
      Bytes run,
      String question,
      PublicPoint g2,
      KnowledgeProof proof2,
      PublicPoint g3,
      KnowledgeProof proof3)
      implements SmpMessage {

    @Override
    public byte[] encoded() {
      WireWriter writer =
          new WireWriter().uint8(1).opaque(run).vector(question.getBytes(StandardCharsets.UTF_8));
      return exponents(writer, g2, proof2, g3, proof3).finish();
    }
  }

  /**
   * The responder answers.
   *
   * @param g2 b₂·G
   * @param g3 b₃·G
   */
  record Answer(
      Bytes run,
      PublicPoint g2,
      KnowledgeProof proof2,
      PublicPoint g3,
      KnowledgeProof proof3,
      Commitment commitment)
      implements SmpMessage {

    @Override
    public byte[] encoded() {
      WireWriter writer = exponents(new WireWriter().uint8(2).opaque(run), g2, proof2, g3, proof3);
      commitment.encode(writer);
      return writer.finish();
    }
  }

  /**
   * The initiator commits itself too, and opens its part of the comparison.
   *
   * @param result a₃·(Qa − Qb)
   */
  record Compare(Bytes run, Commitment commitment, PublicPoint result, KnowledgeProof proof)
      implements SmpMessage {

    @Override
    public byte[] encoded() {
      WireWriter writer = new WireWriter().uint8(3).opaque(run);
      commitment.encode(writer);
      write(writer, result);
      proof.encode(writer);
      return writer.finish();
    }
  }

  /**
   * The responder opens its part.
   *
   * @param result b₃·(Qa − Qb)
   */
  record Conclude(Bytes run, PublicPoint result, KnowledgeProof proof) implements SmpMessage {

    @Override
    public byte[] encoded() {
      WireWriter writer = new WireWriter().uint8(4).opaque(run);
      write(writer, result);
      proof.encode(writer);
      return writer.finish();
    }
  }

  /** Either side ends the run. */
  record Abort(Bytes run) implements SmpMessage {

    @Override
    public byte[] encoded() {
      return new WireWriter().uint8(5).opaque(run).finish();
    }
  }

  /** Which run it belongs to, 8 bytes that the initiator has drawn. */
  Bytes run();

  /** The encoding. */
  byte[] encoded();

  /**
   * The message of an encoding.
   *
   * @throws WireException when it is none: not in the one encoding, a point not on the curve, a
   *     scalar out of range
   */
  static SmpMessage decode(byte[] content) throws WireException {
    WireReader reader = new WireReader(content);
    int type = reader.uint8("type");
    Bytes run = reader.bytes(SmpPair.RUN_BYTES, "run");
    SmpMessage message =
        switch (type) {
          case 1 -> ask(run, reader);
          case 2 -> answer(run, reader);
          case 3 ->
              new Compare(
                  run, Commitment.decode(reader), point(reader), KnowledgeProof.decode(reader));
          case 4 -> new Conclude(run, point(reader), KnowledgeProof.decode(reader));
          case 5 -> new Abort(run);
          default -> throw WireException.malformed("no message of SMP");
        };
    reader.finish("a message of SMP");
    return message;
  }

  private static Ask ask(Bytes run, WireReader reader) throws WireException {
    String question = text(reader.vector(0, MAX_QUESTION, "question"));
    PublicPoint g2 = point(reader);
    KnowledgeProof proof2 = KnowledgeProof.decode(reader);
    return new Ask(run, question, g2, proof2, point(reader), KnowledgeProof.decode(reader));
  }

  private static Answer answer(Bytes run, WireReader reader) throws WireException {
    PublicPoint g2 = point(reader);
    KnowledgeProof proof2 = KnowledgeProof.decode(reader);
    PublicPoint g3 = point(reader);
    KnowledgeProof proof3 = KnowledgeProof.decode(reader);
    return new Answer(run, g2, proof2, g3, proof3, Commitment.decode(reader));
  }

  private static WireWriter exponents(
      WireWriter writer,
      PublicPoint g2,
      KnowledgeProof proof2,
      PublicPoint g3,
      KnowledgeProof proof3) {
    write(writer, g2);
    proof2.encode(writer);
    write(writer, g3);
    proof3.encode(writer);
    return writer;
  }

  private static String text(byte[] utf8) throws WireException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw WireException.malformed("a question is UTF-8");
    }
  }

  /** Writes a point. */
  static void write(WireWriter writer, PublicPoint point) {
    writer.opaque(point.encoded());
  }

  /** Writes a scalar that is public by now. */
  static void write(WireWriter writer, SecretScalar scalar) {
    byte[] bytes = scalar.copyBytes();
    writer.opaque(bytes);
    Arrays.fill(bytes, (byte) 0);
  }

  /** Reads a point. */
  static PublicPoint point(WireReader reader) throws WireException {
    try {
      return PublicPoint.decode(reader.opaque(P256.POINT_BYTES, "point"));
    } catch (InvalidKeyException e) {
      throw WireException.malformed("a point of SMP is on the curve");
    }
  }

  /** Reads a scalar. */
  static SecretScalar scalar(WireReader reader) throws WireException {
    try {
      return SecretScalar.of(reader.opaque(P256.SCALAR_BYTES, "scalar"));
    } catch (IllegalArgumentException e) {
      throw WireException.malformed("a scalar of SMP is in [1, n)");
    }
  }
}
