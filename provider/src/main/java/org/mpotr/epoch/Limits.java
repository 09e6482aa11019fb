package org.mpotr.epoch;

import org.mpotr.wire.Message;

/**
 * The bounds that the members of an epoch attest (PROTOCOL.md, section 4.1).
 *
 * @param setupTimeout seconds until an incomplete set-up is given up, 1 to 3,600
 * @param lifetime seconds from a member's own ATTEST until it accepts nothing more, 60 to 604,800
 * @param refreshSeconds seconds until the key is refreshed, 10 to the lifetime
 * @param refreshFrames frames with content until the key is refreshed, 1 to 2³¹ − 1
 * @param resumptions how many epochs in a row a pair may resume before it runs in full, 0 to 5
 * @param maxMembers 2 to 256
 * @param frameBytes the longest frame, 1,024 to 1,048,576 bytes
 * @param fileBytes the longest file, 0 to 2⁴⁰ bytes
 */
public record Limits(
    int setupTimeout,
    int lifetime,
    int refreshSeconds,
    int refreshFrames,
    int resumptions,
    int maxMembers,
    int frameBytes,
    long fileBytes) {

  /** One minute, one hour, ten minutes, 1,000 frames, 5 resumptions, 256 members, 64 KiB, 4 GiB. */
  public static final Limits DEFAULT =
      new Limits(60, 3_600, 600, 1_000, 5, Message.MAX_MEMBERS, 1 << 16, 1L << 32);

  private static final int FAREWELL_BYTES = 256;
  private static final int FAREWELL_BYTES_PER_MEMBER = 112;

  /**
   * @throws IllegalArgumentException when a number is out of its range
   */
  public Limits {
    require(setupTimeout, 1, 3_600, "set-up timeout");
    require(lifetime, 60, 604_800, "lifetime");
    require(refreshSeconds, 10, lifetime, "refresh time");
    require(refreshFrames, 1, Integer.MAX_VALUE, "refresh count");
    require(resumptions, 0, 5, "number of resumptions");
    require(maxMembers, 2, Message.MAX_MEMBERS, "number of members");
    require(frameBytes, 1 << 10, Message.MAX_BYTES, "frame limit");
    require(fileBytes, 0, 1L << 40, "file limit");
  }

  /**
   * How many members a group may have: {@code maxMembers}, but no more than can close an epoch,
   * whose farewells take up to 112 bytes for each member (PROTOCOL.md, section 8).
   */
  public int largestGroup() {
    return Math.min(maxMembers, (frameBytes - FAREWELL_BYTES) / FAREWELL_BYTES_PER_MEMBER);
  }

  /** The same with another longest frame. */
  public Limits withFrameBytes(int newFrameBytes) {
    return new Limits(
        setupTimeout,
        lifetime,
        refreshSeconds,
        refreshFrames,
        resumptions,
        maxMembers,
        newFrameBytes,
        fileBytes);
  }

  /** The same with another bound of resumed epochs in a row. */
  public Limits withResumptions(int newResumptions) {
    return new Limits(
        setupTimeout,
        lifetime,
        refreshSeconds,
        refreshFrames,
        newResumptions,
        maxMembers,
        frameBytes,
        fileBytes);
  }

  /** The same with another size of the group. */
  public Limits withMaxMembers(int newMaxMembers) {
    return new Limits(
        setupTimeout,
        lifetime,
        refreshSeconds,
        refreshFrames,
        resumptions,
        newMaxMembers,
        frameBytes,
        fileBytes);
  }

  private static void require(long value, long min, long max, String what) {
    if (value < min || value > max) {
      throw new IllegalArgumentException("the " + what + " is not from " + min + " to " + max);
    }
  }
}
