package org.mpotr.chat.terminal;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.Map;
import org.mpotr.chat.room.Room;
import org.mpotr.chat.transport.Transport;
import org.mpotr.identity.Fingerprint;
import org.mpotr.session.Channel;
import org.mpotr.session.ChannelSpec;

/** A person in a room, from the first hello to the last farewell. */
public final class Talk implements AutoCloseable {

  private static final long PATIENCE_MILLIS = 60_000;

  private final Room room;
  private final RoomView view;
  private final Commands commands;

  /**
   * Enters a room.
   *
   * @param contacts who was verified before, by what it is called in the key store
   * @param downloads where received files go
   */
  public Talk(
      ChannelSpec spec,
      PublicKey identity,
      Map<Fingerprint, String> contacts,
      Transport transport,
      Front front,
      Path downloads)
      throws GeneralSecurityException {
    this.view = new RoomView(front, contacts);
    this.room = Room.open(spec, identity, transport, view);
    this.commands = new Commands(room, view, front, downloads);
    room.run(Channel::join).join();
  }

  /** A line was typed; whether there may be more. */
  public boolean typed(char[] line) {
    commands.typed(line);
    return !commands.isLeaving();
  }

  /** Takes lines until they end or the person leaves; then leaves, and waits for the others. */
  public boolean follow(Reader reader) throws IOException, InterruptedException {
    LineInput input = new LineInput(reader);
    char[] line = input.next();
    while (line != null && typed(line)) {
      line = input.next();
    }
    return leave();
  }

  /** Leaves, unless that was said already; whether the others have taken note of it. */
  public boolean leave() throws InterruptedException {
    if (!commands.isLeaving()) {
      typed("/leave".toCharArray());
    }
    return view.awaitEnd(PATIENCE_MILLIS);
  }

  /** Erases all keys at once. */
  @Override
  public void close() {
    room.close();
  }
}
