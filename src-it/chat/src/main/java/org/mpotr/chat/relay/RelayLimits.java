package org.mpotr.chat.relay;

import java.time.Duration;

/**
 * What a relay takes on at most. Nobody has to prove anything to a relay, so that these bounds are
 * all that keeps a stranger from filling it. An address is one of IPv4, or 64 bits of one of IPv6.
 *
 * @param messageBytes the longest message, in its armour
 * @param backlog how much is kept
 * @param crowd how many may be there
 * @param perAddress what one address may send
 * @param perChannel what one channel may be sent
 * @param patience how long the relay waits for others
 */
public record RelayLimits(
    int messageBytes,
    Backlog backlog,
    Crowd crowd,
    Rate perAddress,
    Rate perChannel,
    Patience patience) {

  /** The longest message of the protocol, one MiB, in its armour: 8 + 4·⌈2²⁰/3⌉ characters. */
  public static final int ARMOURED_MEBIBYTE = 8 + ((1 << 20) + 2) / 3 * 4;

  /** The defaults of all parts, and messages of one MiB. */
  public static final RelayLimits DEFAULT =
      new RelayLimits(
          ARMOURED_MEBIBYTE,
          Backlog.DEFAULT,
          Crowd.DEFAULT,
          Rate.DEFAULT,
          Rate.DEFAULT,
          Patience.DEFAULT);

  /**
   * How much is kept; beyond it, the oldest goes.
   *
   * @param messages of one channel
   * @param bytes of one channel
   * @param totalBytes of all channels; the channel that holds the most gives way
   */
  public record Backlog(int messages, long bytes, long totalBytes) {

    /** 10,000 messages and 16 MiB a channel, 64 MiB in all. */
    public static final Backlog DEFAULT = new Backlog(10_000, 16L << 20, 64L << 20);
  }

  /**
   * How many may be there.
   *
   * @param channels in all
   * @param channelsPerAddress that one address has opened
   * @param listeners in all
   * @param listenersPerChannel of one channel
   * @param listenersPerAddress of one address
   * @param connectionsPerAddress of one address
   */
  public record Crowd(
      int channels,
      int channelsPerAddress,
      int listeners,
      int listenersPerChannel,
      int listenersPerAddress,
      int connectionsPerAddress) {

    /** 1,024 channels, 256 of one address; 8,192 listeners, 512 of one address or channel. */
    public static final Crowd DEFAULT = new Crowd(1024, 256, 8192, 512, 512, 2048);
  }

  /**
   * How much may come; what is spared may come later in one burst.
   *
   * @param messages a second
   * @param bytes a second
   * @param burst how long a rest can be made up for
   */
  public record Rate(int messages, long bytes, Duration burst) {

    /** 2,000 messages and 16 MiB a second, after five seconds at the most. */
    public static final Rate DEFAULT = new Rate(2000, 16L << 20, Duration.ofSeconds(5));
  }

  /**
   * How long the relay waits for others.
   *
   * @param longestWait the longest wait of a request without an event stream
   * @param heartbeat how often it shows a silent listener that it is there
   * @param request how long a request may take to come in
   * @param slowReader how long a listener may take nothing while something waits for it
   * @param idle how long an unused channel is kept once there is no room for others
   * @param stop how long it takes to bring out what it has accepted when it is stopped
   */
  public record Patience(
      Duration longestWait,
      Duration heartbeat,
      Duration request,
      Duration slowReader,
      Duration idle,
      Duration stop) {

    /** Half a minute, 20 seconds, half a minute, a minute, ten minutes and five seconds. */
    public static final Patience DEFAULT =
        new Patience(
            Duration.ofSeconds(30),
            Duration.ofSeconds(20),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(10),
            Duration.ofSeconds(5));
  }

  /** The same with another longest message. */
  public RelayLimits withMessageBytes(int newMessageBytes) {
    return new RelayLimits(newMessageBytes, backlog, crowd, perAddress, perChannel, patience);
  }

  /** The same with another backlog. */
  public RelayLimits withBacklog(Backlog newBacklog) {
    return new RelayLimits(messageBytes, newBacklog, crowd, perAddress, perChannel, patience);
  }

  /** The same with another crowd. */
  public RelayLimits withCrowd(Crowd newCrowd) {
    return new RelayLimits(messageBytes, backlog, newCrowd, perAddress, perChannel, patience);
  }

  /** The same with other rates. */
  public RelayLimits withRates(Rate newPerAddress, Rate newPerChannel) {
    return new RelayLimits(messageBytes, backlog, crowd, newPerAddress, newPerChannel, patience);
  }

  /** The same with other times. */
  public RelayLimits withPatience(Patience newPatience) {
    return new RelayLimits(messageBytes, backlog, crowd, perAddress, perChannel, newPatience);
  }
}
