/**
 * Errors: the closed set of codes that everything in this library reports by (PROTOCOL.md, section
 * 12).
 */
package org.mpotr.error;
