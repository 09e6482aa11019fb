/**
 * The relay: an HTTP server that puts the messages of each channel in order and hands them out, and
 * that understands none of them. It learns what a passive relay learns (PROTOCOL.md, first page).
 *
 * <ul>
 *   <li>{@code POST /channels/NAME} takes one message, printable ASCII: {@code 201} and its number,
 *       from 0. With a backlog on disk the answer comes when the message is there. {@code 400}
 *       other characters, {@code 401} without the token, {@code 413} too long, {@code 429} too
 *       much, with {@code Retry-After}, {@code 503} stopping, {@code 507} cannot be stored.
 *   <li>{@code GET /channels/NAME} with {@code Accept: text/event-stream} is a stream of
 *       server-sent events: messages with an id each, {@code present} with the number of listeners,
 *       which is a hint, and {@code gone} when messages are no longer there. {@code Last-Event-ID},
 *       or {@code ?from=POSITION}, says where to go on; without them it starts with the oldest.
 *   <li>{@code GET /channels/NAME?from=POSITION&wait=SECONDS} otherwise: {@code 200} and messages,
 *       a line each, as soon as there are any; {@code 204} if none came in time. The header {@code
 *       Mpotr-Next} is the next position to ask for; {@code Mpotr-Gone} says that some are gone.
 *   <li>{@code GET /health} and {@code GET /metrics}, the latter for whoever has the token.
 * </ul>
 *
 * A position is {@code RUN-NUMBER}, or {@code NUMBER} for whichever run there is: a channel that
 * was forgotten and made again, or whose relay came back without a backlog, counts from 0 in
 * another run, and whoever comes with a position of an earlier one gets everything.
 */
package org.mpotr.chat.relay;
