package org.mpotr.session.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.mpotr.wire.MessageType;

/**
 * A relay that lies: it shows some members what it hides from others, swaps and repeats what it has
 * seen, alters it field by field, and invents members who are nobody.
 */
final class LyingRelay implements Relay {

  private static final int REMEMBERED = 256;

  private enum Lie {
    WITHHOLD,
    SPLIT,
    SWAP,
    REPLAY,
    ALTER,
    INVENT
  }

  private final SplittableRandom random;
  private final List<byte[]> seen = new ArrayList<>();
  private Lie lie = Lie.REPLAY;
  private MessageType withheld = MessageType.ATTEST;
  private int victim;

  LyingRelay(SplittableRandom random) {
    this.random = random;
  }

  /** Lies in another way from now on. */
  String change(int members) {
    lie = Lie.values()[random.nextInt(Lie.values().length)];
    withheld = MessageType.values()[random.nextInt(MessageType.values().length)];
    victim = random.nextInt(members);
    return lie + (lie == Lie.WITHHOLD ? " " + withheld + " from " + victim : "");
  }

  @Override
  public List<byte[]> carry(int from, int to, byte[] message, long now) {
    remember(message);
    MessageType type = type(message);
    boolean isNow = random.nextInt(8) == 0;
    return switch (lie) {
      case WITHHOLD -> type == withheld && to == victim ? List.of() : List.of(message);
      case SPLIT -> isSplit(type) && from % 2 != to % 2 ? List.of() : List.of(message);
      case SWAP -> isNow ? List.of(any()) : List.of(message);
      case REPLAY -> isNow ? List.of(message, any()) : List.of(message);
      case ALTER -> isNow ? alter(type, message) : List.of(message);
      case INVENT ->
          random.nextInt(40) == 0 ? List.of(message, Lies.hello(random)) : List.of(message);
    };
  }

  /** What a message says it is; a member's lie may be nothing at all. */
  private static MessageType type(byte[] message) {
    return message[1] > 0 && message[1] <= MessageType.values().length
        ? MessageType.values()[message[1] - 1]
        : null;
  }

  private static boolean isSplit(MessageType type) {
    return type == MessageType.HELLO || type == MessageType.START;
  }

  private List<byte[]> alter(MessageType type, byte[] message) {
    return type == null ? List.of() : List.of(Lies.altered(message, random));
  }

  private void remember(byte[] message) {
    if (seen.size() < REMEMBERED) {
      seen.add(message);
    } else {
      seen.set(random.nextInt(REMEMBERED), message);
    }
  }

  private byte[] any() {
    return seen.get(random.nextInt(seen.size()));
  }
}
