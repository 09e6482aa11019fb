package org.mpotr.session.closing;

/** A check of a recording failed. */
final class RefusedRecordingException extends Exception {

  private static final long serialVersionUID = 1;

  private final transient Verdict.Refused verdict;

  RefusedRecordingException(Verdict.Part part, String check, int place) {
    super(part.code() + ": " + check);
    this.verdict = new Verdict.Refused(part, check, place);
  }

  Verdict.Refused verdict() {
    return verdict;
  }
}
