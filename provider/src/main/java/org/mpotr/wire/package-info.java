/**
 * Encoding: the messages of the protocol and their one encoding in bytes and in text (PROTOCOL.md,
 * sections 2, 4 and 6). Nothing here holds a key or judges a signature.
 */
package org.mpotr.wire;
