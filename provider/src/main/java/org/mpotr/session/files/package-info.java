/**
 * Files: offers, requests, chunks and their Merkle tree (PROTOCOL.md, section 11). Nothing here
 * opens files, starts threads or reads a clock: channels and times are the caller's.
 */
package org.mpotr.session.files;
