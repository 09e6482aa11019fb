package org.mpotr.epoch;

import java.util.Iterator;
import java.util.List;

/**
 * The members of an epoch in ascending order of their ids (PROTOCOL.md, section 4.3).
 *
 * @param members 2 to 256, each at its own index
 */
public record Roster(List<Member> members) implements Iterable<Member> {

  /** Copies the list. */
  public Roster {
    members = List.copyOf(members);
  }

  /** The number of members. */
  public int size() {
    return members.size();
  }

  /**
   * The member at a place.
   *
   * @throws IndexOutOfBoundsException when there is none
   */
  public Member get(int index) {
    return members.get(index);
  }

  @Override
  public Iterator<Member> iterator() {
    return members.iterator();
  }
}
