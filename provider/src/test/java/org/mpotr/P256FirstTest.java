package org.mpotr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import javax.crypto.KeyAgreement;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * "mpOTR-P256" at the first position: what it can do goes to it, all else to the next provider as
 * if it were not there.
 */
@Isolated("it puts a provider before all others")
class P256FirstTest {

  private static final byte[] MESSAGE = {1, 2, 3};

  private List<String> before;

  @BeforeEach
  void install() {
    before = names();
    assertEquals(1, Security.insertProviderAt(new P256Provider(), 1));
  }

  @AfterEach
  void restore() {
    Security.removeProvider(P256Provider.NAME);
    assertEquals(before, names());
  }

  private static List<String> names() {
    return Arrays.stream(Security.getProviders()).map(each -> each.getName()).toList();
  }

  private static KeyPair pair(String curve) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve));
    return generator.generateKeyPair();
  }

  @ParameterizedTest
  @CsvSource({
    "secp256r1,SHA256withECDSA,mpOTR-P256",
    "secp256r1,SHA384withECDSAinP1363Format,mpOTR-P256",
    "secp384r1,SHA256withECDSA,SunEC",
    "secp384r1,SHA384withECDSA,SunEC",
    "secp521r1,SHA512withECDSAinP1363Format,SunEC"
  })
  void signaturesGoWhereTheKeyIsAtHome(String curve, String name, String provider)
      throws Exception {
    KeyPair pair = pair(curve);
    Signature signer = Signature.getInstance(name);
    signer.initSign(pair.getPrivate());
    assertEquals(provider, signer.getProvider().getName());
    signer.update(MESSAGE);
    byte[] signed = signer.sign();
    Signature verifier = Signature.getInstance(name);
    verifier.initVerify(pair.getPublic());
    assertEquals(provider, verifier.getProvider().getName());
    verifier.update(MESSAGE);
    assertTrue(verifier.verify(signed));
    Signature jdk = Signature.getInstance(name, "SunEC");
    jdk.initVerify(pair.getPublic());
    jdk.update(MESSAGE);
    assertTrue(jdk.verify(signed));
  }

  @ParameterizedTest
  @CsvSource({"secp256r1,mpOTR-P256,32", "secp384r1,SunEC,48", "secp521r1,SunEC,66"})
  void agreementsGoWhereTheKeyIsAtHome(String curve, String provider, int length) throws Exception {
    KeyPair alice = pair(curve);
    KeyPair bob = pair(curve);
    byte[] one = agree(KeyAgreement.getInstance("ECDH"), alice, bob, provider);
    byte[] two = agree(KeyAgreement.getInstance("ECDH"), bob, alice, provider);
    assertEquals(length, one.length);
    assertArrayEquals(one, two);
  }

  private static byte[] agree(KeyAgreement agreement, KeyPair own, KeyPair peer, String provider)
      throws Exception {
    agreement.init(own.getPrivate());
    assertEquals(provider, agreement.getProvider().getName());
    agreement.doPhase(peer.getPublic(), true);
    return agreement.generateSecret();
  }

  @ParameterizedTest
  @CsvSource({"256,mpOTR-P256", "384,SunEC", "521,SunEC"})
  void keyPairsOfOtherSizesComeFromTheNextProvider(int size, String provider) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(size);
    assertEquals(provider, generator.getProvider().getName());
    ECPublicKey key = (ECPublicKey) generator.generateKeyPair().getPublic();
    assertEquals(size, key.getParams().getCurve().getField().getFieldSize());
  }

  @Test
  void keyPairsOfOtherCurvesComeFromTheNextProvider() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(((ECPublicKey) pair("secp384r1").getPublic()).getParams());
    assertEquals("SunEC", generator.getProvider().getName());
    KeyPairGenerator nowhere = KeyPairGenerator.getInstance("EC");
    assertThrows(
        InvalidAlgorithmParameterException.class,
        () -> nowhere.initialize(new ECGenParameterSpec("no curve")));
  }

  @Test
  void keysThatDoNotShowTheirNumberGoToTheirOwnProvider() throws Exception {
    try (Token token = new Token()) {
      KeyPair held = token.hold(pair("secp256r1"));
      Signature signature = Signature.getInstance("SHA512withECDSA");
      signature.initSign(held.getPrivate());
      assertEquals("Token", signature.getProvider().getName());
      signature.update(MESSAGE);
      byte[] signed = signature.sign();
      Signature verifier = Signature.getInstance("SHA512withECDSA");
      verifier.initVerify(held.getPublic());
      assertEquals(P256Provider.NAME, verifier.getProvider().getName());
      verifier.update(MESSAGE);
      assertTrue(verifier.verify(signed));
      KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
      agreement.init(held.getPrivate());
      assertEquals("Token", agreement.getProvider().getName());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SHA256withRSA", "Ed25519", "NONEwithECDSA", "SHA1withECDSA"})
  void otherSignaturesStayWhereTheyWere(String name) throws Exception {
    String first = Signature.getInstance(name).getProvider().getName();
    Security.removeProvider(P256Provider.NAME);
    assertEquals(Signature.getInstance(name).getProvider().getName(), first);
  }

  @ParameterizedTest
  @CsvSource({
    "secp256r1,SHA256withECDSA,secp256r1",
    "secp256r1,SHA512withECDSA,secp256r1",
    "secp384r1,SHA384withECDSA,secp384r1",
    "secp384r1,SHA384withECDSA,secp256r1",
    "secp256r1,SHA256withECDSA,secp384r1"
  })
  void certificatesAreMadeAndVerified(String issuerCurve, String name, String subjectCurve)
      throws Exception {
    KeyPair issuer = pair(issuerCurve);
    KeyPair subject = issuerCurve.equals(subjectCurve) ? issuer : pair(subjectCurve);
    X509Certificate certificate = certificate(issuer, name, subject.getPublic());
    assertEquals(name, certificate.getSigAlgName());
    assertEquals(subject.getPublic(), certificate.getPublicKey());
    certificate.verify(issuer.getPublic());
    certificate.verify(issuer.getPublic(), Security.getProvider("SunEC"));
    if (issuerCurve.equals("secp256r1")) {
      certificate.verify(issuer.getPublic(), Security.getProvider(P256Provider.NAME));
    }
    assertThrows(SignatureException.class, () -> certificate.verify(pair(issuerCurve).getPublic()));
  }

  private static X509Certificate certificate(KeyPair issuer, String name, PublicKey subject)
      throws Exception {
    X500Principal common = new X500Principal("CN=first");
    Instant now = Instant.parse("2026-11-01T00:00:00Z");
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            common,
            BigInteger.TEN,
            Date.from(now),
            Date.from(now.plusSeconds(1 << 20)),
            common,
            subject);
    ContentSigner signer = new JcaContentSignerBuilder(name).build(issuer.getPrivate());
    byte[] encoded = builder.build(signer).getEncoded();
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(encoded));
  }
}
