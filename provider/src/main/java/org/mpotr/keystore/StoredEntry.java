package org.mpotr.keystore;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/** An entry of a store as it is kept: what is secret in it under a password of its own. */
sealed interface StoredEntry {

  /** When the entry was made, in whole seconds. */
  Instant created();

  /** What kind of entry it is. */
  EntryKind kind();

  /** The certificate that stands for the entry, or null where there is none. */
  X509Certificate certificate();

  /** A private key and its certificates, the key's own first. */
  record OwnIdentity(Instant created, Protection key, List<X509Certificate> chain)
      implements StoredEntry {

    static final String PURPOSE = "PRIVATE_KEY_ENCRYPTION";

    @Override
    public EntryKind kind() {
      return EntryKind.IDENTITY;
    }

    @Override
    public X509Certificate certificate() {
      return chain.get(0);
    }
  }

  /** Somebody else. */
  record Other(Instant created, Contact contact) implements StoredEntry {

    @Override
    public EntryKind kind() {
      return EntryKind.CONTACT;
    }

    @Override
    public X509Certificate certificate() {
      return contact.certificate();
    }
  }

  /** A pre-shared key: random, or a passphrase in UTF-8. */
  record Shared(Instant created, Protection key, boolean isPassphrase) implements StoredEntry {

    static final String PURPOSE = "SECRET_KEY_ENCRYPTION";

    @Override
    public EntryKind kind() {
      return EntryKind.PRE_SHARED_KEY;
    }

    @Override
    public X509Certificate certificate() {
      return null;
    }
  }
}
