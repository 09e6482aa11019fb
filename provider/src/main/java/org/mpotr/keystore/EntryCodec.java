package org.mpotr.keystore;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyStoreException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.bc.EncryptedPrivateKeyData;
import org.bouncycastle.asn1.bc.EncryptedSecretKeyData;
import org.bouncycastle.asn1.bc.ObjectData;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.x509.Certificate;

/**
 * Entries as objects of BCFKS. What its entries have no field for, the state of a contact and
 * whether a pre-shared key is a passphrase, is the object's comment, encrypted and authenticated as
 * all of the store.
 */
final class EntryCodec {

  private static final BigInteger CERTIFICATE = BigInteger.ZERO;
  private static final BigInteger PRIVATE_KEY = BigInteger.ONE;
  private static final BigInteger SECRET_KEY = BigInteger.TWO;
  private static final String PASSPHRASE = "passphrase";
  private static final String RANDOM_KEY = "random key";

  private final CertificateFactory certificates;

  EntryCodec() {
    try {
      certificates = CertificateFactory.getInstance("X.509");
    } catch (CertificateException e) {
      throw new IllegalStateException("no installed provider reads X.509 certificates", e);
    }
  }

  static ObjectData encode(String alias, StoredEntry entry) {
    Date created = Date.from(entry.created());
    try {
      if (entry instanceof StoredEntry.OwnIdentity own) {
        Protection key = own.key();
        List<Certificate> chain = new ArrayList<>();
        for (X509Certificate certificate : own.chain()) {
          chain.add(Certificate.getInstance(certificate.getEncoded()));
        }
        byte[] data =
            new EncryptedPrivateKeyData(
                    new EncryptedPrivateKeyInfo(key.algorithm(), key.content()),
                    chain.toArray(Certificate[]::new))
                .getEncoded(ASN1Encoding.DER);
        return new ObjectData(PRIVATE_KEY, alias, created, created, data, null);
      }
      if (entry instanceof StoredEntry.Shared shared) {
        Protection key = shared.key();
        byte[] data =
            new EncryptedSecretKeyData(key.algorithm(), key.content()).getEncoded(ASN1Encoding.DER);
        String comment = shared.isPassphrase() ? PASSPHRASE : RANDOM_KEY;
        return new ObjectData(SECRET_KEY, alias, created, created, data, comment);
      }
      Contact contact = ((StoredEntry.Other) entry).contact();
      byte[] data = contact.certificate().getEncoded();
      return new ObjectData(CERTIFICATE, alias, created, created, data, contact.state().getValue());
    } catch (IOException | CertificateEncodingException e) {
      throw new IllegalStateException("an entry that was accepted has no encoding", e);
    }
  }

  /** The alias of an object, which must be in its normal form. */
  static String alias(ObjectData object) throws StoreException {
    String alias = object.getIdentifier();
    Aliases.requireText(alias);
    if (!alias.equals(Aliases.normal(alias))) {
      throw StoreException.corrupt("an alias of the store is not in lower case");
    }
    return alias;
  }

  /**
   * The entry of an object.
   *
   * @throws StoreException when it does not keep the rules of a store
   * @throws IllegalArgumentException when it cannot be read at all
   */
  StoredEntry decode(ObjectData object) throws IOException {
    Instant created = created(object);
    String comment = object.getComment();
    try {
      if (object.getType().equals(CERTIFICATE)) {
        X509Certificate certificate = certificate(object.getData());
        Rules.requireP256(certificate);
        ContactState state =
            comment == null ? ContactState.UNVERIFIED : ContactState.parse(comment);
        return new StoredEntry.Other(created, new Contact(certificate, state));
      }
      if (object.getType().equals(PRIVATE_KEY)) {
        EncryptedPrivateKeyData data = EncryptedPrivateKeyData.getInstance(object.getData());
        List<X509Certificate> chain = new ArrayList<>();
        for (Certificate each : data.getCertificateChain()) {
          chain.add(certificate(each.getEncoded(ASN1Encoding.DER)));
        }
        Rules.requireChain(chain);
        EncryptedPrivateKeyInfo info = data.getEncryptedPrivateKeyInfo();
        return new StoredEntry.OwnIdentity(
            created,
            readable(new Protection(info.getEncryptionAlgorithm(), info.getEncryptedData())),
            List.copyOf(chain));
      }
      if (object.getType().equals(SECRET_KEY)) {
        EncryptedSecretKeyData data = EncryptedSecretKeyData.getInstance(object.getData());
        return new StoredEntry.Shared(
            created,
            readable(new Protection(data.getKeyEncryptionAlgorithm(), data.getEncryptedKeyData())),
            PASSPHRASE.equals(comment));
      }
    } catch (KeyStoreException | CertificateException e) {
      throw new StoreException(
          StoreException.Reason.CORRUPT, "an entry of the store does not keep its rules", e);
    }
    throw StoreException.corrupt("the store has an entry of a kind that is not known here");
  }

  private static Protection readable(Protection key) throws StoreException {
    key.requireReadable();
    return key;
  }

  private X509Certificate certificate(byte[] encoded) throws CertificateException {
    return (X509Certificate) certificates.generateCertificate(new ByteArrayInputStream(encoded));
  }

  private static Instant created(ObjectData object) throws StoreException {
    try {
      return object.getCreationDate().getDate().toInstant();
    } catch (ParseException e) {
      throw new StoreException(
          StoreException.Reason.CORRUPT, "an entry of the store has no date", e);
    }
  }
}
