package org.mpotr.agreement;

import org.mpotr.crypto.PublicPoint;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Hello;

/**
 * A member of a set-up as far as its HELLO tells.
 *
 * @param index the place in the roster
 * @param id m, 16 bytes
 * @param hello the HELLO itself
 * @param agreementKey X
 * @param signatureKey E
 */
record Candidate(
    int index, Bytes id, Hello hello, PublicPoint agreementKey, PublicPoint signatureKey) {}
