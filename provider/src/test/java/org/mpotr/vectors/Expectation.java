package org.mpotr.vectors;

/**
 * The policy for published vectors, in one table. It is stated in {@link PublicVectorsTest}.
 *
 * <table>
 *   <caption>What counts as right</caption>
 *   <tr><th>the vector says</th><th>as the vector</th><th>refused</th><th>different</th></tr>
 *   <tr><td>valid</td><td>right</td><td>wrong</td><td>wrong</td></tr>
 *   <tr><td>acceptable</td><td>right</td><td>right</td><td>wrong</td></tr>
 *   <tr><td>invalid</td><td>wrong</td><td>right</td><td>wrong</td></tr>
 * </table>
 */
enum Expectation {
  VALID(true, false),
  ACCEPTABLE(true, true),
  INVALID(false, true);

  private final boolean mayAnswer;
  private final boolean mayRefuse;

  Expectation(boolean mayAnswer, boolean mayRefuse) {
    this.mayAnswer = mayAnswer;
    this.mayRefuse = mayRefuse;
  }

  /** What a vector's "result" says; a known answer has none and is valid. */
  static Expectation of(String result) {
    return switch (result) {
      case "", "valid" -> VALID;
      case "acceptable" -> ACCEPTABLE;
      case "invalid" -> INVALID;
      default -> throw new IllegalArgumentException("unknown result '" + result + "'");
    };
  }

  boolean allows(Answer answer) {
    return switch (answer) {
      case AS_THE_VECTOR -> mayAnswer;
      case REFUSED -> mayRefuse;
      case DIFFERENT -> false;
    };
  }
}
