/**
 * Files: offers, requests, chunks and their Merkle tree (PROTOCOL.md, section 11). Nothing here
 * opens files, starts threads or reads a clock: channels and times are the caller's.
 *
 * <p>One {@link org.mpotr.session.files.FileExchange} stands beside each channel and is told of its
 * epochs. Whoever has a file makes an {@link org.mpotr.session.files.OutgoingFile}, gives it to
 * {@link org.mpotr.session.files.FileExchange#offer} and says the result in a frame of kind file.
 * The others hand frames of the three file kinds to {@link
 * org.mpotr.session.files.FileExchange#receive}; for an offer that is wanted they open an {@link
 * org.mpotr.session.files.IncomingFile}, accept it and, as long as something is missing, say what
 * {@link org.mpotr.session.files.FileExchange#request} gives. As fast as the network takes it,
 * members say what {@link org.mpotr.session.files.FileExchange#next} gives.
 */
package org.mpotr.session.files;
