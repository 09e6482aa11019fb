package org.mpotr.keystore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mpotr.keystore.TestStores.KEY_PASSWORD;
import static org.mpotr.keystore.TestStores.PASSWORD;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mpotr.agreement.PreSharedKey;
import org.mpotr.crypto.SecretAccess;
import org.mpotr.keystore.StoreException.Reason;
import org.mpotr.keystore.TestStores.Own;

/** What is put into a store comes out again, and nothing else gets in. */
class IdentityStoreTest {

  private static Own alice;
  private static Own bob;

  @BeforeAll
  static void makeKeys() throws Exception {
    alice = Own.named("Alice");
    bob = Own.named("Bob");
  }

  @Test
  void everythingComesBack() throws Exception {
    IdentityStore written = TestStores.small(alice, bob);
    IdentityStore store = TestStores.read(written.write(PASSWORD), PASSWORD);
    assertEquals(List.of("alice", "bob", "tea"), store.aliases());
    assertEquals(3, store.size());
    assertEquals(StoreCost.MIN, store.cost());
    for (String alias : store.aliases()) {
      assertEquals(written.kind(alias), store.kind(alias));
      assertEquals(written.creationDate(alias), store.creationDate(alias));
      assertEquals(written.certificate(alias), store.certificate(alias));
    }
    assertEquals(Optional.of(alice.keys().getPrivate()), store.identityKey("ALICE", PASSWORD));
    assertEquals(List.of(alice.certificate()), store.chain("alice"));
    assertEquals(written.contacts(), store.contacts());
    assertEquals(Set.of("bob"), store.contacts().keySet());
    assertTrue(store.contact("Bob").orElseThrow().state().isVerified());
    PreSharedKey tea = store.preSharedKey("tea", KEY_PASSWORD).orElseThrow();
    assertTrue(tea.isPassphrase());
    assertArrayEquals(
        "tea at five".getBytes(StandardCharsets.UTF_8), tea.secret(SecretAccess.GRANTED));
    assertEquals(List.of("bob"), store.aliasesOf(bob.keys().getPublic()));
  }

  @Test
  void whatIsNotThereIsNotFound() throws Exception {
    IdentityStore store = TestStores.small(alice, bob);
    assertEquals(Optional.empty(), store.kind("carol"));
    assertEquals(Optional.empty(), store.identityKey("bob", PASSWORD));
    assertEquals(Optional.empty(), store.preSharedKey("bob", PASSWORD));
    assertEquals(Optional.empty(), store.contact("alice"));
    assertEquals(Optional.empty(), store.certificate("tea"));
    assertEquals(List.of(), store.chain("bob"));
    assertFalse(store.remove("carol"));
    assertTrue(store.remove("BOB"));
    assertEquals(List.of("alice", "tea"), store.aliases());
  }

  @Test
  void aRightPasswordOpensNothingForAWrongOneAfterIt() throws Exception {
    IdentityStore store = TestStores.small(alice, bob);
    assertTrue(store.identityKey("alice", PASSWORD).isPresent());
    for (char[] wrong : new char[][] {KEY_PASSWORD, new char[0], null}) {
      assertThrows(UnrecoverableKeyException.class, () -> store.identityKey("alice", wrong));
    }
    assertThrows(UnrecoverableKeyException.class, () -> store.preSharedKey("tea", PASSWORD));
  }

  @Test
  void aWrongPasswordIsCausedAsKeytoolExpects() throws Exception {
    byte[] written = TestStores.small(alice, bob).write(PASSWORD);
    for (char[] wrong : new char[][] {KEY_PASSWORD, new char[0], null}) {
      StoreException refused =
          assertThrows(StoreException.class, () -> TestStores.read(written, wrong));
      assertEquals(Reason.WRONG_PASSWORD, refused.reason());
      assertInstanceOf(UnrecoverableKeyException.class, refused.getCause());
    }
    for (char[] missing : new char[][] {new char[0], null}) {
      StoreException refused =
          assertThrows(StoreException.class, () -> TestStores.empty().write(missing));
      assertEquals(Reason.PASSWORD_MISSING, refused.reason());
    }
  }

