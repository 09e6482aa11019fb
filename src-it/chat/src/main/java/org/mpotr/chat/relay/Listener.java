package org.mpotr.chat.relay;

import io.vertx.core.Future;

/** Somebody who waits for messages of a channel. */
interface Listener {

  /** There may be something new. */
  void wake();

  /** The number of listeners has changed. */
  void present(int listeners);

  /** Shows that the relay is there, when it has been silent for long. */
  void heartbeat();

  /** Lets a listener go that has taken nothing for too long. */
  void cutOffIfSlow();

  /** Hands over what there is, then lets the listener go; done when that has happened. */
  Future<Void> finish();
}
