package org.mpotr.reference;

/**
 * A check of the text that failed, by the text's own name. Part of the second reading of
 * PROTOCOL.md.
 */
public final class Refused extends Exception {
  /** Stands where a check concerns no single member. */
  public static final int NOBODY = -1;

  private final String check;
  private final int member;

  Refused(String check, int member) {
    super(check + (member == NOBODY ? "" : " of member " + member));
    this.check = check;
    this.member = member;
  }

  Refused(String check) {
    this(check, NOBODY);
  }

  /** The code that the text gives this check, such as {@code bad-seal}. */
  public String check() {
    return check;
  }

  /** The place in the roster of the member that the check names, or {@link #NOBODY}. */
  public int member() {
    return member;
  }

  /** The same check, named after a member where it named none. */
  Refused of(int index) {
    return member == NOBODY ? new Refused(check, index) : this;
  }
}
