package org.mpotr.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import org.mpotr.benchmarks.measure.Contestant;
import org.mpotr.benchmarks.measure.Role;
import org.mpotr.benchmarks.workload.AesCtrEncryption;
import org.mpotr.benchmarks.workload.EcdhAgreement;
import org.mpotr.benchmarks.workload.EcdhAgreement.Peers;
import org.mpotr.benchmarks.workload.EcdsaSigning;
import org.mpotr.benchmarks.workload.EcdsaVerification;
import org.mpotr.benchmarks.workload.EcdsaVerification.Senders;
import org.mpotr.benchmarks.workload.EngineAgreement;
import org.mpotr.benchmarks.workload.EngineSigning;
import org.mpotr.benchmarks.workload.EngineVerification;
import org.mpotr.benchmarks.workload.KeyPairGeneration;
import org.mpotr.benchmarks.workload.Providers;
import org.mpotr.benchmarks.workload.Sha512Digest;
import org.mpotr.benchmarks.workload.Workload;

/** The rows of single primitives, the same through every provider. */
final class PrimitiveRows {

  static final String ENGINE = "mpOTR, engine alone";
  static final String BATCH = "mpOTR, batches of 32";

  private static final String SIGNATURES = "Signatures, SHA512withECDSA on P-256";
  private static final String KEYS = "Key agreement and key pairs on P-256";
  private static final String SYMMETRIC = "Cipher and hash";
  private static final int BATCH_SIZE = 32;
  private static final int SENDERS_IN_BATCH = 4;
  private static final int KNOWN_SENDERS = 128;

  /** Makes a provider's workload. */
  @FunctionalInterface
  private interface ByProvider {
    Workload create(String provider) throws Exception;
  }

  private final Mode mode;
  private final List<PlannedRow> rows = new ArrayList<>();

  private PrimitiveRows(Mode mode) {
    this.mode = mode;
  }

  static List<PlannedRow> of(Mode mode) {
    PrimitiveRows planned = new PrimitiveRows(mode);
    planned.signatures();
    planned.keys();
    planned.symmetric();
    return planned.rows;
  }

  private void signatures() {
    add(
        "ecdsa-verify-busy",
        SIGNATURES,
        "verify, one busy sender",
        () -> new EngineVerification(1, 1),
        provider -> new EcdsaVerification(provider, Senders.BUSY));
    add(
        "ecdsa-verify-known",
        SIGNATURES,
        "verify, 128 known senders in turn",
        () -> new EngineVerification(KNOWN_SENDERS, 1),
        provider -> new EcdsaVerification(provider, Senders.KNOWN));
    add(
        "ecdsa-verify-new",
        SIGNATURES,
        "verify, a new key each time",
        null,
        provider -> new EcdsaVerification(provider, Senders.NEW));
    addBatch(
        "ecdsa-verify-batch",
        SIGNATURES,
        "verify, batches of 32 of four senders, against one by one of a busy sender",
        () -> new EngineVerification(SENDERS_IN_BATCH, BATCH_SIZE),
        provider -> new EcdsaVerification(provider, Senders.BUSY));
    add("ecdsa-sign", SIGNATURES, "sign", EngineSigning::new, EcdsaSigning::new);
  }

  private void keys() {
    add(
        "ecdh",
        KEYS,
        "ECDH, a new key each time",
        () -> new EngineAgreement(1),
        provider -> new EcdhAgreement(provider, Peers.NEW));
    add(
        "ecdh-known",
        KEYS,
        "ECDH, 256 known keys in turn",
        null,
        provider -> new EcdhAgreement(provider, Peers.KNOWN));
    addBatch(
        "ecdh-batch",
        KEYS,
        "ECDH, one secret with batches of 32 new points, against one by one",
        () -> new EngineAgreement(BATCH_SIZE),
        provider -> new EcdhAgreement(provider, Peers.NEW));
    add("key-pair", KEYS, "key pair", null, KeyPairGeneration::new);
  }

  private void symmetric() {
    int[] sizes =
        mode == Mode.QUICK
            ? new int[] {64, 1_024, 16_384, 1 << 20}
            : new int[] {64, 256, 1_024, 4_096, 16_384, 65_536, 1 << 20};
    for (int size : sizes) {
      add(
          "aes-ctr-" + size,
          SYMMETRIC,
          "AES-128-CTR, " + Bytes.text(size),
          null,
          provider -> new AesCtrEncryption(provider, size));
    }
    for (int size : sizes) {
      add(
          "sha512-" + size,
          SYMMETRIC,
          "SHA-512, " + Bytes.text(size),
          null,
          provider -> new Sha512Digest(provider, size));
    }
  }

  private void add(
      String id, String group, String title, Workload.Factory engine, ByProvider byProvider) {
    List<Contestant> contestants = new ArrayList<>();
    contestants.add(contestant(Providers.MPOTR, Role.OWN, byProvider));
    if (engine != null) {
      contestants.add(new Contestant(ENGINE, Role.PART, engine));
    }
    finish(id, group, title, contestants, byProvider);
  }

  private void addBatch(
      String id, String group, String title, Workload.Factory batch, ByProvider oneByOne) {
    List<Contestant> contestants = new ArrayList<>();
    contestants.add(new Contestant(BATCH, Role.OWN, batch));
    finish(id, group, title, contestants, oneByOne);
  }

  private void finish(
      String id, String group, String title, List<Contestant> own, ByProvider byProvider) {
    List<Contestant> contestants = new ArrayList<>(own);
    for (String provider : Providers.NAMES) {
      if (!provider.equals(Providers.MPOTR)) {
        contestants.add(contestant(provider, Role.PEER, byProvider));
      }
    }
    int count = contestants.size();
    rows.add(
        PlannedRow.alternating(
            id, group, title, mode.seconds(count), mode.pace(count), contestants));
  }

  private static Contestant contestant(String provider, Role role, ByProvider byProvider) {
    return new Contestant(provider, role, () -> byProvider.create(provider));
  }
}
