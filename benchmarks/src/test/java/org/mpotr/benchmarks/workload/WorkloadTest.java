package org.mpotr.benchmarks.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.security.Security;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mpotr.benchmarks.workload.EcdsaVerification.Senders;

/** Every workload runs once and gives a right result; what is not here is skipped with a reason. */
class WorkloadTest {

  private static final int BYTES = 1_024;

  static Stream<Arguments> ofProviders() {
    return Providers.NAMES.stream()
        .flatMap(
            name ->
                Stream.of(
                    workload(name + ", sign", () -> new EcdsaSigning(name)),
                    workload(name + ", busy", () -> new EcdsaVerification(name, Senders.BUSY)),
                    workload(name + ", known", () -> new EcdsaVerification(name, Senders.KNOWN)),
                    workload(name + ", new", () -> new EcdsaVerification(name, Senders.NEW)),
                    workload(
                        name + ", ECDH", () -> new EcdhAgreement(name, EcdhAgreement.Peers.NEW)),
                    workload(name + ", key pair", () -> new KeyPairGeneration(name)),
                    workload(name + ", AES-CTR", () -> new AesCtrEncryption(name, BYTES)),
                    workload(name + ", SHA-512", () -> new Sha512Digest(name, BYTES))));
  }

  static Stream<Arguments> ofTheLibrary() {
    return Stream.of(
        workload("engine, verify", () -> new EngineVerification(3, 1)),
        workload("engine, batch", () -> new EngineVerification(3, 8)),
        workload("engine, sign", EngineSigning::new),
        workload("engine, ECDH", () -> new EngineAgreement(1)),
        workload("engine, ECDH in batches", () -> new EngineAgreement(4)),
        workload("set-up", () -> new MpotrSetUp(3, false)),
        workload("refresh", () -> new MpotrSetUp(3, true)),
        workload("first epoch", () -> new SessionChange(3, SessionChange.Kind.FIRST)),
        workload("refresh in a session", () -> new SessionChange(3, SessionChange.Kind.REFRESH)),
        workload("join in a session", () -> new SessionChange(3, SessionChange.Kind.JOIN)),
        workload("seal", () -> new FrameSealing(BYTES)),
        workload("open", () -> new FrameOpening(BYTES, 1)),
        workload("open in batches", () -> new FrameOpening(BYTES, 4)),
        workload("a long frame", () -> new FrameOpening(262_144, 1)),
        workload("refuse", () -> new FrameRefusal(BYTES)),
        workload("primitives of sealing", () -> new FrameCeiling(BYTES, true)),
        workload("primitives of opening", () -> new FrameCeiling(BYTES, false)));
  }

  private static Arguments workload(String name, Workload.Factory factory) {
    return Arguments.argumentSet(name, factory);
  }

  @ParameterizedTest
  @MethodSource({"ofProviders", "ofTheLibrary"})
  void givesRightResults(Workload.Factory factory) throws Exception {
    try (Workload workload = factory.create()) {
      workload.check();
      for (int i = 0; i < 2; i++) {
        workload.prepare(1);
        assertNotNull(workload.run());
      }
      assertTrue(workload.operations() > 0);
    } catch (UnavailableException e) {
      abort(e.getMessage());
    }
  }

  @Test
  void nothingIsInstalled() throws Exception {
    int before = Security.getProviders().length;
    Providers.load(Providers.BC);
    new FrameSealing(16).run();
    assertEquals(before, Security.getProviders().length);
  }

  @Test
  void whatIsNotHereSaysWhy() {
    String why =
        assertThrows(
                UnavailableException.class,
                () -> Providers.of(Providers.JDK, "Signature", "NoSuchSignature"))
            .getMessage();
    assertTrue(why.startsWith("not here: JDK does not offer"), why);
    assertThrows(UnavailableException.class, () -> Providers.load("nobody"));
  }
}
