package org.mpotr;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyStore;
import java.security.KeyStore.PasswordProtection;
import java.security.KeyStore.TrustedCertificateEntry;
import java.security.KeyStoreException;
import java.security.KeyStoreSpi;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.UnrecoverableEntryException;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.SecretKey;
import org.mpotr.agreement.PreSharedKey;
import org.mpotr.keystore.Contact;
import org.mpotr.keystore.ContactState;
import org.mpotr.keystore.EntryKind;
import org.mpotr.keystore.IdentityStore;
import org.mpotr.keystore.StoreCost;

/**
 * {@code KeyStore} "mpOTR": an {@link IdentityStore} in streams. Identities are private key
 * entries, contacts trusted certificates with their {@link ContactState} as an attribute, and
 * pre-shared keys secret key entries.
 *
 * <p>It keeps the password it was loaded with: when it is stored under another, the keys that had
 * the old one get the new one.
 */
class MpotrKeyStore extends KeyStoreSpi {

  private IdentityStore store = IdentityStore.empty(StoreCost.MIN);
  private char[] password = new char[0];

  @Override
  public synchronized void engineLoad(InputStream in, char[] given) throws IOException {
    begin(IdentityStore.empty(StoreCost.fromProperty()), given);
    if (in != null) {
      begin(IdentityStore.read(in, given), given);
    }
  }

  @Override
  public synchronized void engineStore(OutputStream out, char[] given) throws IOException {
    if (out == null) {
      throw new IOException(
          "a KeyStore mpOTR is stored in a stream; for -keystore NONE take the type mpOTR-File");
    }
    IdentityStore written = following(given);
    out.write(written.write(given));
    out.flush();
    begin(written, given);
  }

  @Override
  public void engineLoad(KeyStore.LoadStoreParameter parameter)
      throws IOException, NoSuchAlgorithmException, CertificateException {
    if (parameter != null
        && parameter.getProtectionParameter() instanceof PasswordProtection protection) {
      engineLoad(null, protection.getPassword());
    } else {
      super.engineLoad(parameter);
    }
  }

  @Override
  public void engineStore(KeyStore.LoadStoreParameter parameter) throws IOException {
    if (parameter == null
        || !(parameter.getProtectionParameter() instanceof PasswordProtection protection)) {
      throw new IllegalArgumentException("a KeyStore of mpOTR is stored under a password");
    }
    engineStore(null, protection.getPassword());
  }

  /** Starts over with another store; the password is copied. */
  final void begin(IdentityStore other, char[] given) {
    char[] old = password;
    store = other;
    password = given == null ? new char[0] : given.clone();
    Arrays.fill(old, '\0');
  }

  /** The store to be stored under a password; a copy where keys follow a change of it. */
  final IdentityStore following(char[] given) throws IOException {
    boolean changed =
        given != null && given.length > 0 && password.length > 0 && !same(given, password);
    if (!changed) {
      return store;
    }
    IdentityStore copy = store.copy();
    try {
      copy.changeKeyPasswords(password, given);
    } catch (KeyStoreException e) {
      throw new IOException(e.getMessage(), e);
    }
    return copy;
  }

  /** In a time that depends on the lengths only. */
  private static boolean same(char[] one, char[] other) {
    int difference = one.length ^ other.length;
    for (int i = 0; i < Math.min(one.length, other.length); i++) {
      difference |= one[i] ^ other[i];
    }
    return difference == 0;
  }

  @Override
  public boolean engineProbe(InputStream in) {
    try {
      return IdentityStore.isStore(in);
    } catch (IOException e) {
      // Whoever probes asks others next, who will meet the same error.
      return false;
    }
  }

  private synchronized IdentityStore current() {
    return store;
  }

  @Override
  public Key engineGetKey(String alias, char[] keyPassword) throws UnrecoverableKeyException {
    Optional<PrivateKey> identity = current().identityKey(alias, keyPassword);
    if (identity.isPresent()) {
      return identity.get();
    }
    Optional<PreSharedKey> shared = current().preSharedKey(alias, keyPassword);
    return shared.map(SharedSecretKeys::toSecretKey).orElse(null);
  }

  @Override
  public Certificate[] engineGetCertificateChain(String alias) {
    List<X509Certificate> chain = current().chain(alias);
    return chain.isEmpty() ? null : chain.toArray(Certificate[]::new);
  }

