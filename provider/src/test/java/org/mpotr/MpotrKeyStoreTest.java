package org.mpotr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.KeyStore.PasswordProtection;
import java.security.KeyStore.TrustedCertificateEntry;
import java.security.KeyStoreException;
import java.security.Provider;
import java.security.Security;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.mpotr.keystore.ContactState;
import org.mpotr.keystore.StoreCost;
import org.mpotr.keystore.StoreException;
import org.mpotr.keystore.StoreException.Reason;
import org.mpotr.keystore.TestStores.Own;

/** The key stores as keytool and other programs of the platform use them. */
@Isolated("installs a provider and sets a property")
class MpotrKeyStoreTest {

  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final char[] OTHER = "changed!".toCharArray();

  private static Own alice;
  private static Own bob;

  @TempDir private Path folder;

  @BeforeAll
  static void prepare() throws Exception {
    System.setProperty(StoreCost.PROPERTY, "14");
    Security.addProvider(MpotrProvider.instance());
    alice = Own.named("Alice");
    bob = Own.named("Bob");
  }

  @AfterAll
  static void restore() {
    Security.removeProvider(MpotrProvider.NAME);
    System.clearProperty(StoreCost.PROPERTY);
  }

  private static KeyStore empty() throws Exception {
    KeyStore store = KeyStore.getInstance("mpOTR", MpotrProvider.instance());
    store.load(null, PASSWORD);
    return store;
  }

  private static KeyStore withAlice() throws Exception {
    KeyStore store = empty();
    store.setKeyEntry(
        "alice", alice.keys().getPrivate(), PASSWORD, new Certificate[] {alice.certificate()});
    return store;
  }

