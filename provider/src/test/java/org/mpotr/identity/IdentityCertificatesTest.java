package org.mpotr.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Self-signed certificates, read back by the platform's own classes. */
class IdentityCertificatesTest {

  private static final Instant FROM = Instant.parse("2026-01-02T03:04:05Z");
  private static final Instant TO = Instant.parse("2051-06-07T08:09:10Z");

  private final SecureRandom random = new SecureRandom();
  private final KeyPair identity = IdentityKeys.generate(random);

  @Test
  void holdsWhatItWasMadeOf() throws Exception {
    X509Certificate certificate = make(identity, "alice");

    certificate.verify(identity.getPublic());
    assertEquals(3, certificate.getVersion());
    assertEquals("SHA512withECDSA", certificate.getSigAlgName());
    assertEquals(new X500Principal("CN=alice"), certificate.getSubjectX500Principal());
    assertEquals(certificate.getSubjectX500Principal(), certificate.getIssuerX500Principal());
    assertEquals(FROM, certificate.getNotBefore().toInstant());
    assertEquals(TO, certificate.getNotAfter().toInstant());
    assertArrayEquals(identity.getPublic().getEncoded(), certificate.getPublicKey().getEncoded());
    assertEquals(Set.of("2.5.29.15"), certificate.getCriticalExtensionOIDs());
    boolean[] usage = certificate.getKeyUsage();
    for (int bit = 0; bit < usage.length; bit++) {
      assertEquals(bit == 0 || bit == 4, usage[bit], "key usage " + bit);
    }
  }

  @Test
  void serialNumbersAreRandomPositiveAndOf128Bits() throws Exception {
    X509Certificate one = make(identity, "alice");
    X509Certificate two = make(identity, "alice");

    assertEquals(128, one.getSerialNumber().bitLength());
    assertEquals(1, one.getSerialNumber().signum());
    assertNotEquals(one.getSerialNumber(), two.getSerialNumber());
  }

  @Test
  void signsWithKeysOfThePlatform() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();

    make(pair, "bob").verify(pair.getPublic());
  }

  @Test
  void keyStoresTakeIt() throws Exception {
    char[] password = "secret".toCharArray();
    X509Certificate certificate = make(identity, "Kärlchen Müßig");
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, password);
    store.setKeyEntry("me", identity.getPrivate(), password, new Certificate[] {certificate});
    ByteArrayOutputStream stored = new ByteArrayOutputStream();
    store.store(stored, password);

    KeyStore loaded = KeyStore.getInstance("PKCS12");
    loaded.load(new ByteArrayInputStream(stored.toByteArray()), password);

    assertEquals(certificate, loaded.getCertificate("me"));
    assertEquals(
        new X500Principal("CN=Kärlchen Müßig"),
        ((X509Certificate) loaded.getCertificate("me")).getSubjectX500Principal());
  }

  @ParameterizedTest
  @ValueSource(strings = {"th-TH-u-ca-buddhist", "ja-JP-u-ca-japanese", "ar-SA-u-nu-arab"})
  void timesDoNotDependOnTheLocale(String tag) throws Exception {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag(tag));
    try {
      X509Certificate certificate = make(identity, "alice");

      assertEquals(FROM, certificate.getNotBefore().toInstant());
      assertEquals(TO, certificate.getNotAfter().toInstant());
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void refusesWhatIsNoPairOrNoIdentity() throws Exception {
    KeyPair other = IdentityKeys.generate(random);
    KeyPair mixed = new KeyPair(other.getPublic(), identity.getPrivate());
    assertThrows(InvalidKeyException.class, () -> make(mixed, "alice"));

    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp384r1"));
    KeyPair larger = generator.generateKeyPair();
    assertThrows(InvalidKeyException.class, () -> make(larger, "alice"));
  }

  @Test
  void refusesNamesAndTimesOutOfRange() {
    assertThrows(IllegalArgumentException.class, () -> make(identity, ""));
    assertThrows(IllegalArgumentException.class, () -> make(identity, "x".repeat(65)));
    assertThrows(
        IllegalArgumentException.class,
        () -> IdentityCertificates.selfSigned(identity, "alice", TO, FROM, random));
    assertTrue(IdentityCertificates.MAX_NAME >= Nickname.MAX_BYTES);
  }

  private X509Certificate make(KeyPair pair, String name) throws Exception {
    return IdentityCertificates.selfSigned(pair, name, FROM, TO, random);
  }
}
