package org.mpotr.session.closing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.mpotr.agreement.SetupEvidence;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Message;
import org.mpotr.wire.MessageType;
import org.mpotr.wire.WireException;
import org.mpotr.wire.WireReader;
import org.mpotr.wire.WireWriter;

/**
 * What somebody recorded of one epoch, a wire-tapper or a member, with what a member hands over so
 * that others can read and judge it (PROTOCOL.md, section 8.2). Immutable.
 *
 * @param parameters of the epoch
 * @param messages as they travelled: a START or none, all HELLOs, INTRODUCTIONs, SHAREs and
 *     ATTESTs, frames, and KEYS; in the order in which they were heard
 * @param evidence what is handed over, or {@link SetupEvidence#NONE}
 */
public record Recording(
    EpochParameters parameters, List<Message> messages, SetupEvidence evidence) {

  /** The longest encoding, in bytes: 256 MiB. */
  public static final int MAX_BYTES = 1 << 28;

  /** The most messages: what an epoch's transcript holds, and as many repetitions. */
  public static final int MAX_MESSAGES = 1 << 17;

  private static final byte[] MAGIC = "mpOTR1 recording".getBytes(StandardCharsets.US_ASCII);

  /**
   * @throws IllegalArgumentException when there are too many messages, or some of a type that is no
   *     part of an epoch's record
   */
  public Recording {
    messages = List.copyOf(messages);
    if (messages.size() > MAX_MESSAGES
        || messages.stream().anyMatch(message -> !isRecorded(message.type()))) {
      throw new IllegalArgumentException("too many messages, or of a type that is not recorded");
    }
  }

  private static boolean isRecorded(MessageType type) {
    return type != MessageType.ABORT && type != MessageType.KEYS_SEEN;
  }

  /** The messages of a type, in the order in which they were heard. */
  public <T extends Message> List<T> messages(Class<T> type) {
    return messages.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** The same with other messages. */
  public Recording withMessages(List<? extends Message> others) {
    return new Recording(parameters, List.copyOf(others), evidence);
  }

  /** The same with something else handed over. */
  public Recording withEvidence(SetupEvidence other) {
    return new Recording(parameters, messages, other);
  }

  /**
   * The encoding.
   *
   * @throws IllegalStateException when it would be longer than {@link #MAX_BYTES}
   */
  public byte[] encoded() {
    WireWriter writer =
        new WireWriter().opaque(MAGIC).vector(parameters.encoded()).uint32(messages.size());
    for (Message message : messages) {
      writer.vector(message.encoded());
      requireShort(writer);
    }
    evidence.write(writer);
    requireShort(writer);
    return writer.finish();
  }

  private static void requireShort(WireWriter writer) {
    if (writer.length() > MAX_BYTES) {
      throw new IllegalStateException("the recording is too long");
    }
  }

  /**
   * The recording of an encoding.
   *
   * @throws WireException when it is not one; never another exception, whatever the bytes
   */
  public static Recording decode(byte[] encoded) throws WireException {
    if (encoded.length > MAX_BYTES) {
      throw WireException.malformed("the recording is too long");
    }
    WireReader reader = new WireReader(encoded);
    if (!reader.bytes(MAGIC.length, "magic").equals(Bytes.of(MAGIC))) {
      throw WireException.malformed("this is not a recording");
    }
    EpochParameters parameters =
        EpochParameters.decode(reader.vector(1, EpochParameters.MAX_BYTES, "parameters"));
    long count = reader.uint32("number of messages");
    if (count > MAX_MESSAGES) {
      throw WireException.malformed("there are too many messages");
    }
    List<Message> messages = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      Message message = Message.decode(reader.vector(1, Message.MAX_BYTES, "message"));
      if (!isRecorded(message.type())) {
        throw WireException.malformed("a message of a type that is not recorded");
      }
      messages.add(message);
    }
    SetupEvidence evidence = SetupEvidence.read(reader);
    reader.finish("the recording");
    return new Recording(parameters, messages, evidence);
  }

  /**
   * Reads a recording to the end of a stream, which stays the caller's to close.
   *
   * @throws WireException when it is not one
   */
  public static Recording read(InputStream in) throws IOException, WireException {
    return decode(in.readNBytes(MAX_BYTES + 1));
  }

  /** Writes the encoding to a stream, which stays the caller's to close. */
  public void write(OutputStream out) throws IOException {
    out.write(encoded());
  }

  /** How many messages there are, and nothing of what is handed over. */
  @Override
  public String toString() {
    return "Recording[messages=" + messages.size() + ", " + evidence + "]";
  }
}
