/**
 * The suite: the primitives of suite 0x0001 and the two forms in which the protocol uses them,
 * labelled inputs and seals (PROTOCOL.md, sections 1, 2.4 and 4.2). Not exported: applications use
 * the JCA services.
 */
package org.mpotr.crypto;
