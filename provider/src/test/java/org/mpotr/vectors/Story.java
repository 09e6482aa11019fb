package org.mpotr.vectors;

import java.util.List;
import org.mpotr.reference.Frame;
import org.mpotr.reference.Run;

/**
 * What one file of vectors tells: epochs of one channel, one after the other, each with what was
 * said in it.
 *
 * @param brief whether messages are given by their hashes alone
 */
record Story(String name, String description, boolean brief, List<Chapter> chapters) {

  /** One epoch, played by the reference implementation. */
  record Chapter(Run run, List<Said> said) {}

  /** One frame and what it was made of. */
  record Said(int sender, Frame.Content content, byte[] hedge, Frame.Made made) {}

  Chapter last() {
    return chapters.get(chapters.size() - 1);
  }
}
