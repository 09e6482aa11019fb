package org.mpotr.keystore;

import java.io.IOException;
import java.util.Arrays;
import java.util.Date;
import java.util.Map;
import java.util.TreeMap;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.bc.EncryptedObjectStoreData;
import org.bouncycastle.asn1.bc.ObjectData;
import org.bouncycastle.asn1.bc.ObjectDataSequence;
import org.bouncycastle.asn1.bc.ObjectStore;
import org.bouncycastle.asn1.bc.ObjectStoreData;
import org.bouncycastle.asn1.bc.ObjectStoreIntegrityCheck;
import org.bouncycastle.asn1.bc.PbkdMacIntegrityCheck;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.mpotr.crypto.HmacSha512;
import org.mpotr.keystore.StoreException.Reason;

/**
 * The encrypted part of a store: BouncyCastle's format BCFKS, encrypted with AES-256-CCM, then
 * under HMAC-SHA-512. Nothing in it is read before the MAC is right, and no key is made before the
 * cost it takes is within bounds.
 */
final class Bcfks {

  private static final String ENCRYPTION = "STORE_ENCRYPTION";
  private static final String INTEGRITY = "INTEGRITY_CHECK";
  private static final int MAC_KEY_BYTES = 64;
  private static final AlgorithmIdentifier MAC =
      new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA512, DERNull.INSTANCE);

  private Bcfks() {}

  /** What was read: the entries, and the cost of the store. */
  record Content(Map<String, StoredEntry> entries, StoreCost cost) {}

  static byte[] write(Map<String, StoredEntry> entries, char[] password, StoreCost cost)
      throws IOException {
    ObjectData[] objects =
        entries.entrySet().stream()
            .map(entry -> EntryCodec.encode(entry.getKey(), entry.getValue()))
            .toArray(ObjectData[]::new);
    Date now = new Date();
    byte[] plain =
        new ObjectStoreData(MAC, now, now, new ObjectDataSequence(objects), null)
            .getEncoded(ASN1Encoding.DER);
    Protection sealed;
    try {
      sealed = Protection.of(plain, ENCRYPTION, password, cost);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
    EncryptedObjectStoreData data =
        new EncryptedObjectStoreData(sealed.algorithm(), sealed.content());
    KeyDerivationFunc derivation = PasswordKey.derivation(cost, MAC_KEY_BYTES);
    byte[] key = PasswordKey.derive(derivation, MAC_KEY_BYTES, INTEGRITY, password);
    try (HmacSha512 mac = new HmacSha512(key)) {
      PbkdMacIntegrityCheck check =
          new PbkdMacIntegrityCheck(MAC, derivation, mac.mac(data.getEncoded(ASN1Encoding.DER)));
      return new ObjectStore(data, new ObjectStoreIntegrityCheck(check))
          .getEncoded(ASN1Encoding.DER);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  static Content read(byte[] content, char[] password) throws IOException {
    Outer outer = Outer.parse(content);
    byte[] key = PasswordKey.derive(outer.derivation(), MAC_KEY_BYTES, INTEGRITY, password);
    try (HmacSha512 mac = new HmacSha512(key)) {
      if (!mac.verify(outer.mac(), HmacSha512.TAG_BYTES, outer.authenticated())) {
        throw StoreException.wrongPassword();
      }
    } finally {
      Arrays.fill(key, (byte) 0);
    }
    byte[] plain = outer.data().open(ENCRYPTION, password);
    try {
      return new Content(entries(plain), PasswordKey.cost(outer.derivation(), MAC_KEY_BYTES));
    } catch (IllegalArgumentException e) {
      throw new StoreException(Reason.CORRUPT, "the content of the store is not in order", e);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  private static Map<String, StoredEntry> entries(byte[] plain) throws IOException {
    ObjectStoreData data = ObjectStoreData.getInstance(ASN1Primitive.fromByteArray(plain));
    if (!data.getIntegrityAlgorithm().equals(MAC)) {
      throw StoreException.corrupt("the store disagrees with itself about its MAC");
    }
    Map<String, StoredEntry> entries = new TreeMap<>();
    EntryCodec codec = new EntryCodec();
    for (Object each : data.getObjectDataSequence()) {
      ObjectData object = ObjectData.getInstance(each);
      if (entries.put(EntryCodec.alias(object), codec.decode(object)) != null) {
        throw StoreException.corrupt("two entries of the store have one alias");
      }
    }
    return entries;
  }

  /** What is readable without a password, and not to be believed yet. */
  private record Outer(
      Protection data, byte[] authenticated, KeyDerivationFunc derivation, byte[] mac) {

    static Outer parse(byte[] content) throws IOException {
      try {
        ObjectStore store = ObjectStore.getInstance(ASN1Primitive.fromByteArray(content));
        ObjectStoreIntegrityCheck integrity = store.getIntegrityCheck();
        boolean known =
            Arrays.equals(store.getEncoded(ASN1Encoding.DER), content)
                && integrity.getType() == ObjectStoreIntegrityCheck.PBKD_MAC_CHECK
                && store.getStoreData() instanceof EncryptedObjectStoreData;
        if (!known) {
          throw StoreException.corrupt("the store is not in the form that is written here");
        }
        PbkdMacIntegrityCheck check =
            PbkdMacIntegrityCheck.getInstance(integrity.getIntegrityCheck());
        if (!check.getMacAlgorithm().equals(MAC)) {
          throw StoreException.corrupt("the store has another MAC than HMAC-SHA-512");
        }
        EncryptedObjectStoreData data = (EncryptedObjectStoreData) store.getStoreData();
        Protection sealed =
            new Protection(data.getEncryptionAlgorithm(), data.getEncryptedContent().getOctets());
        sealed.requireReadable();
        PasswordKey.cost(check.getPbkdAlgorithm(), MAC_KEY_BYTES);
        byte[] authenticated = data.getEncoded(ASN1Encoding.DER);
        return new Outer(sealed, authenticated, check.getPbkdAlgorithm(), check.getMac());
      } catch (StoreException e) {
        throw e;
      } catch (IOException | RuntimeException | StackOverflowError e) {
        // BouncyCastle's classes say in many ways that they cannot read something.
        throw new StoreException(Reason.CORRUPT, "the store is not in BouncyCastle's format", e);
      }
    }
  }
}
