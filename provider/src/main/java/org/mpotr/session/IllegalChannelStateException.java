package org.mpotr.session;

/** A call that a channel does not take in its present state. Nothing has changed. */
public final class IllegalChannelStateException extends IllegalStateException {

  private static final long serialVersionUID = 1;

  private final String call;
  private final Channel.State state;

  IllegalChannelStateException(String call, Channel.State state) {
    super(call + " is not possible while " + state);
    this.call = call;
    this.state = state;
  }

  /** The name of the method of {@link Channel}. */
  public String call() {
    return call;
  }

  /** What the member was to its channel. */
  public Channel.State state() {
    return state;
  }
}
