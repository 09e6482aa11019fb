/**
 * Leaving, closing, deniability: how an epoch ends, the publication of its keys, and the forger
 * (PROTOCOL.md, section 8).
 */
package org.mpotr.session.closing;
