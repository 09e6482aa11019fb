package org.mpotr.agreement;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import org.mpotr.crypto.Labelled;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.EpochSecrets;
import org.mpotr.epoch.Member;
import org.mpotr.epoch.Roster;
import org.mpotr.identity.SubjectPublicKey;
import org.mpotr.wire.Attest;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.MessageType;
import org.mpotr.wire.SetupHeader;
import org.mpotr.wire.WireWriter;

/**
 * Makes and checks ATTESTs (PROTOCOL.md, section 4.6): what this member holds, against what the
 * others say they hold.
 */
final class Attestation implements AutoCloseable {

  private final Bytes sid;
  private final Bytes transcript3;
  private final Bytes parametersHash;
  private final byte[] rosterHash;
  private final EpochSecrets secrets;

  /** Takes the 64 bytes of the roster hash as its own. */
  Attestation(
      Bytes sid,
      EpochParameters parameters,
      Bytes transcript3,
      byte[] rosterHash,
      EpochSecrets secrets) {
    this.sid = sid;
    this.transcript3 = transcript3;
    this.parametersHash =
        Labelled.hash32(WireWriter.labelled("parameters", sid).vector(parameters.encoded()));
    this.rosterHash = rosterHash;
    this.secrets = secrets;
  }

  /**
   * {@code H("roster", sid, (m, intro key, X, E, nickname, A)…)}, 64 bytes.
   *
   * @param introKeys in roster order
   */
  static byte[] rosterHash(Bytes sid, Roster roster, List<byte[]> introKeys) {
    WireWriter input = WireWriter.labelled("roster", sid);
    for (Member member : roster) {
      input
          .opaque(member.id())
          .opaque(introKeys.get(member.index()))
          .opaque(member.agreementKey().encoded())
          .opaque(member.signatureKey().encoded())
          .vector(member.nickname().utf8())
          .vector(SubjectPublicKey.encode(member.identity()));
    }
    return Labelled.hash(input);
  }

  /** The member's own ATTEST. */
  Attest make(Candidate own, EphemeralKeys keys) {
    Attest unsigned =
        new Attest(
            new SetupHeader(MessageType.ATTEST, sid, own.index()),
            transcript3,
            parametersHash,
            confirmation(own),
            Bytes.EMPTY);
    return unsigned.signed(keys.sign(unsigned));
  }

  /** The same with its signature checked here. */
  void check(Attest attest, Candidate from) throws SetupFailedException {
    check(attest, from, EphemeralKeys.verify(from.signatureKey(), attest));
  }

  /**
   * Checks the ATTEST of a member.
   *
   * @param isSigned whether its sender signed it
   * @throws SetupFailedException when it is not signed, or says something else
   */
  void check(Attest attest, Candidate from, boolean isSigned) throws SetupFailedException {
    require(isSigned, SetupCheck.BAD_SIGNATURE, from);
    require(attest.transcript().equals(transcript3), SetupCheck.ATTEST_MISMATCH_TRANSCRIPT, from);
    require(
        attest.parametersHash().equals(parametersHash),
        SetupCheck.ATTEST_MISMATCH_PARAMETERS,
        from);
    byte[] expected = confirmation(from).toArray();
    require(
        MessageDigest.isEqual(expected, attest.confirmation().toArray()),
        SetupCheck.ATTEST_MISMATCH_KEY,
        from);
  }

  private Bytes confirmation(Candidate member) {
    return secrets.confirmation(transcript3, rosterHash, member.id());
  }

  private static void require(boolean holds, SetupCheck check, Candidate from)
      throws SetupFailedException {
    if (!holds) {
      throw SetupFailedException.of(check, from);
    }
  }

  @Override
  public void close() {
    Arrays.fill(rosterHash, (byte) 0);
  }
}
