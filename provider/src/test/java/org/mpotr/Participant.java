package org.mpotr;

import java.security.InvalidKeyException;
import java.security.Key;
import java.util.List;
import java.util.Optional;
import org.mpotr.epoch.GroupKey;

/** Somebody in a {@link TestGroup}: a member that keeps to the protocol, or one that does not. */
public interface Participant {

  /** The HELLO. */
  Key hello() throws InvalidKeyException;

  /** The next message, after all those of a round; null after the ATTESTs. */
  Key answer(Round heard, List<Key> messages) throws InvalidKeyException;

  /** The key of the epoch, once, for a member that takes one. */
  Optional<GroupKey> takeKey();
}
