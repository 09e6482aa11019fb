/**
 * Where identities, contacts and pre-shared keys are kept: {@link org.mpotr.keystore.IdentityStore}
 * in memory, {@link org.mpotr.keystore.IdentityStoreFile} in a file. {@code KeyStore} "mpOTR" and
 * "mpOTR-File" are the same for programs of the platform.
 *
 * <h2>The container</h2>
 *
 * <pre>{@code
 * opaque magic[8];     8f 6d 70 4f 54 52 1a 0a
 * uint8  version;      1
 * uint32 length;       bytes of the content, at most 64 MiB
 * opaque digest[32];   the beginning of the SHA-512 of the content
 * opaque content[length];
 * }</pre>
 *
 * <p>The content is a key store of BouncyCastle's format BCFKS, which its {@code KeyStore} "BCFKS"
 * opens: all entries with their aliases under AES-256-CCM, then HMAC-SHA-512, both under keys that
 * scrypt makes of the password at a {@link org.mpotr.keystore.StoreCost}. Each private and
 * pre-shared key is encrypted once more, under its own password at the same cost. Identities are
 * private key entries, contacts certificate entries whose comment is their {@link
 * org.mpotr.keystore.ContactState}, pre-shared keys secret key entries of HMAC-SHA-512 with the
 * comment {@code random key} or {@code passphrase}.
 *
 * <p>The digest has no key. It tells a damaged file from a wrong password without trying one, and
 * nothing is believed because of it: that is for the MAC, before which nothing is decrypted. Who
 * alters a store and its digest gets the answer of a wrong password. A store that asks for more
 * than the highest cost is refused before any key is made. {@link
 * org.mpotr.keystore.StoreException.Reason} lists the answers.
 *
 * <h2>What is taken</h2>
 *
 * <p>Only keys on P-256, in certificates too, each checked to be on the curve, and private keys
 * only with a certificate of theirs; all else is a {@link java.security.KeyStoreException} that
 * says so. Keys that do not leave their token stay there.
 *
 * <h2>A changed password</h2>
 *
 * <p>keytool's {@code -storepasswd} and {@link org.mpotr.keystore.IdentityStoreFile#changePassword}
 * mean the same: a key that opens under the store's old password follows to the new one; a key with
 * a password of its own keeps it. No key is lost either way, and no key becomes readable to
 * somebody who could not read it before.
 *
 * <h2>Never lost</h2>
 *
 * <p>A file is saved beside itself with the permissions 0600, synced, renamed, and its folder
 * synced: a crash at any moment leaves the old store or the new one, whole. Who saves has a lock,
 * for which others wait; a file that has changed since it was read is not replaced. keytool with
 * {@code -keystore PATH} writes over the file in place instead, which nothing here can change: for
 * keytool take "mpOTR-File" with {@code -keystore NONE}.
 */
package org.mpotr.keystore;
