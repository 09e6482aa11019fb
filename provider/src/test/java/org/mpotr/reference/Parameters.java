package org.mpotr.reference;

import java.nio.charset.StandardCharsets;

/**
 * The params of section 4.1, which all members hold in common, by the names of the text. Part of
 * the second reading of the text.
 */
public record Parameters(
    int purpose,
    String channel,
    long epoch,
    byte[] previousSid,
    int authentication,
    int joinPolicy,
    int pskKind,
    byte[] pskSalt,
    int pskCost,
    int pskBlockSize,
    int pskParallelism,
    long setupTimeout,
    long lifetime,
    long refreshTime,
    long refreshFrames,
    int resumptions,
    int maxMembers,
    long frameLimit,
    long fileLimit,
    int padding) {

  /** The authentication modes of section 3.3. */
  public static final int TRIPLE_DH = 1;

  /** See {@link #TRIPLE_DH}. */
  public static final int SIGNATURE = 2;

  /** Whether introductions carry a signature by the identity key. */
  boolean signed() {
    return authentication == SIGNATURE;
  }

  /** Whether frames are padded as section 6.3 says. */
  boolean padded() {
    return padding == 1;
  }

  /** The encoding of section 4.1. */
  public byte[] encoded() {
    return new Struct()
        .u8(1)
        .u16(1)
        .u8(purpose)
        .vector(channel.getBytes(StandardCharsets.UTF_8))
        .u64(epoch)
        .vector(previousSid)
        .u8(authentication)
        .u8(joinPolicy)
        .u8(pskKind)
        .vector(pskSalt)
        .u8(pskCost)
        .u8(pskBlockSize)
        .u8(pskParallelism)
        .u32(setupTimeout)
        .u32(lifetime)
        .u32(refreshTime)
        .u32(refreshFrames)
        .u8(resumptions)
        .u16(maxMembers)
        .u32(frameLimit)
        .u64(fileLimit)
        .u8(padding)
        .bytes();
  }
}