  @Override
  public Certificate engineGetCertificate(String alias) {
    return current().certificate(alias).orElse(null);
  }

  @Override
  public Date engineGetCreationDate(String alias) {
    return current().creationDate(alias).map(Date::from).orElse(null);
  }

  @Override
  public void engineSetKeyEntry(String alias, Key key, char[] keyPassword, Certificate[] chain)
      throws KeyStoreException {
    if (key instanceof PrivateKey identity) {
      current().setIdentity(alias, identity, keyPassword, x509(chain));
    } else if (key instanceof SecretKey secret && (chain == null || chain.length == 0)) {
      PreSharedKey shared = SharedSecretKeys.fromSecretKey(secret);
      try {
        current().setPreSharedKey(alias, shared, keyPassword);
      } finally {
        shared.destroy();
      }
    } else {
      throw new KeyStoreException("a KeyStore of mpOTR takes private keys and secret keys");
    }
  }

  private static List<X509Certificate> x509(Certificate... chain) throws KeyStoreException {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Certificate each : chain == null ? new Certificate[0] : chain) {
      if (!(each instanceof X509Certificate certificate)) {
        throw new KeyStoreException("a KeyStore of mpOTR takes X.509 certificates");
      }
      certificates.add(certificate);
    }
    return certificates;
  }

  @Override
  public void engineSetKeyEntry(String alias, byte[] key, Certificate[] chain)
      throws KeyStoreException {
    throw new KeyStoreException("a KeyStore of mpOTR checks keys, and takes none it cannot read");
  }

  /** A contact whose certificate is there already stays in its state; another is unverified. */
  @Override
  public void engineSetCertificateEntry(String alias, Certificate certificate)
      throws KeyStoreException {
    X509Certificate given = x509(certificate).get(0);
    IdentityStore kept = current();
    Contact contact =
        kept.contact(alias)
            .filter(present -> present.certificate().equals(given))
            .orElseGet(() -> Contact.unverified(given));
    kept.setContact(alias, contact);
  }

  @Override
  public void engineDeleteEntry(String alias) {
    current().remove(alias);
  }

  @Override
  public Enumeration<String> engineAliases() {
    return Collections.enumeration(current().aliases());
  }

  @Override
  public boolean engineContainsAlias(String alias) {
    return current().kind(alias).isPresent();
  }

  @Override
  public int engineSize() {
    return current().size();
  }

  @Override
  public boolean engineIsKeyEntry(String alias) {
    return current().kind(alias).filter(kind -> kind != EntryKind.CONTACT).isPresent();
  }

  @Override
  public boolean engineIsCertificateEntry(String alias) {
    return current().kind(alias).filter(kind -> kind == EntryKind.CONTACT).isPresent();
  }

  @Override
  public String engineGetCertificateAlias(Certificate certificate) {
    if (certificate == null) {
      return null;
    }
    IdentityStore searched = current();
    try {
      return searched.aliasesOf(certificate.getPublicKey()).stream()
          .filter(alias -> searched.certificate(alias).filter(certificate::equals).isPresent())
          .findFirst()
          .orElse(null);
    } catch (InvalidKeyException e) {
      // No such key is in any store.
      return null;
    }
  }

  @Override
  public KeyStore.Entry engineGetEntry(String alias, KeyStore.ProtectionParameter protection)
      throws KeyStoreException, NoSuchAlgorithmException, UnrecoverableEntryException {
    Optional<Contact> contact = current().contact(alias);
    if (contact.isPresent()) {
      return new TrustedCertificateEntry(
          contact.get().certificate(), Set.of(contact.get().state()));
    }
    return super.engineGetEntry(alias, protection);
  }

  @Override
  public void engineSetEntry(
      String alias, KeyStore.Entry entry, KeyStore.ProtectionParameter protection)
      throws KeyStoreException {
    if (!(entry instanceof TrustedCertificateEntry trusted)) {
      super.engineSetEntry(alias, entry, protection);
      return;
    }
    ContactState state =
        trusted.getAttributes().stream()
            .filter(ContactState.class::isInstance)
            .map(ContactState.class::cast)
            .findFirst()
            .orElse(ContactState.UNVERIFIED);
    X509Certificate certificate = x509(trusted.getTrustedCertificate()).get(0);
    current().setContact(alias, new Contact(certificate, state));
  }
}
