package org.mpotr.keystore;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.mpotr.agreement.PreSharedKey;
import org.mpotr.crypto.BouncyCastle;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.crypto.SecretAccess;
import org.mpotr.identity.IdentityKeys;
import org.mpotr.keystore.StoreException.Reason;

/**
 * Identities, contacts and pre-shared keys in memory; {@link IdentityStoreFile} keeps them in a
 * file. Aliases are found whatever their case, are kept in lower case, and have 1 to 255 bytes of
 * UTF-8 without control characters. Private and pre-shared keys stay encrypted in memory, each
 * under its password.
 *
 * <p>Safe for use by many threads. Each reading method sees each change whole; while an entry is
 * renamed, both names may be seen, and never neither. Where BouncyCastle is absent or too old, what
 * encrypts or decrypts is a {@link java.security.ProviderException} that says so.
 */
public final class IdentityStore {

  /** The largest store, in bytes, written or read: 64 MiB and the header. */
  public static final int MAX_BYTES = Container.HEADER_BYTES + Container.MAX_CONTENT;

  private final ConcurrentSkipListMap<String, StoredEntry> entries = new ConcurrentSkipListMap<>();
  private volatile StoreCost cost;

  private IdentityStore(StoreCost cost) {
    this.cost = cost;
  }

  /** A store with nothing in it, whose passwords will cost so much to try. */
  public static IdentityStore empty(StoreCost cost) {
    return new IdentityStore(cost);
  }

  /**
   * Reads a store. It keeps the cost with which it was written.
   *
   * @param in the store and nothing after it, at most {@link #MAX_BYTES}; it is not closed
   * @param password the store's password
   * @throws StoreException with the reason, when this is no whole store of that password
   * @throws IOException when the stream cannot be read
   */
  public static IdentityStore read(InputStream in, char[] password) throws IOException {
    BouncyCastle.BCPROV.require();
    byte[] content = Container.unwrap(in);
    if (password == null || password.length == 0) {
      throw StoreException.wrongPassword();
    }
    Bcfks.Content read = Bcfks.read(content, password);
    IdentityStore store = new IdentityStore(read.cost());
    store.entries.putAll(read.entries());
    return store;
  }

  /**
   * Whether a stream begins as a store of this version does. It is read for 9 bytes, and neither
   * closed nor rewound.
   */
  public static boolean isStore(InputStream in) throws IOException {
    return Container.begins(in);
  }

  /** A store with the same entries, from which on both change alone. */
  public IdentityStore copy() {
    IdentityStore copy = new IdentityStore(cost);
    copy.entries.putAll(snapshot());
    return copy;
  }

  /** All entries of one moment: walking the map itself could miss one that is renamed twice. */
  private synchronized Map<String, StoredEntry> snapshot() {
    return new TreeMap<>(entries);
  }

  /**
   * The store as bytes, encrypted. The passwords of the keys in it stay as they are.
   *
   * @param password one character or more
   * @throws StoreException when there is no password, or the store is too large
   */
  public byte[] write(char[] password) throws IOException {
    if (password == null || password.length == 0) {
      throw new StoreException(Reason.PASSWORD_MISSING, "a key store is kept under a password");
    }
    BouncyCastle.BCPROV.require();
    return Container.wrap(Bcfks.write(snapshot(), password, cost));
  }

  /** What it costs to try a password of this store, or of a key that is put into it. */
  public StoreCost cost() {
    return cost;
  }

  /** Sets the cost for the store when it is next written, and for keys put into it from now on. */
  public void setCost(StoreCost changed) {
    cost = changed;
  }

  /** All aliases, sorted. */
  public List<String> aliases() {
    return List.copyOf(snapshot().keySet());
  }

