/**
 * Authenticating people: private frames and the socialist millionaires' protocol (PROTOCOL.md,
 * section 10).
 */
package org.mpotr.session.verification;
