package org.mpotr.chat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mpotr.MpotrProvider;
import org.mpotr.identity.Fingerprint;
import org.mpotr.keystore.Contact;
import org.mpotr.keystore.EntryKind;
import org.mpotr.keystore.IdentityStore;
import org.mpotr.keystore.IdentityStoreFile;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Who one is, as the command line says it: an identity in an mpOTR key store, or a fresh one. */
final class IdentityArguments {

  /** An identity that is kept. */
  static final class Stored {
    @Option(
        names = "--store",
        required = true,
        paramLabel = "FILE",
        description =
            "The mpOTR key store with your identity and your contacts; without it the identity"
                + " is a fresh one.")
    private Path file;

    @Option(
        names = "--identity",
        paramLabel = "ALIAS",
        description = "Which identity; the only one by default.")
    private String alias;
  }

  @ArgGroup(exclusive = false)
  private Stored stored;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description =
          "The key store's password is its first line; otherwise it is taken from"
              + " the variable MPOTR_PASSWORD, or asked for.")
  private Path passwordFile;

  /**
   * Who one is.
   *
   * @param contacts those who were verified before, by what they are called in the store
   */
  record Identity(KeyPair keys, Map<Fingerprint, String> contacts) {}

  /**
   * Opens the store, or makes a fresh identity.
   *
   * @throws IllegalArgumentException when it is not clear which one is meant
   */
  Identity open() throws IOException, GeneralSecurityException {
    if (stored == null) {
      return new Identity(
          KeyPairGenerator.getInstance("mpOTR", new MpotrProvider()).generateKeyPair(), Map.of());
    }
    char[] password = PasswordSource.ofKeyStore(passwordFile).ask("Password of the key store: ");
    try {
      IdentityStore store = IdentityStoreFile.at(stored.file).open(password);
      String alias = stored.alias == null ? onlyIdentity(store) : stored.alias;
      PrivateKey key =
          store
              .identityKey(alias, password)
              .orElseThrow(() -> new UnrecoverableKeyException("no identity " + alias));
      return new Identity(
          new KeyPair(store.chain(alias).get(0).getPublicKey(), key), verified(store));
    } finally {
      Arrays.fill(password, ' ');
    }
  }

  private static Map<Fingerprint, String> verified(IdentityStore store)
      throws GeneralSecurityException {
    Map<Fingerprint, String> verified = new HashMap<>();
    for (Map.Entry<String, Contact> contact : store.contacts().entrySet()) {
      if (contact.getValue().state().isVerified()) {
        verified.put(Fingerprint.of(contact.getValue().key()), contact.getKey());
      }
    }
    return verified;
  }

  private static String onlyIdentity(IdentityStore store) {
    List<String> aliases = store.aliases(EntryKind.IDENTITY);
    if (aliases.size() != 1) {
      throw new IllegalArgumentException("--identity: one of " + aliases);
    }
    return aliases.get(0);
  }
}