  /** The aliases of one kind, sorted. */
  public List<String> aliases(EntryKind kind) {
    return snapshot().entrySet().stream()
        .filter(entry -> entry.getValue().kind() == kind)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The number of entries. */
  public int size() {
    return entries.size();
  }

  /** What an alias stands for, if for anything. */
  public Optional<EntryKind> kind(String alias) {
    return find(alias).map(StoredEntry::kind);
  }

  /** When the entry was made, to the second. */
  public Optional<Instant> creationDate(String alias) {
    return find(alias).map(StoredEntry::created);
  }

  /** The certificate of a contact, or the first of an identity. */
  public Optional<X509Certificate> certificate(String alias) {
    return find(alias).map(StoredEntry::certificate);
  }

  /**
   * The aliases of the identities and contacts that have a key, sorted.
   *
   * @throws InvalidKeyException when it is not a public key on P-256
   */
  public List<String> aliasesOf(PublicKey key) throws InvalidKeyException {
    PublicPoint point = IdentityKeys.publicPoint(key);
    List<String> found = new ArrayList<>();
    for (Map.Entry<String, StoredEntry> entry : snapshot().entrySet()) {
      X509Certificate certificate = entry.getValue().certificate();
      if (certificate != null
          && IdentityKeys.publicPoint(certificate.getPublicKey()).equals(point)) {
        found.add(entry.getKey());
      }
    }
    return found;
  }

  /**
   * The private key of an identity, if the alias is one's.
   *
   * @param keyPassword the key's own password, which need not be the store's
   * @throws UnrecoverableKeyException when the password is wrong
   */
  public Optional<PrivateKey> identityKey(String alias, char[] keyPassword)
      throws UnrecoverableKeyException {
    if (!(find(alias).orElse(null) instanceof StoredEntry.OwnIdentity own)) {
      return Optional.empty();
    }
    byte[] pkcs8 = open(own.key(), StoredEntry.OwnIdentity.PURPOSE, keyPassword);
    try {
      return Optional.of(Rules.decoded(pkcs8));
    } catch (GeneralSecurityException e) {
      throw unrecoverable(e);
    } finally {
      Arrays.fill(pkcs8, (byte) 0);
    }
  }

  /** The certificates of an identity, its own first; none if the alias is not an identity's. */
  public List<X509Certificate> chain(String alias) {
    return find(alias).orElse(null) instanceof StoredEntry.OwnIdentity own
        ? own.chain()
        : List.of();
  }

  /**
   * Adds an identity, or replaces one.
   *
   * @param key an EC private key on P-256 that can be read
   * @param keyPassword one character or more
   * @param chain 1 to 16 certificates of keys on P-256, the first that of the key
   * @throws KeyStoreException when one of these is not so, or the alias is one that no entry may
   *     have, or another kind of entry has it; nothing has changed then
   */
  public void setIdentity(
      String alias, PrivateKey key, char[] keyPassword, List<X509Certificate> chain)
      throws KeyStoreException {
    Rules.requirePassword(keyPassword);
    BouncyCastle.BCPROV.require();
    List<X509Certificate> kept = List.copyOf(chain);
    byte[] pkcs8 = Rules.encoded(key, Rules.requireChain(kept));
    try {
      Protection sealed = Protection.of(pkcs8, StoredEntry.OwnIdentity.PURPOSE, keyPassword, cost);
      put(alias, new StoredEntry.OwnIdentity(now(), sealed, kept));
    } finally {
      Arrays.fill(pkcs8, (byte) 0);
    }
  }

  /** A contact, if the alias is one's. */
  public Optional<Contact> contact(String alias) {
    return find(alias).orElse(null) instanceof StoredEntry.Other other
        ? Optional.of(other.contact())
        : Optional.empty();
  }

  /** All contacts by their aliases, sorted; a copy. */
  public Map<String, Contact> contacts() {
    Map<String, Contact> contacts = new TreeMap<>();
    snapshot()
        .forEach(
            (alias, entry) -> {
              if (entry instanceof StoredEntry.Other other) {
                contacts.put(alias, other.contact());
              }
            });
    return contacts;
  }

  /**
   * Adds a contact, or replaces one.
   *
   * @throws KeyStoreException when its key is not on P-256, or the alias is one that no entry may
   *     have, or another kind of entry has it; nothing has changed then
   */
  public void setContact(String alias, Contact contact) throws KeyStoreException {
    Rules.requireP256(contact.certificate());
    put(alias, new StoredEntry.Other(now(), contact));
  }

  /**
   * A pre-shared key, if the alias is one's; to be destroyed by the caller.
   *
   * @param keyPassword the key's own password, which need not be the store's
   * @throws UnrecoverableKeyException when the password is wrong
   */
  public Optional<PreSharedKey> preSharedKey(String alias, char[] keyPassword)
      throws UnrecoverableKeyException {
    if (!(find(alias).orElse(null) instanceof StoredEntry.Shared shared)) {
      return Optional.empty();
    }
    byte[] data = open(shared.key(), StoredEntry.Shared.PURPOSE, keyPassword);
    try {
      return Optional.of(SharedSecret.decode(data, shared.isPassphrase()));
    } catch (IllegalArgumentException e) {
      throw unrecoverable(e);
    } finally {
      Arrays.fill(data, (byte) 0);
    }
  }

  /**
   * Adds a pre-shared key, or replaces one.
   *
   * @param keyPassword one character or more
   * @throws KeyStoreException when the alias is one that no entry may have, or another kind of
   *     entry has it; nothing has changed then
   */
  public void setPreSharedKey(String alias, PreSharedKey key, char[] keyPassword)
      throws KeyStoreException {
    Rules.requirePassword(keyPassword);
    BouncyCastle.BCPROV.require();
    byte[] secret = key.secret(SecretAccess.GRANTED);
    byte[] data = SharedSecret.encode(secret);
    try {
      Protection sealed = Protection.of(data, StoredEntry.Shared.PURPOSE, keyPassword, cost);
      put(alias, new StoredEntry.Shared(now(), sealed, key.isPassphrase()));
    } finally {
      Arrays.fill(secret, (byte) 0);
      Arrays.fill(data, (byte) 0);
    }
  }

  /** Removes an entry of any kind; whether there was one. */
  public synchronized boolean remove(String alias) {
    return entries.remove(Aliases.normal(alias)) != null;
  }

  /**
   * Gives an entry of any kind another alias. No password is needed.
   *
   * @throws KeyStoreException when there is no such entry, or the new alias is taken or one that no
   *     entry may have; nothing has changed then
   */
  public synchronized void rename(String from, String to) throws KeyStoreException {
    String target = Aliases.require(to);
    StoredEntry entry =
        find(from).orElseThrow(() -> new KeyStoreException("there is no entry of that alias"));
    if (entries.containsKey(target)) {
      throw new KeyStoreException("another entry has that alias already");
    }
    entries.put(target, entry);
    entries.remove(Aliases.normal(from));
  }

  /**
   * Puts every private and pre-shared key that opens under one password under another. Keys with a
   * password of their own keep it; each key costs one try of a password, and one more when it is
   * changed.
   *
   * @param changed one character or more
   * @return the aliases of the keys that keep a password of their own, sorted
   * @throws KeyStoreException when the new password is missing; nothing has changed then
   */
  public synchronized List<String> changeKeyPasswords(char[] old, char[] changed)
      throws KeyStoreException {
    Rules.requirePassword(changed);
    List<String> kept = new ArrayList<>();
    for (Map.Entry<String, StoredEntry> entry : entries.entrySet()) {
      try {
        entries.put(entry.getKey(), reencrypted(entry.getValue(), old, changed));
      } catch (UnrecoverableKeyException e) {
        kept.add(entry.getKey());
      }
    }
    return kept;
  }

  private StoredEntry reencrypted(StoredEntry entry, char[] old, char[] changed)
      throws UnrecoverableKeyException {
    if (entry instanceof StoredEntry.OwnIdentity own) {
      String purpose = StoredEntry.OwnIdentity.PURPOSE;
      Protection key = reencrypted(own.key(), purpose, old, changed);
      return new StoredEntry.OwnIdentity(own.created(), key, own.chain());
    }
    if (entry instanceof StoredEntry.Shared shared) {
      String purpose = StoredEntry.Shared.PURPOSE;
      Protection key = reencrypted(shared.key(), purpose, old, changed);
      return new StoredEntry.Shared(shared.created(), key, shared.isPassphrase());
    }
    return entry;
  }

  private Protection reencrypted(Protection key, String purpose, char[] old, char[] changed)
      throws UnrecoverableKeyException {
    byte[] secret = open(key, purpose, old);
    try {
      return Protection.of(secret, purpose, changed, cost);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  private Optional<StoredEntry> find(String alias) {
    return Optional.ofNullable(entries.get(Aliases.normal(alias)));
  }

  /** Takes the place of an entry of the same kind, or of none. */
  private synchronized void put(String alias, StoredEntry entry) throws KeyStoreException {
    String normal = Aliases.require(alias);
    StoredEntry present = entries.get(normal);
    if (present != null && present.kind() != entry.kind()) {
      throw new KeyStoreException("an entry of another kind has that alias already");
    }
    entries.put(normal, entry);
  }

  private static byte[] open(Protection key, String purpose, char[] password)
      throws UnrecoverableKeyException {
    try {
      return key.open(purpose, password == null ? new char[0] : password);
    } catch (StoreException e) {
      throw unrecoverable(e);
    }
  }

  private static UnrecoverableKeyException unrecoverable(Exception cause) {
    UnrecoverableKeyException failure =
        new UnrecoverableKeyException("the key does not open: its password is wrong");
    failure.initCause(cause);
    return failure;
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS);
  }
}
