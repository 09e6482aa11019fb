package org.mpotr.chat.transport;

import java.io.IOException;
import java.nio.file.Path;

/** Rooms of ejabberd. */
class XmppEjabberdTest extends XmppRoomTest {

  @Override
  XmppServer server(Path folder) throws IOException {
    return new EjabberdServer(folder);
  }
}