  @Test
  void onlyKeysOnP256AreTaken() throws Exception {
    IdentityStore store = TestStores.empty();
    KeyPairGenerator other = KeyPairGenerator.getInstance("EC");
    other.initialize(new ECGenParameterSpec("secp384r1"));
    KeyPair p384 = other.generateKeyPair();
    KeyPair rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    for (KeyPair wrong : List.of(p384, rsa, bob.keys())) {
      assertThrows(
          KeyStoreException.class,
          () -> store.setIdentity("x", wrong.getPrivate(), PASSWORD, List.of(alice.certificate())));
    }
    for (List<X509Certificate> chain :
        List.of(List.<X509Certificate>of(), Collections.nCopies(17, alice.certificate()))) {
      assertThrows(
          KeyStoreException.class,
          () -> store.setIdentity("x", alice.keys().getPrivate(), PASSWORD, chain));
    }
    for (char[] missing : new char[][] {new char[0], null}) {
      assertThrows(
          KeyStoreException.class,
          () ->
              store.setIdentity(
                  "x", alice.keys().getPrivate(), missing, List.of(alice.certificate())));
    }
    assertEquals(0, store.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\u0000b", "line\nbreak", "\ud800"})
  void someAliasesAreRefused(String alias) throws Exception {
    IdentityStore store = TestStores.small(alice, bob);
    Contact contact = Contact.unverified(bob.certificate());
    assertThrows(KeyStoreException.class, () -> store.setContact(alias, contact));
    assertThrows(KeyStoreException.class, () -> store.rename("bob", alias));
    assertTrue(store.contact("bob").isPresent());
    assertThrows(KeyStoreException.class, () -> store.setContact("é".repeat(128), contact));
    store.setContact("é".repeat(127), contact);
  }

  @Test
  void anAliasIsOneEntryOfOneKind() throws Exception {
    IdentityStore store = TestStores.small(alice, bob);
    Contact contact = Contact.unverified(bob.certificate());
    assertThrows(KeyStoreException.class, () -> store.setContact("ALICE", contact));
    assertThrows(KeyStoreException.class, () -> store.rename("alice", "Bob"));
    assertThrows(KeyStoreException.class, () -> store.rename("carol", "dora"));
    store.rename("alice", "Carol");
    assertEquals(List.of("bob", "carol", "tea"), store.aliases());
    assertEquals(Optional.of(alice.keys().getPrivate()), store.identityKey("carol", PASSWORD));
  }

  @Test
  void keysFollowTheStoresPasswordUnlessTheyHaveTheirOwn() throws Exception {
    char[] changed = "another".toCharArray();
    IdentityStore store = TestStores.small(alice, bob);
    IdentityStore before = store.copy();
    assertThrows(KeyStoreException.class, () -> store.changeKeyPasswords(PASSWORD, new char[0]));
    assertEquals(List.of("tea"), store.changeKeyPasswords(PASSWORD, changed));
    assertTrue(store.identityKey("alice", changed).isPresent());
    assertThrows(UnrecoverableKeyException.class, () -> store.identityKey("alice", PASSWORD));
    assertTrue(store.preSharedKey("tea", KEY_PASSWORD).isPresent());
    assertTrue(before.identityKey("alice", PASSWORD).isPresent());
  }

  @Test
  void statesOfContactsHaveOneForm() {
    Instant at = Instant.parse("2026-03-04T05:06:07.999Z");
    for (ContactState.Way way : ContactState.Way.values()) {
      ContactState state = ContactState.verified(way, "Alice B", at);
      assertEquals(state, ContactState.parse(state.getValue()));
    }
    assertEquals(ContactState.UNVERIFIED, ContactState.parse("unverified"));
    for (String wrong :
        List.of(
            "",
            "Unverified",
            "verified",
            "verified fingerprint 2026-03-04T05:06:07Z ",
            "verified magic 2026-03-04T05:06:07Z a",
            "verified fingerprint 2026-13-04T05:06:07Z a",
            "verified fingerprint 2026-03-04T05:06:07Z a\nb")) {
      assertThrows(IllegalArgumentException.class, () -> ContactState.parse(wrong), wrong);
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> ContactState.verified(ContactState.Way.SMP, "a\u0007", at));
  }

  @Test
  void bouncyCastleOpensWhatComesAfterTheHeader() throws Exception {
    byte[] written = TestStores.small(alice, bob).write(PASSWORD);
    byte[] content = Arrays.copyOfRange(written, Container.HEADER_BYTES, written.length);
    KeyStore theirs = KeyStore.getInstance("BCFKS", new BouncyCastleProvider());
    theirs.load(new ByteArrayInputStream(content), PASSWORD);
    assertEquals(3, theirs.size());
    assertEquals(
        ((ECPrivateKey) alice.keys().getPrivate()).getS(),
        ((ECPrivateKey) theirs.getKey("alice", PASSWORD)).getS());
    assertEquals(alice.certificate(), theirs.getCertificate("alice"));
    assertEquals(bob.certificate(), theirs.getCertificate("bob"));
    assertArrayEquals(
        "tea at five".getBytes(StandardCharsets.UTF_8),
        theirs.getKey("tea", KEY_PASSWORD).getEncoded());
  }

  @Test
  void nothingIsReadableWithoutThePassword() throws Exception {
    IdentityStore store = TestStores.small(alice, bob);
    String written = new String(store.write(PASSWORD), StandardCharsets.ISO_8859_1);
    for (String secret : List.of("alice", "bob", "Bob", "tea", "verified")) {
      assertFalse(written.contains(secret), secret);
    }
  }

  @Test
  void theCostHasBoundsAndAProperty() {
    assertThrows(IllegalArgumentException.class, () -> new StoreCost(13));
    assertThrows(IllegalArgumentException.class, () -> new StoreCost(21));
    assertEquals(64L << 20, StoreCost.DEFAULT.memoryBytes());
    assertNull(System.getProperty(StoreCost.PROPERTY));
    assertEquals(StoreCost.DEFAULT, StoreCost.fromProperty());
  }
}
