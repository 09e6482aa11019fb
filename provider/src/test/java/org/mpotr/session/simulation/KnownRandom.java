package org.mpotr.session.simulation;

import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.mpotr.SeededRandom;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.crypto.SecretScalar;

/**
 * The randomness of a member, which knows what it gave: a member that lies has its ephemeral keys
 * to sign lies with. A HELLO draws n, x, e, r and the intro key, 32, 32, 32, 16 and 16 bytes.
 */
final class KnownRandom extends SecureRandom {

  private static final long serialVersionUID = 1;
  private static final List<Integer> HELLO = List.of(32, 32, 32, 16, 16);
  private static final int KEPT = 8;

  /** A key pair for signatures. */
  record Signer(byte[] scalar, PublicPoint point) {}

  private final transient SecureRandom source;
  private final transient Deque<byte[]> draws = new ArrayDeque<>();
  private final transient Deque<byte[]> scalars = new ArrayDeque<>();

  KnownRandom(String seed) {
    source = new SeededRandom(seed);
  }

  @Override
  public void nextBytes(byte[] bytes) {
    source.nextBytes(bytes);
    draws.add(bytes.clone());
    if (draws.size() > HELLO.size()) {
      draws.remove();
    }
    List<byte[]> last = List.copyOf(draws);
    if (last.stream().map(draw -> draw.length).toList().equals(HELLO)) {
      scalars.addFirst(last.get(2));
      if (scalars.size() > KEPT) {
        scalars.removeLast();
      }
    }
  }

  /** The ephemeral keys of the last attempts, newest first. */
  List<Signer> signers() {
    return scalars.stream().map(KnownRandom::signer).toList();
  }

  private static Signer signer(byte[] scalar) {
    return new Signer(scalar, P256.engine().publicPoint(SecretScalar.of(scalar)));
  }
}
