/**
 * Sessions: the engine that takes a member from joining to leaving, without I/O, threads or a clock
 * of its own (PROTOCOL.md, sections 7 to 13), over the transport that section 13 asks for.
 *
 * <p>An application has a {@link org.mpotr.session.Channel} for each channel that it is in. One
 * with threads leaves it to a {@link org.mpotr.session.ChannelDriver}:
 *
 * <pre>{@code
 * identity = identities.generateKeyPair();
 * channel =
 *     Channel.open(
 *         ChannelSpec.of(identity.getPrivate(), identity.getPublic(), nickname, parameters),
 *         Time.now());
 * files = new ChannelFiles(channel, Fingerprint.of(identity.getPublic()), FileLimits.DEFAULT);
 * driver = new ChannelDriver(channel, executor, room::publish, this::hear, log::add);
 * room.subscribe(driver::receive); // what others publish
 * driver.run(Channel::join).join();
 * }</pre>
 *
 * <p>Everything else is told by {@link org.mpotr.session.Event}s:
 *
 * <pre>{@code
 * void hear(Event event) {
 *   if (event instanceof Event.EpochOpened opened) {
 *     show(opened.roster().size() + " are here; the group code is " + opened.groupCode());
 *   } else if (event instanceof Event.MessageDelivered said
 *       && said.kind().equals(FrameKind.TEXT)) {
 *     show(said.sender().nickname() + ": " + new String(said.content().toArray(), UTF_8));
 *   } else if (event instanceof Event.StatusChanged changed
 *       && changed.status().isConfirmedByAll()) {
 *     show("everybody has it");
 *   } else if (event instanceof Event.ChannelClosed) {
 *     show("closed");
 *   }
 *   hearFiles(event);
 * }
 * }</pre>
 *
 * <p>It talks, and leaves:
 *
 * <pre>{@code
 * driver.call(channel -> channel.send("tea at five?".getBytes(UTF_8))).get();
 *
 * driver.run(Channel::leave).get(); // or close, for everybody; Event.ChannelClosed follows
 * }</pre>
 *
 * <table>
 *   <caption>States</caption>
 *   <tr><th>state<th>what it may call<th>what comes next
 *   <tr><td>NEW<td>join<td>JOINING
 *   <tr><td>JOINING<td>leave, close; SMP in a lobby<td>MEMBER with EpochOpened; CLOSED
 *   <tr><td>MEMBER<td>send and its kin, refresh, change, remove, vouch, verify, SMP, leave,
 *       close<td>LEAVING;
 *       JOINING when the group is lost: all others have gone, the epoch is over, another part of
 *       the group is larger
 *   <tr><td>LEAVING<td>nothing; messages still come<td>CLOSED with ChannelClosed
 *   <tr><td>CLOSED<td>join<td>JOINING
 * </table>
 *
 * <p>Another call is an {@link org.mpotr.session.IllegalChannelStateException}. {@link
 * org.mpotr.session.Channel#destroy} is possible in every state and final.
 *
 * <table>
 *   <caption>Events</caption>
 *   <tr><th>event<th>what an application does
 *   <tr><td>Joining, MayRead<td>show that a set-up goes on, and with whom
 *   <tr><td>EpochOpened<td>show who is there from now on, who came and who left
 *   <tr><td>MessageDelivered, PrivateMessageDelivered<td>show what was said, with its status
 *   <tr><td>Sent, NotSent<td>tell what became of what it sent, by its number
 *   <tr><td>StatusChanged<td>show how many have confirmed a message
 *   <tr><td>SmpAsked<td>ask the user for the secret, then {@code answerSmp} or {@code abortSmp}
 *   <tr><td>SmpEnded<td>show that nobody was verified, and why
 *   <tr><td>Verified<td>show that a person is verified
 *   <tr><td>ConflictFound, Divergence<td>warn: a member lies, or members see different things
 *   <tr><td>MembersOverdue<td>show who is silent; {@code remove} if it goes on
 *   <tr><td>MemberLeaving, ChangeProposed<td>show it; what is sent waits for the next epoch
 *   <tr><td>Removed, PartsFound<td>show it; the channel joins again by itself, but for one evicted
 *   <tr><td>EpochClosed<td>nothing: keys are erased
 *   <tr><td>KeysPublished, KeysSeen<td>nothing: from now on anybody can have written it
 *   <tr><td>CandidateSeen, CandidateMet<td>{@code vouch} where the join policy wants it
 *   <tr><td>FileFrame<td>hand it to {@link org.mpotr.session.files.ChannelFiles}
 *   <tr><td>SetupFailed, Failed<td>by its {@link org.mpotr.error.ErrorCode}
 *   <tr><td>ChannelClosed<td>the channel is over for this member
 * </table>
 */
package org.mpotr.session;
