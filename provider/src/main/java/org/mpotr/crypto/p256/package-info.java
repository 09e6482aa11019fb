/**
 * The library's own arithmetic on P-256 (PROTOCOL.md, section 1): field and scalars, points and
 * tables, and on them what {@link org.mpotr.crypto.P256} asks for. {@link
 * org.mpotr.crypto.p256.OwnP256} is the only way in.
 */
package org.mpotr.crypto.p256;
