package org.mpotr.session.closing;

import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.mpotr.agreement.AuditedSetup;
import org.mpotr.agreement.SetupAudit;
import org.mpotr.agreement.SetupFailedException;
import org.mpotr.agreement.StartSignature;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.crypto.SecretAccess;
import org.mpotr.epoch.EpochSecrets;
import org.mpotr.epoch.GroupKey;
import org.mpotr.epoch.Member;
import org.mpotr.epoch.SenderKeys;
import org.mpotr.identity.IdentityKeys;
import org.mpotr.session.membership.ContinuingHello;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Hello;
import org.mpotr.wire.Keys;
import org.mpotr.wire.Message;
import org.mpotr.wire.SignedMessage;
import org.mpotr.wire.Start;

/**
 * The strongest judge of a recording that one can be without having taken part: it knows the
 * identities of people and checks everything that can be checked (PROTOCOL.md, section 8.3).
 * Whatever it accepts a {@link Forger} can make too, which is why its verdict is worth nothing as
 * evidence. Safe for use by many threads.
 */
public final class TranscriptVerifier {

  private final Set<PublicPoint> known;

  /**
   * A judge who knows these people's long-term public keys.
   *
   * @throws InvalidKeyException when one is not a valid key on P-256
   */
  public TranscriptVerifier(Collection<? extends PublicKey> identities) throws InvalidKeyException {
    Set<PublicPoint> points = new HashSet<>();
    for (PublicKey identity : identities) {
      points.add(IdentityKeys.publicPoint(identity));
    }
    this.known = Set.copyOf(points);
  }

  /** What can be said against a recording, or what was said in it. */
  public Verdict judge(Recording recording) {
    try {
      AuditedSetup setup = audit(recording, member -> known.contains(member.identity()));
      ReadFrames frames = ReadFrames.of(recording, setup);
      return new Verdict.Accepted(
          setup.roster(), frames.conversation(), published(recording, setup));
    } catch (RefusedRecordingException e) {
      return e.verdict();
    }
  }

  /** The set-up of a recording, when it is in order. */
  static AuditedSetup audit(Recording recording, Predicate<Member> known)
      throws RefusedRecordingException {
    checkStart(recording);
    List<Message> setup =
        recording.messages().stream()
            .filter(message -> message instanceof Hello || message instanceof SignedMessage)
            .toList();
    try {
      return SetupAudit.check(recording.parameters(), setup, recording.evidence(), known);
    } catch (SetupFailedException e) {
      throw new RefusedRecordingException(
          Verdict.Part.SETUP, e.check().code(), e.memberIndex().orElse(-1));
    }
  }

  private static void checkStart(Recording recording) throws RefusedRecordingException {
    List<Start> starts = recording.messages(Start.class);
    if (starts.isEmpty()) {
      return;
    }
    Start start = starts.get(0);
    List<Hello> hellos = recording.messages(Hello.class);
    require(starts.size() == 1, "doubled");
    require(StartSignature.holds(start), "bad-signature");
    require(start.parameters().equals(recording.parameters().encoded()), "parameters");
    require(
        start.helloHashes().equals(hellos.stream().map(ContinuingHello::hashOf).sorted().toList()),
        "hellos");
    require(
        hellos.stream().anyMatch(hello -> hello.signatureKey().equals(start.signatureKey())),
        "foreign");
  }

  private static void require(boolean holds, String check) throws RefusedRecordingException {
    if (!holds) {
      throw new RefusedRecordingException(Verdict.Part.START, check, -1);
    }
  }

  /** Whose keys were published, when all that was published is right. */
  static Set<Integer> published(Recording recording, AuditedSetup setup)
      throws RefusedRecordingException {
    Set<Integer> places = new TreeSet<>();
    GroupKey key = setup.readingKey(0);
    EpochSecrets secrets = key.secrets(SecretAccess.GRANTED);
    try {
      for (Keys keys : recording.messages(Keys.class)) {
        Optional<Member> author = Publication.author(setup.roster(), setup.sid(), keys);
        if (author.isEmpty()) {
          throw new RefusedRecordingException(Verdict.Part.KEYS, "foreign", -1);
        }
        try (SenderKeys derived = secrets.senderKeys(keys.member())) {
          if (!Bytes.of(derived.macKey()).equals(keys.frameMac())) {
            throw new RefusedRecordingException(
                Verdict.Part.KEYS, "bad-mac-key", author.get().index());
          }
        }
        // A member says its keys again to whoever missed them.
        places.add(author.get().index());
      }
      return places;
    } finally {
      key.destroy();
    }
  }
}
