package org.mpotr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.mpotr.crypto.PlantedFailures;
import org.mpotr.crypto.SelfTests.Primitive;

/** The provider "mpOTR" as one among the providers of the platform. */
@Isolated("the list of installed providers belongs to all")
class MpotrProviderTest {

  private static final Set<String> TYPES =
      Set.of(
          "KeyAgreement",
          "KeyFactory",
          "KeyPairGenerator",
          "AlgorithmParameters",
          "Cipher",
          "Signature",
          "KeyStore");

  @AfterEach
  void remove() {
    Security.removeProvider(MpotrProvider.NAME);
  }

  @Test
  void eachServiceIsOfferedUnderTheOneName() throws Exception {
    Provider provider = new MpotrProvider();
    Set<String> offered = new HashSet<>();
    for (Provider.Service service : provider.getServices()) {
      boolean isFile = service.getType().equals("KeyStore") && service.getAlgorithm().length() > 5;
      assertEquals(isFile ? "mpOTR-File" : "mpOTR", service.getAlgorithm());
      assertNotNull(service.newInstance(null));
      assertThrows(NoSuchAlgorithmException.class, () -> service.newInstance("anything"));
      offered.add(service.getType());
    }
    assertEquals(TYPES, offered);
    assertEquals("mpOTR", provider.getName());
    assertFalse(provider.getInfo().isEmpty());
  }

  @Test
  void theServicesSayWhichKeysTheyTake() throws Exception {
    Provider provider = MpotrProvider.instance();
    TestGroup group = TestGroup.of("keys", 2);
    var key = group.run().key(0);
    var identity = group.member(0).identity();
    assertTrue(provider.getService("Cipher", "mpOTR").supportsParameter(key));
    assertFalse(provider.getService("Cipher", "mpOTR").supportsParameter(identity.getPrivate()));
    Provider.Service signature = provider.getService("Signature", "mpOTR");
    assertTrue(signature.supportsParameter(key.signingKey()));
    assertTrue(signature.supportsParameter(key.verificationKey(0)));
    assertFalse(signature.supportsParameter(identity.getPrivate()));
    Provider.Service agreement = provider.getService("KeyAgreement", "mpOTR");
    assertTrue(agreement.supportsParameter(identity.getPrivate()));
    assertFalse(agreement.supportsParameter(identity.getPublic()));
  }

  @Test
  void isFoundByTheServiceLoader() {
    List<Provider> found =
        ServiceLoader.load(Provider.class).stream()
            .filter(provider -> provider.type() == MpotrProvider.class)
            .map(ServiceLoader.Provider::get)
            .toList();
    assertEquals(1, found.size());
    assertEquals(MpotrProvider.NAME, found.get(0).getName());
  }

  @Test
  void installsItselfOnceAndLast() {
    int before = Security.getProviders().length;
    Provider installed = MpotrProvider.install();
    assertSame(MpotrProvider.instance(), installed);
    assertSame(installed, MpotrProvider.install());
    Provider[] after = Security.getProviders();
    assertEquals(before + 1, after.length);
    assertSame(installed, after[before]);
    Security.removeProvider(MpotrProvider.NAME);
    // Whoever came first under this name stays.
    Provider other = new MpotrProvider();
    Security.addProvider(other);
    assertSame(other, MpotrProvider.install());
  }

  @Test
  void changesNoDefaultAtAnyPosition() {
    Map<String, String> before = defaults();
    assertTrue(before.size() > 100);
    for (int position : new int[] {1, Security.getProviders().length + 1}) {
      assertEquals(position, Security.insertProviderAt(new MpotrProvider(), position));
      Map<String, String> with = defaults();
      with.keySet().removeIf(name -> name.endsWith(".MPOTR") || name.equals("KeyStore.MPOTR-FILE"));
      assertEquals(before, with);
      Security.removeProvider(MpotrProvider.NAME);
    }
    assertEquals(before, defaults());
  }

  /** Who answers for each algorithm of each type, aliases included. */
  private static Map<String, String> defaults() {
    Map<String, String> defaults = new TreeMap<>();
    Set<String> types =
        List.of(Security.getProviders()).stream()
            .flatMap(provider -> provider.getServices().stream())
            .map(Provider.Service::getType)
            .collect(Collectors.toSet());
    for (String type : types) {
      for (String algorithm : Security.getAlgorithms(type)) {
        for (Provider provider : Security.getProviders()) {
          if (provider.getService(type, algorithm) != null) {
            defaults.putIfAbsent(type + "." + algorithm, provider.getName());
          }
        }
      }
    }
    return defaults;
  }

  @Test
  void aFailedSelfTestClosesWhatNeedsIt() throws Exception {
    for (Primitive broken : List.of(Primitive.ECDH_P256, Primitive.ECDSA_P256)) {
      MpotrProvider provider = new MpotrProvider(PlantedFailures.in(broken));
      assertFalse(provider.runSelfTests());
      long failed =
          provider.selfTestReport().values().stream().filter(s -> s.startsWith("failed")).count();
      assertEquals(1, failed);
      assertClosed(() -> KeyAgreement.getInstance("mpOTR", provider));
      assertClosed(() -> Cipher.getInstance("mpOTR", provider));
      if (broken == Primitive.ECDSA_P256) {
        assertClosed(() -> Signature.getInstance("mpOTR", provider));
        assertNotNull(KeyPairGenerator.getInstance("mpOTR", provider));
      } else {
        assertClosed(() -> KeyPairGenerator.getInstance("mpOTR", provider));
        assertNotNull(Signature.getInstance("mpOTR", provider));
      }
      assertNotNull(KeyFactory.getInstance("mpOTR", provider));
    }
  }

  /** What somebody asks of the platform. */
  @FunctionalInterface
  private interface Request {
    Object ask() throws GeneralSecurityException;
  }

  private static void assertClosed(Request request) {
    NoSuchAlgorithmException closed = assertThrows(NoSuchAlgorithmException.class, request::ask);
    StringBuilder told = new StringBuilder();
    for (Throwable cause = closed; cause != null; cause = cause.getCause()) {
      told.append(cause.getMessage()).append('\n');
    }
    assertTrue(told.toString().contains("is closed"), told.toString());
    assertTrue(told.toString().contains("P-256"), told.toString());
  }

  @Test
  void selfTestsRunWhenTheyAreNeededAndSayWhatTheyFound() throws Exception {
    MpotrProvider provider = new MpotrProvider(PlantedFailures.in());
    assertEquals(Set.of("not run"), Set.copyOf(provider.selfTestReport().values()));
    assertNotNull(Signature.getInstance("mpOTR", provider));
    assertTrue(provider.selfTestReport().containsValue("passed"));
    assertTrue(provider.selfTestReport().containsValue("not run"));
    assertTrue(provider.runSelfTests());
    assertEquals(Set.of("passed"), Set.copyOf(provider.selfTestReport().values()));
  }
}