  private static byte[] stored(KeyStore store, char[] password) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    store.store(out, password);
    return out.toByteArray();
  }

  private static KeyStore loaded(byte[] content, char[] password) throws Exception {
    KeyStore store = KeyStore.getInstance("mpOTR", MpotrProvider.instance());
    store.load(new ByteArrayInputStream(content), password);
    return store;
  }

  @Test
  void keytoolsSequence() throws Exception {
    Path file = folder.resolve("store");
    try (OutputStream out = Files.newOutputStream(file)) {
      withAlice().store(out, PASSWORD);
    }
    KeyStore found = KeyStore.getInstance(file.toFile(), PASSWORD);
    assertEquals("mpOTR", found.getType());
    // A list loads twice.
    for (int i = 0; i < 2; i++) {
      try (InputStream in = Files.newInputStream(file)) {
        found.load(in, PASSWORD);
      }
      assertEquals(1, found.size());
    }
    // keypasswd
    Key key = found.getKey("alice", PASSWORD);
    found.setKeyEntry("alice", key, OTHER, found.getCertificateChain("alice"));
    assertThrows(UnrecoverableKeyException.class, () -> found.getKey("alice", PASSWORD));
    // storepasswd, which leaves a key with its own password alone
    char[] third = "a third one".toCharArray();
    KeyStore changed = loaded(stored(found, third), third);
    assertEquals(alice.keys().getPrivate(), changed.getKey("alice", OTHER));
    assertThrows(UnrecoverableKeyException.class, () -> changed.getKey("alice", third));
  }

  @Test
  void keysFollowTheStoresPassword() throws Exception {
    KeyStore store = loaded(stored(withAlice(), PASSWORD), PASSWORD);
    byte[] changed = stored(store, OTHER);
    assertEquals(alice.keys().getPrivate(), loaded(changed, OTHER).getKey("alice", OTHER));
    assertEquals(alice.keys().getPrivate(), store.getKey("alice", OTHER));
    assertEquals(
        alice.keys().getPrivate(),
        loaded(stored(store, PASSWORD), PASSWORD).getKey("alice", PASSWORD));
  }

  @Test
  void aStoreThatFailsToBeStoredChangesNoPassword() throws Exception {
    KeyStore store = withAlice();
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    assertThrows(IOException.class, () -> store.store(full, OTHER));
    assertEquals(alice.keys().getPrivate(), store.getKey("alice", PASSWORD));
  }

  @Test
  void everyGetterAnswers() throws Exception {
    KeyStore store = withAlice();
    store.setCertificateEntry("bob", bob.certificate());
    store.setKeyEntry("psk", new SecretKeySpec(new byte[32], "AES"), PASSWORD, null);
    assertEquals(Set.of("alice", "bob", "psk"), new TreeSet<>(Collections.list(store.aliases())));
    assertEquals(3, store.size());
    assertTrue(store.containsAlias("ALICE"));
    assertTrue(store.isKeyEntry("alice"));
    assertTrue(store.isKeyEntry("psk"));
    assertFalse(store.isCertificateEntry("alice"));
    assertTrue(store.isCertificateEntry("bob"));
    assertEquals("alice", store.getCertificateAlias(alice.certificate()));
    assertEquals("bob", store.getCertificateAlias(bob.certificate()));
    assertNotNull(store.getCreationDate("bob"));
    assertArrayEquals(new byte[32], store.getKey("psk", PASSWORD).getEncoded());
    assertTrue(store.entryInstanceOf("alice", KeyStore.PrivateKeyEntry.class));
    assertTrue(store.entryInstanceOf("psk", KeyStore.SecretKeyEntry.class));
    assertTrue(store.entryInstanceOf("bob", TrustedCertificateEntry.class));
    for (String missing : List.of("carol", "", "a\nb")) {
      assertNull(store.getKey(missing, PASSWORD));
      assertNull(store.getCertificate(missing));
      assertNull(store.getCertificateChain(missing));
      assertNull(store.getCreationDate(missing));
      assertNull(store.getEntry(missing, null));
      assertFalse(store.containsAlias(missing));
      assertFalse(store.isKeyEntry(missing));
      assertFalse(store.isCertificateEntry(missing));
      assertFalse(store.entryInstanceOf(missing, TrustedCertificateEntry.class));
      store.deleteEntry(missing);
    }
    assertNull(store.getCertificateAlias(Own.named("Carol").certificate()));
    store.deleteEntry("Bob");
    assertEquals(2, store.size());
  }

  @Test
  void contactsKeepTheirStateAsAnAttribute() throws Exception {
    ContactState state =
        ContactState.verified(ContactState.Way.SMP, "alice", Instant.parse("2026-01-02T03:04:05Z"));
    KeyStore store = empty();
    store.setEntry("bob", new TrustedCertificateEntry(bob.certificate(), Set.of(state)), null);
    KeyStore again = loaded(stored(store, PASSWORD), PASSWORD);
    assertEquals(Set.of(state), again.getEntry("bob", null).getAttributes());
    again.setCertificateEntry("bob", bob.certificate());
    assertEquals(Set.of(state), again.getEntry("bob", null).getAttributes());
    again.setCertificateEntry("bob", alice.certificate());
    assertEquals(Set.of(ContactState.UNVERIFIED), again.getEntry("bob", null).getAttributes());
  }

  @Test
  void whatIsNotTakenIsSaidClearly() throws Exception {
    KeyStore store = withAlice();
    KeyPair rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    Certificate[] chain = {alice.certificate()};
    KeyStoreException refused =
        assertThrows(
            KeyStoreException.class,
            () -> store.setKeyEntry("rsa", rsa.getPrivate(), PASSWORD, chain));
    assertTrue(refused.getMessage().contains("P-256"), refused.getMessage());
    assertThrows(
        KeyStoreException.class,
        () -> store.setKeyEntry("aes", new SecretKeySpec(new byte[16], "AES"), PASSWORD, null));
    assertThrows(KeyStoreException.class, () -> store.setKeyEntry("raw", new byte[9], chain));
    assertThrows(
        KeyStoreException.class, () -> store.setCertificateEntry("alice", bob.certificate()));
    IOException noStream = assertThrows(IOException.class, () -> store.store(null, PASSWORD));
    assertTrue(noStream.getMessage().contains("mpOTR-File"));
    IOException wrong =
        assertThrows(IOException.class, () -> loaded(stored(store, PASSWORD), OTHER));
    assertInstanceOf(UnrecoverableKeyException.class, wrong.getCause());
    assertEquals(1, store.size());
  }

  @Test
  void otherTypesAreStillFound() throws Exception {
    for (String type : List.of("PKCS12", "JKS")) {
      Path file = folder.resolve(type);
      KeyStore theirs = KeyStore.getInstance(type);
      theirs.load(null, null);
      theirs.setCertificateEntry("bob", bob.certificate());
      try (OutputStream out = Files.newOutputStream(file)) {
        theirs.store(out, PASSWORD);
      }
      KeyStore found = KeyStore.getInstance(file.toFile(), PASSWORD);
      assertFalse(found.getType().startsWith("mpOTR"));
      assertEquals(bob.certificate(), found.getCertificate("bob"));
    }
  }

  @Test
  void entriesGoToPkcs12AndBack() throws Exception {
    KeyStore store = withAlice();
    store.setCertificateEntry("bob", bob.certificate());
    KeyStore theirs = KeyStore.getInstance("PKCS12");
    theirs.load(null, null);
    PasswordProtection protection = new PasswordProtection(PASSWORD);
    theirs.setEntry("alice", store.getEntry("alice", protection), protection);
    theirs.setEntry("bob", store.getEntry("bob", null), null);
    KeyStore back = empty();
    back.setEntry("alice", theirs.getEntry("alice", protection), protection);
    back.setEntry("bob", theirs.getEntry("bob", null), null);
    assertEquals(alice.keys().getPrivate(), back.getKey("alice", PASSWORD));
    assertEquals(bob.certificate(), back.getCertificate("bob"));
  }

  private static KeyStore atFile(Path file) throws Exception {
    Provider provider = MpotrProvider.instance().configure(file.toString());
    return KeyStore.getInstance("mpOTR-File", provider);
  }

  @Test
  void theFileIsSavedSafelyAndOnlyOverWhatWasLoaded() throws Exception {
    Path file = folder.resolve("store");
    KeyStore store = atFile(file);
    store.load(null, PASSWORD);
    store.setKeyEntry(
        "alice", alice.keys().getPrivate(), PASSWORD, new Certificate[] {alice.certificate()});
    store.store(null, PASSWORD);
    KeyStore other = atFile(file);
    other.load(null, PASSWORD);
    assertEquals(1, other.size());
    other.setCertificateEntry("bob", bob.certificate());
    other.store(null, OTHER);
    store.deleteEntry("alice");
    StoreException refused = assertThrows(StoreException.class, () -> store.store(null, PASSWORD));
    assertEquals(Reason.CHANGED_MEANWHILE, refused.reason());
    other.store(null, OTHER);
    KeyStore probed = KeyStore.getInstance(file.toFile(), OTHER);
    assertEquals("mpOTR", probed.getType());
    assertEquals(alice.keys().getPrivate(), probed.getKey("alice", OTHER));
    assertThrows(IOException.class, () -> atFile(file).load(null, null));
    KeyStore byParameter = atFile(file);
    byParameter.load(() -> new PasswordProtection(OTHER));
    assertEquals(2, byParameter.size());
    byParameter.store(() -> new PasswordProtection(OTHER));
  }

  @Test
  void theFileNeedsAPathAndNoStream() throws Exception {
    KeyStore pathless = KeyStore.getInstance("mpOTR-File", MpotrProvider.instance());
    IOException refused = assertThrows(IOException.class, () -> pathless.load(null, PASSWORD));
    assertTrue(refused.getMessage().contains("-providerarg"), refused.getMessage());
    KeyStore store = atFile(folder.resolve("store"));
    InputStream stream = new ByteArrayInputStream(new byte[0]);
    assertThrows(IOException.class, () -> store.load(stream, PASSWORD));
  }
}
