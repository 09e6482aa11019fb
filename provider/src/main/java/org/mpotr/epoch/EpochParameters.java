package org.mpotr.epoch;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.spec.AlgorithmParameterSpec;
import java.util.function.ToIntFunction;
import org.mpotr.error.ErrorCode;
import org.mpotr.identity.NormalForm;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Hello;
import org.mpotr.wire.Message;
import org.mpotr.wire.WireException;
import org.mpotr.wire.WireReader;
import org.mpotr.wire.WireWriter;

/**
 * {@code params}: everything that the members of an epoch must hold in common and that they attest
 * (PROTOCOL.md, section 4.1). As an {@link AlgorithmParameterSpec} it belongs to {@code
 * AlgorithmParameters} "mpOTR".
 *
 * @param purpose chat or lobby
 * @param channel the channel's name, 1 to 128 bytes of UTF-8 in normalization form C
 * @param epoch the number of the epoch in its channel, from 0
 * @param previousSid the session id of the epoch before, 32 bytes, or nothing for the first
 * @param authentication how identities are proved
 * @param joinPolicy who is let in
 * @param preSharedKey whether and how a pre-shared key is mixed in
 * @param limits times, counts and sizes
 * @param padding how lengths are hidden
 */
public record EpochParameters(
    Purpose purpose,
    String channel,
    long epoch,
    Bytes previousSid,
    AuthenticationMode authentication,
    JoinPolicy joinPolicy,
    PreSharedKeyScheme preSharedKey,
    Limits limits,
    Padding padding)
    implements AlgorithmParameterSpec {

  /** The longest name of a channel, in bytes of UTF-8. */
  public static final int MAX_CHANNEL_BYTES = 128;

  /** The longest encoding, in bytes. */
  public static final int MAX_BYTES = 512;

  /**
   * @throws IllegalArgumentException when a value is out of its range
   */
  public EpochParameters {
    int bytes = channel.getBytes(StandardCharsets.UTF_8).length;
    if (bytes < 1
        || bytes > MAX_CHANNEL_BYTES
        || !NormalForm.isComposed(channel)
        || !StandardCharsets.UTF_8.newEncoder().canEncode(channel)) {
      throw new IllegalArgumentException(
          "a channel has 1 to 128 bytes of UTF-8 in normalization form C");
    }
    if (epoch < 0) {
      throw new IllegalArgumentException("the number of an epoch is not negative");
    }
    if (previousSid.length() != 0 && previousSid.length() != Message.HASH_BYTES) {
      throw new IllegalArgumentException("the previous sid has 32 bytes or none");
    }
    if ((epoch == 0) != (previousSid.length() == 0)) {
      throw new IllegalArgumentException("every epoch but the first names the sid before it");
    }
    if (joinPolicy == JoinPolicy.PRE_SHARED_KEY
        && preSharedKey.kind() == PreSharedKeyScheme.Kind.NONE) {
      throw new IllegalArgumentException("this join policy needs a pre-shared key");
    }
  }

  /** The first epoch of a chat: triple-dh, open, no pre-shared key, default limits, no padding. */
  public static EpochParameters of(String channel) {
    return new EpochParameters(
        Purpose.CHAT,
        channel,
        0,
        Bytes.EMPTY,
        AuthenticationMode.TRIPLE_DH,
        JoinPolicy.OPEN,
        PreSharedKeyScheme.NONE,
        Limits.DEFAULT,
        Padding.NONE);
  }

  /** The same for the epoch that follows the one with this session id. */
  public EpochParameters next(Bytes sid) {
    return new EpochParameters(
        purpose,
        channel,
        epoch + 1,
        sid,
        authentication,
        joinPolicy,
        preSharedKey,
        limits,
        padding);
  }

  /** The same with another number, for an epoch whose predecessor has had others in vain. */
  public EpochParameters withEpoch(long number) {
    return new EpochParameters(
        purpose,
        channel,
        number,
        previousSid,
        authentication,
        joinPolicy,
        preSharedKey,
        limits,
        padding);
  }

  /** The same for another purpose. */
  public EpochParameters withPurpose(Purpose other) {
    return new EpochParameters(
        other,
        channel,
        epoch,
        previousSid,
        authentication,
        joinPolicy,
        preSharedKey,
        limits,
        padding);
  }

  /** The same with another authentication mode. */
  public EpochParameters withAuthentication(AuthenticationMode mode) {
    return new EpochParameters(
        purpose, channel, epoch, previousSid, mode, joinPolicy, preSharedKey, limits, padding);
  }

  /** The same with another join policy. */
  public EpochParameters withJoinPolicy(JoinPolicy policy) {
    return new EpochParameters(
        purpose,
        channel,
        epoch,
        previousSid,
        authentication,
        policy,
        preSharedKey,
        limits,
        padding);
  }

  /** The same with another kind of pre-shared key. */
  public EpochParameters withPreSharedKey(PreSharedKeyScheme scheme) {
    return new EpochParameters(
        purpose, channel, epoch, previousSid, authentication, joinPolicy, scheme, limits, padding);
  }

  /** The same with other limits. */
  public EpochParameters withLimits(Limits newLimits) {
    return new EpochParameters(
        purpose,
        channel,
        epoch,
        previousSid,
        authentication,
        joinPolicy,
        preSharedKey,
        newLimits,
        padding);
  }

  /** The same with another padding. */
  public EpochParameters withPadding(Padding newPadding) {
    return new EpochParameters(
        purpose,
        channel,
        epoch,
        previousSid,
        authentication,
        joinPolicy,
        preSharedKey,
        limits,
        newPadding);
  }

  /** The one encoding, at most 512 bytes. */
  public Bytes encoded() {
    WireWriter writer =
        new WireWriter()
            .uint8(Message.VERSION)
            .uint16(Hello.SUITE)
            .uint8(purpose.code())
            .vector(channel.getBytes(StandardCharsets.UTF_8))
            .uint64(epoch)
            .vector(previousSid)
            .uint8(authentication.code())
            .uint8(joinPolicy.code())
            .uint8(preSharedKey.kind().code())
            .vector(preSharedKey.salt())
            .uint8(preSharedKey.costExponent())
            .uint8(preSharedKey.blockSize())
            .uint8(preSharedKey.parallelism());
    writer
        .uint32(limits.setupTimeout())
        .uint32(limits.lifetime())
        .uint32(limits.refreshSeconds())
        .uint32(limits.refreshFrames())
        .uint8(limits.resumptions())
        .uint16(limits.maxMembers())
        .uint32(limits.frameBytes())
        .uint64(limits.fileBytes());
    return Bytes.of(writer.uint8(padding.code()).finish());
  }

  /**
   * The parameters of an encoding.
   *
   * @throws WireException when it is not the encoding of any parameters
   */
  public static EpochParameters decode(byte[] encoded) throws WireException {
    WireReader reader = new WireReader(encoded);
    if (reader.uint8("version") != Message.VERSION) {
      throw new WireException(ErrorCode.UNSUPPORTED_VERSION, "only version 1 is spoken here");
    }
    if (reader.uint16("suite") != Hello.SUITE) {
      throw new WireException(ErrorCode.UNSUPPORTED_SUITE, "only suite 0x0001 is run here");
    }
    try {
      EpochParameters parameters = read(reader);
      reader.finish("the parameters");
      return parameters;
    } catch (IllegalArgumentException e) {
      throw new WireException(ErrorCode.MALFORMED, e.getMessage());
    }
  }

  private static EpochParameters read(WireReader reader) throws WireException {
    return new EpochParameters(
        choice(Purpose.values(), Purpose::code, reader, "purpose"),
        text(reader.vector(1, MAX_CHANNEL_BYTES, "channel")),
        reader.uint64("epoch"),
        Bytes.of(reader.vector(0, Message.HASH_BYTES, "previous sid")),
        choice(AuthenticationMode.values(), AuthenticationMode::code, reader, "authentication"),
        choice(JoinPolicy.values(), JoinPolicy::code, reader, "join policy"),
        new PreSharedKeyScheme(
            choice(
                PreSharedKeyScheme.Kind.values(),
                PreSharedKeyScheme.Kind::code,
                reader,
                "kind of pre-shared key"),
            Bytes.of(reader.vector(0, 64, "salt")),
            reader.uint8("cost"),
            reader.uint8("block size"),
            reader.uint8("parallelism")),
        new Limits(
            positive(reader.uint32("set-up timeout")),
            positive(reader.uint32("lifetime")),
            positive(reader.uint32("refresh time")),
            positive(reader.uint32("refresh count")),
            reader.uint8("resumptions"),
            reader.uint16("members"),
            positive(reader.uint32("frame limit")),
            reader.uint64("file limit")),
        choice(Padding.values(), Padding::code, reader, "padding"));
  }

  private static <T> T choice(T[] values, ToIntFunction<T> code, WireReader reader, String field)
      throws WireException {
    int given = reader.uint8(field);
    for (T value : values) {
      if (code.applyAsInt(value) == given) {
        return value;
      }
    }
    throw new WireException(ErrorCode.MALFORMED, field + " is unknown");
  }

  private static int positive(long value) throws WireException {
    if (value > Integer.MAX_VALUE) {
      throw new WireException(ErrorCode.MALFORMED, "a limit is out of range");
    }
    return (int) value;
  }

  private static String text(byte[] utf8) throws WireException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw new WireException(ErrorCode.MALFORMED, "channel is not UTF-8");
    }
  }
}
