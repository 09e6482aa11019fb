/**
 * Leaving, closing, deniability: how an epoch ends, the publication of its keys, and the forger
 * (PROTOCOL.md, section 8).
 *
 * <p>Deniability is worth something when people can do it. A {@link
 * org.mpotr.session.closing.Recording} holds what a wire-tapper or a member kept of an epoch; a
 * {@link org.mpotr.session.closing.TranscriptVerifier} is the strongest judge of it; and a {@link
 * org.mpotr.session.closing.Forger} makes what the judge accepts:
 *
 * <pre>{@code
 * Nickname alice = new Nickname("alice");
 * Nickname bob = new Nickname("bob");
 * Forger forger = new Forger(new SecureRandom());
 * Recording invented = // from public keys alone: neither of the two was ever there
 *     forger.simulate(
 *         Script.of(
 *             EpochParameters.of("#tea"),
 *             List.of(new Script.Role(alice, alicesKey), new Script.Role(bob, bobsKey)),
 *             List.of(Script.Line.text(alice, "tea?"), Script.Line.text(bob, "yes"))));
 *
 * TranscriptVerifier judge = new TranscriptVerifier(List.of(alicesKey, bobsKey));
 * Verdict.Accepted verdict = (Verdict.Accepted) judge.judge(invented);
 *
 * List<Script.Line> lines = new ArrayList<>(verdict.lines());
 * lines.set(1, Script.Line.text(bob, "never!")); // and so with a recording of what took place
 * Recording retold = forger.retell(invented, lines);
 * }</pre>
 */
package org.mpotr.session.closing;
