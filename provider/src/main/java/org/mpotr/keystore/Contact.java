package org.mpotr.keystore;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Objects;

/**
 * Somebody else: a certificate that carries the identity key, and what is known about it.
 *
 * @param certificate X.509, with a key on P-256 once it is in a store
 * @param state whether the key was verified
 */
public record Contact(X509Certificate certificate, ContactState state) {

  /** Demands both. */
  public Contact {
    Objects.requireNonNull(certificate);
    Objects.requireNonNull(state);
  }

  /** A contact that nobody has verified yet. */
  public static Contact unverified(X509Certificate certificate) {
    return new Contact(certificate, ContactState.UNVERIFIED);
  }

  /** The same contact in another state. */
  public Contact withState(ContactState changed) {
    return new Contact(certificate, changed);
  }

  /** The identity key. */
  public PublicKey key() {
    return certificate.getPublicKey();
  }
}
