package org.mpotr.chat.transport;

import java.io.IOException;
import java.nio.file.Path;

/** Rooms of Prosody. */
class XmppProsodyTest extends XmppRoomTest {

  @Override
  XmppServer server(Path folder) throws IOException {
    return new ProsodyServer(folder);
  }
}
