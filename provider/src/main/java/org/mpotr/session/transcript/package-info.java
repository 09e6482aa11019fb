/**
 * Transcript: the causal graph of frames, their delivery and their confirmation (PROTOCOL.md,
 * section 7).
 */
package org.mpotr.session.transcript;
