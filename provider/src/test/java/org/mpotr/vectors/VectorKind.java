package org.mpotr.vectors;

import java.util.Optional;

/** One kind of vectors: how to tell them by their content, and how to put them to the library. */
interface VectorKind {

  /** Whether a vector is of this kind. */
  boolean takes(Vector vector);

  /** Why a vector of this kind is not for mpOTR, if it is not. */
  default Optional<String> notForUs(Vector vector) {
    return Optional.empty();
  }

  /**
   * Asks the library.
   *
   * @throws Exception that the library documents nowhere for this input: the vector counts as wrong
   */
  Answer ask(Vector vector) throws Exception;
}
