package org.mpotr.keystore;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.mpotr.agreement.PreSharedKey;
import org.mpotr.identity.IdentityCertificates;
import org.mpotr.identity.IdentityKeys;

/** Stores for tests, at the least cost. */
public final class TestStores {

  static final char[] PASSWORD = "store password".toCharArray();
  static final char[] KEY_PASSWORD = "key password".toCharArray();
  static final SecureRandom RANDOM = new SecureRandom();

  private TestStores() {}

  /** An identity with its certificate. */
  public record Own(KeyPair keys, X509Certificate certificate) {

    public static Own named(String name) throws GeneralSecurityException {
      KeyPair keys = IdentityKeys.generate(RANDOM);
      Instant from = Instant.parse("2026-01-01T00:00:00Z");
      Instant to = Instant.parse("2036-01-01T00:00:00Z");
      return new Own(keys, IdentityCertificates.selfSigned(keys, name, from, to, RANDOM));
    }
  }

  static IdentityStore empty() {
    return IdentityStore.empty(StoreCost.MIN);
  }

  /** One entry of each kind: alice under the store's password, bob, and a key named tea. */
  static IdentityStore small(Own alice, Own bob) throws GeneralSecurityException {
    IdentityStore store = empty();
    store.setIdentity("Alice", alice.keys().getPrivate(), PASSWORD, List.of(alice.certificate()));
    ContactState state =
        ContactState.verified(
            ContactState.Way.FINGERPRINT, "alice", Instant.parse("2026-03-04T05:06:07Z"));
    store.setContact("bob", new Contact(bob.certificate(), state));
    PreSharedKey tea = PreSharedKey.ofPassphrase("tea at five".toCharArray());
    store.setPreSharedKey("tea", tea, KEY_PASSWORD);
    tea.destroy();
    return store;
  }

  static IdentityStore read(byte[] written, char[] password) throws IOException {
    return IdentityStore.read(new ByteArrayInputStream(written), password);
  }
}
