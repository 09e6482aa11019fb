package org.mpotr.session;

import java.util.Collection;
import org.mpotr.session.membership.Attempt;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Hello;
import org.mpotr.wire.Start;

/** What a channel does about the next epoch: it gathers the first, or follows the present one. */
sealed interface Stage permits Gathering, Succession {

  /** The attempts that may yet lead to a key. */
  Collection<Attempt> attempts();

  /** Somebody says HELLO. */
  void hear(Bytes hash, Hello hello, boolean isNew);

  /** Somebody starts a set-up. */
  void hear(Start start);

  /** Others do something here that one has no part in. */
  void hearOthers();

  /** Does what is due. */
  void tick();

  /** When something is due next. */
  long nextDue();

  /** Gives up what is under way. */
  void giveUp();
}
