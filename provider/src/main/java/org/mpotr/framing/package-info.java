/** Frames (PROTOCOL.md, section 6): sealing, opening, and what a frame says of itself. */
package org.mpotr.framing;
