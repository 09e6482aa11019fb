package org.mpotr.session.closing;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.mpotr.agreement.SessionParameterSpec;
import org.mpotr.agreement.Setup;
import org.mpotr.agreement.SetupEvidence;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.crypto.SecretAccess;
import org.mpotr.epoch.AuthenticationMode;
import org.mpotr.epoch.Member;
import org.mpotr.identity.IdentityKeys;
import org.mpotr.identity.Nickname;
import org.mpotr.identity.SimulatedIdentityKey;
import org.mpotr.session.membership.ContinuingHello;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Hello;
import org.mpotr.wire.Message;
import org.mpotr.wire.Start;

/**
 * One run of the set-up and of a script by a single person who plays all members (PROTOCOL.md,
 * section 8.4): the members run the code of real ones, and only their identity keys are not there.
 */
final class Simulation implements AutoCloseable {

  private static final class Actor {
    final Nickname nickname;
    final PublicPoint identity;
    final SimulatedIdentityKey key;
    final Setup setup;
    Hello hello;

    Actor(Script script, Script.Role role, SecureRandom random) throws GeneralSecurityException {
      nickname = role.nickname();
      identity = IdentityKeys.publicPoint(role.identity());
      key = new SimulatedIdentityKey(identity, SecretAccess.GRANTED);
      SessionParameterSpec spec =
          SessionParameterSpec.of(script.parameters(), nickname).withPolicy(member -> true);
      setup =
          new Setup(key, script.preSharedKey().map(spec::withPreSharedKey).orElse(spec), random);
    }
  }

  private final Script script;
  private final SecureRandom random;
  private final List<Actor> actors = new ArrayList<>();
  private final List<Message> recorded = new ArrayList<>();

  Simulation(Script script, SecureRandom random) throws GeneralSecurityException {
    this.script = script;
    this.random = random;
    if (script.parameters().authentication() == AuthenticationMode.SIGNATURE) {
      throw new InvalidAlgorithmParameterException(
          "mode signature cannot be simulated: it wants signatures of the identity keys");
    }
    for (Script.Role role : script.roles()) {
      actors.add(new Actor(script, role, random));
    }
  }

  Recording run() throws GeneralSecurityException {
    for (Actor actor : actors) {
      actor.hello = actor.setup.hello(actor.identity);
    }
    // From here on the actors stand in roster order.
    actors.sort(Comparator.comparing(actor -> Member.idOf(actor.hello)));
    shareScalars();
    List<Message> hellos = inAnyOrder(actors.stream().map(actor -> actor.hello).toList());
    recorded.addAll(hellos);
    recorded.add(start());
    round(actor -> actor.setup.introduce(hellos, Map.of()));
    round(actor -> actor.setup.share(said));
    round(actor -> actor.setup.attest(said));
    SetupEvidence evidence = evidence();
    for (Actor actor : actors) {
      actor.setup.conclude(said);
    }
    talk();
    return new Recording(script.parameters(), recorded, evidence);
  }

  /** What was said in the last round. */
  private List<Message> said = List.of();

  @FunctionalInterface
  private interface Step {
    Message take(Actor actor) throws InvalidKeyException;
  }

  private void round(Step step) throws InvalidKeyException {
    List<Message> messages = new ArrayList<>(actors.size());
    for (Actor actor : actors) {
      messages.add(step.take(actor));
    }
    said = inAnyOrder(messages);
    recorded.addAll(said);
  }

  private List<Message> inAnyOrder(List<? extends Message> messages) {
    List<Message> shuffled = new ArrayList<>(messages);
    Collections.shuffle(shuffled, random);
    return List.copyOf(shuffled);
  }

  /** Every agreement with a long-term key has an ephemeral side, and all of those are here. */
  private void shareScalars() {
    for (Actor one : actors) {
      for (Actor other : actors) {
        one.key.know(other.setup.agreementScalar(SecretAccess.GRANTED));
      }
    }
  }

  private Start start() {
    Bytes proposal = Start.NO_PROPOSAL;
    if (script.parameters().epoch() > 0) {
      byte[] id = new byte[Message.HASH_BYTES];
      random.nextBytes(id);
      proposal = Bytes.of(id);
    }
    List<Bytes> hashes = actors.stream().map(actor -> ContinuingHello.hashOf(actor.hello)).toList();
    return actors.get(0).setup.start(proposal, hashes);
  }

  private SetupEvidence evidence() throws InvalidKeyException {
    SetupEvidence evidence = SetupEvidence.NONE;
    for (Actor actor : actors) {
      if (script.witnesses().contains(actor.nickname)) {
        evidence = evidence.with(actor.setup.evidence(SecretAccess.GRANTED));
      }
    }
    return evidence;
  }

  private void talk() throws GeneralSecurityException {
    List<Nickname> places = actors.stream().map(actor -> actor.nickname).toList();
    Conversation conversation =
        new Conversation(
            actors.stream().map(actor -> actor.setup.takeGroupKey()).toList(),
            IntStream.range(0, actors.size()).boxed().collect(Collectors.toSet()),
            random);
    try {
      for (Script.Line line : script.lines()) {
        conversation.say(places.indexOf(line.speaker()), line.kind(), line.content().toArray());
        conversation.acknowledge();
      }
      if (script.isClosed()) {
        conversation.close();
      }
      recorded.addAll(conversation.heard());
    } finally {
      conversation.destroy();
    }
  }

  @Override
  public void close() {
    for (Actor actor : actors) {
      actor.setup.destroy();
      actor.key.destroy();
    }
  }
}
