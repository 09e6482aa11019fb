/** Files: offers, chunks and their Merkle tree (PROTOCOL.md, section 11). */
package org.mpotr.session.files;
