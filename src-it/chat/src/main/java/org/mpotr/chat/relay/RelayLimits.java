package org.mpotr.chat.relay;

import java.time.Duration;

/**
 * What a relay takes on at most. Nobody has to prove anything to a relay, so that these bounds are
 * all that keeps a stranger from filling it.
 *
 * @param messageBytes the longest message, in its armour
 * @param messagesPerChannel how many messages a channel holds
 * @param totalBytes how much all channels hold together
 * @param channels how many channels there are
 * @param listeners how many requests wait for messages at a time
 * @param longestWait the longest wait of one request
 * @param idle how long an unused channel is kept once there is no room for others
 */
public record RelayLimits(
    int messageBytes,
    int messagesPerChannel,
    long totalBytes,
    int channels,
    int listeners,
    Duration longestWait,
    Duration idle) {

  /** The longest message of the protocol, one MiB, in its armour: 8 + 4·⌈2²⁰/3⌉ characters. */
  public static final int ARMOURED_MEBIBYTE = 8 + ((1 << 20) + 2) / 3 * 4;

  /** 10,000 messages a channel, 64 channels, 64 MiB, 64 listeners, half a minute, ten minutes. */
  public static final RelayLimits DEFAULT =
      new RelayLimits(
          ARMOURED_MEBIBYTE,
          10_000,
          64L << 20,
          64,
          64,
          Duration.ofSeconds(30),
          Duration.ofMinutes(10));

  /** The same with another number of listeners. */
  public RelayLimits withListeners(int newListeners) {
    return new RelayLimits(
        messageBytes, messagesPerChannel, totalBytes, channels, newListeners, longestWait, idle);
  }

  /** The same with other sizes of the store. */
  public RelayLimits withStore(int newMessagesPerChannel, long newTotalBytes, int newChannels) {
    return new RelayLimits(
        messageBytes,
        newMessagesPerChannel,
        newTotalBytes,
        newChannels,
        listeners,
        longestWait,
        idle);
  }
}
