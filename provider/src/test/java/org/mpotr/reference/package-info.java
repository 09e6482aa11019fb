/**
 * A second reading of PROTOCOL.md, sections 1 to 6: the whole set-up and the frames, written from
 * the text alone, without a class of the library's. It is plain rather than fast, leaks through
 * time what it likes, and exists to make the vectors and the annotated run that the library is held
 * against.
 */
package org.mpotr.reference;
