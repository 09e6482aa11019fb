package org.mpotr.chat.terminal;

import java.util.List;

/** Where a person looks. Texts are safe for a terminal already; any thread may call. */
public interface Front {

  /** Something to know. */
  void note(String text);

  /** Somebody said something, which is added below. */
  void said(Line line);

  /** A line has another status than it had. */
  void changed(Line line);

  /** Who is here, and a hint at how many are in the channel altogether. */
  void roster(List<Seat> seats, int others);

  /** A file comes in. */
  void progress(int number, String name, int present, int count);

  /** What is typed next is a secret, or is not any more. */
  void secret(boolean isWanted);

  /**
   * A line of the conversation.
   *
   * @param number from 1
   * @param status how far it has come, in a word or two
   * @param isSettled whether it will come no further
   */
  record Line(int number, String speaker, String text, String status, boolean isSettled) {

    Line with(String newStatus, boolean settled) {
      return new Line(number, speaker, text, newStatus, settled);
    }
  }

  /**
   * A member.
   *
   * @param isFullyIn whether it has the key; before that it may come to read what is said
   */
  record Seat(String nickname, boolean isSelf, boolean isVerified, boolean isFullyIn) {}
}
