package org.mpotr.vectors;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which curve a file without groups is about: another than P-256 only if it says so. */
final class FlatCurve {

  private static final Pattern CURVE =
      Pattern.compile("(?:P-?|secp|sect|brainpoolP|[KB]-)\\d{3}(?:[krt]1)?");

  private FlatCurve() {}

  static Optional<String> notForUs(Vector vector) {
    String said = vector.text("curve");
    if (said.isEmpty()) {
      Matcher matcher = CURVE.matcher(vector.algorithm());
      said = matcher.find() ? matcher.group() : "P-256";
    }
    return Numbers.isP256(said)
        ? Optional.empty()
        : Optional.of("mpOTR does not use curve " + said);
  }
}
