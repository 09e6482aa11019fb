/**
 * Files: offers, requests, chunks and their Merkle tree (PROTOCOL.md, section 11). Nothing here
 * opens files, starts threads or reads a clock: channels and times are the caller's.
 *
 * <p>{@link org.mpotr.session.files.ChannelFiles} does the most of it for one channel, here with a
 * {@link org.mpotr.session.ChannelDriver}:
 *
 * <pre>{@code
 * void hearFiles(Event event) {
 *   try {
 *     Optional<FileEvent> news = files.hear(event);
 *     if (news.isPresent() && news.get() instanceof FileEvent.Offered offered) {
 *       files.accept(IncomingFile.open(offered.offer(), disk, offered.at()));
 *     } else if (news.isPresent() && news.get() instanceof FileEvent.Completed) {
 *       received.countDown();
 *     }
 *   } catch (FileException e) {
 *     show("a file frame was refused: " + e.code());
 *   }
 * }
 *
 * void offer(FileChannel source) throws Exception {
 *   OutgoingFile file = // reads all of it, here and not in the thread of the channel
 *       OutgoingFile.of(
 *           new FileName("tea.txt"),
 *           "text/plain",
 *           source,
 *           driver.call(Channel::parameters).get(),
 *           new SecureRandom(),
 *           driver.call(Channel::elapsed).get());
 *   driver.call(channel -> files.offer(file)).get();
 * }
 *
 * void serveFiles() { // some ten times a second
 *   driver
 *       .run(
 *           channel -> {
 *             files.tick();
 *             files.send(16);
 *           })
 *       .join();
 * }
 * }</pre>
 *
 * <p>Without a channel, one {@link org.mpotr.session.files.FileExchange} stands beside each channel
 * and is told of its epochs. Whoever has a file makes an {@link
 * org.mpotr.session.files.OutgoingFile}, gives it to {@link
 * org.mpotr.session.files.FileExchange#offer} and says the result in a frame of kind file. The
 * others hand frames of the three file kinds to {@link
 * org.mpotr.session.files.FileExchange#receive}; for an offer that is wanted they open an {@link
 * org.mpotr.session.files.IncomingFile}, accept it and, as long as something is missing, say what
 * {@link org.mpotr.session.files.FileExchange#request} gives. As fast as the network takes it,
 * members say what {@link org.mpotr.session.files.FileExchange#next} gives.
 */
package org.mpotr.session.files;
