package org.mpotr.chat.member;

import java.io.IOException;
import java.util.Optional;

/** Where the lines come from that a member says. */
@FunctionalInterface
public interface LineSource {

  /**
   * The next line, which may take any time; nothing at the end.
   *
   * @throws IOException when there is no telling what the next line is
   */
  Optional<String> next() throws IOException, InterruptedException;
}
