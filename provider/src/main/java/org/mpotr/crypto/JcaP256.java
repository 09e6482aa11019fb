package org.mpotr.crypto;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.crypto.KeyAgreement;
import javax.security.auth.DestroyFailedException;

/**
 * P-256 by an installed security provider, native ones among them. What it gives is checked before
 * it is believed: a shared secret has 32 bytes, a signature is strictly encoded with r and s in
 * range, and s is made low.
 *
 * <p>Two things the platform's interfaces do not let a provider do. A nonce cannot be given to it:
 * the provider's own generation of nonces is relied on, and {@code hedge} is only checked. And it
 * multiplies the base point by no given scalar: {@link #publicPoint} is the work of this library's
 * own default engine. Whether anything takes constant time is the provider's matter, and the key
 * objects made for it are cleared as far as it implements {@code destroy}.
 */
final class JcaP256 implements P256 {

  private static final String KEY_FACTORY = "EC";
  private static final String AGREEMENT = "ECDH";
  private static final String DER_SIGNATURE = "NONEwithECDSA";
  private static final String PLAIN_SIGNATURE = "NONEwithECDSAinP1363Format";

  /** What this library offers itself would be asked for its own engine, without end. */
  private static final Set<String> OF_LIBRARY = Set.of("mpOTR", "mpOTR-P256");

  private final Provider provider;
  private final boolean plain;
  private final P256 basePoint = Engines.preferred();

  /**
   * A provider that need not be installed.
   *
   * @throws ProviderException when it lacks what is needed
   */
  JcaP256(Provider provider) {
    this.provider = provider;
    plain = offers("Signature", PLAIN_SIGNATURE);
    require(offers("KeyFactory", KEY_FACTORY), "KeyFactory EC");
    require(offers("KeyAgreement", AGREEMENT), "KeyAgreement ECDH");
    require(plain || offers("Signature", DER_SIGNATURE), "Signature NONEwithECDSA");
  }

  /**
   * The engine on the installed provider of a name.
   *
   * @throws ProviderException when none is installed, it is this library's own, or it lacks what is
   *     needed
   */
  static JcaP256 of(String name) {
    Provider provider = OF_LIBRARY.contains(name) ? null : Security.getProvider(name);
    if (provider == null) {
      throw new ProviderException(
          "The system property "
              + Engines.PROPERTY
              + " must be one of "
              + Engines.ofLibrary()
              + " or the name of an installed security provider other than mpOTR's own, not '"
              + name
              + "'.");
    }
    return new JcaP256(provider);
  }

  private boolean offers(String type, String algorithm) {
    return provider.getService(type, algorithm) != null;
  }

  private void require(boolean offered, String what) {
    if (!offered) {
      throw new ProviderException(
          "The provider " + name() + " cannot be the engine of P-256: it has no " + what + ".");
    }
  }

  @Override
  public String name() {
    return provider.getName();
  }

  @Override
  public boolean followsRfc6979() {
    return false;
  }

  @Override
  public PublicPoint publicPoint(SecretScalar d) {
    return basePoint.publicPoint(d);
  }

  @Override
  public byte[] agree(SecretScalar d, PublicPoint q) {
    return agree(d, List.of(q)).get(0);
  }

  @Override
  public List<byte[]> agree(SecretScalar d, List<PublicPoint> points) {
    List<byte[]> secrets = new ArrayList<>(points.size());
    PrivateKey key = privateKey(d);
    boolean complete = false;
    try {
      KeyAgreement agreement = KeyAgreement.getInstance(AGREEMENT, provider);
      for (PublicPoint q : points) {
        agreement.init(key);
        agreement.doPhase(publicKey(q), true);
        secrets.add(agreement.generateSecret());
        if (secrets.get(secrets.size() - 1).length != SCALAR_BYTES) {
          throw new ProviderException(
              "the provider " + name() + " gave a shared secret that is not 32 bytes");
        }
      }
      complete = true;
      return secrets;
    } catch (GeneralSecurityException e) {
      throw failure("agree", e);
    } finally {
      if (!complete) {
        secrets.forEach(secret -> Arrays.fill(secret, (byte) 0));
      }
      erase(key);
    }
  }

  @Override
  public byte[] sign(SecretScalar d, byte[] digest, byte[] hedge) {
    EcdsaInputs.requireDigest(digest);
    EcdsaInputs.requireHedge(hedge);
    PrivateKey key = privateKey(d);
    try {
      Signature signer = signature();
      signer.initSign(key);
      signer.update(digest);
      byte[] made = signer.sign();
      byte[] signature = plain ? made : EcdsaDer.decode(made);
      if (!EcdsaInputs.isWellFormed(signature)) {
        throw new SignatureException("a number of the signature is out of range");
      }
      return EcdsaDer.toLowS(signature);
    } catch (GeneralSecurityException e) {
      throw failure("sign", e);
    } finally {
      erase(key);
    }
  }

  @Override
  public boolean verify(PublicPoint q, byte[] digest, byte[] signature) {
    EcdsaInputs.requireDigest(digest);
    if (!EcdsaInputs.isWellFormed(signature)) {
      return false;
    }
    try {
      Signature verifier = signature();
      verifier.initVerify(publicKey(q));
      verifier.update(digest);
      return verifier.verify(plain ? signature : EcdsaDer.encode(signature));
    } catch (SignatureException e) {
      // It is well-formed, so this is how some providers say that it does not hold.
      return false;
    } catch (GeneralSecurityException e) {
      throw failure("verify", e);
    }
  }

  private Signature signature() throws GeneralSecurityException {
    return Signature.getInstance(plain ? PLAIN_SIGNATURE : DER_SIGNATURE, provider);
  }

  /** The key object of an engine's provider, kept with its point; the provider may keep tables. */
  private record Known(JcaP256 engine, PublicKey key) {}

  private PublicKey publicKey(PublicPoint q) throws InvalidKeyException {
    Known known = q.prepared(Known.class, this::translate);
    if (known.engine() != this) {
      // Two such engines at work on one point happen only beside each other in a test.
      known = translate(q);
    }
    return known.key();
  }

  private Known translate(PublicPoint q) {
    ECPublicKeySpec spec = new ECPublicKeySpec(new ECPoint(q.x(), q.y()), EcKeys.PARAMETERS);
    try {
      KeyFactory factory = KeyFactory.getInstance(KEY_FACTORY, provider);
      return new Known(this, factory.generatePublic(spec));
    } catch (GeneralSecurityException e) {
      throw failure("take a valid public key", e);
    }
  }

  private PrivateKey privateKey(SecretScalar d) {
    BigInteger number = d.toNumber();
    try {
      return KeyFactory.getInstance(KEY_FACTORY, provider)
          .generatePrivate(new ECPrivateKeySpec(number, EcKeys.PARAMETERS));
    } catch (GeneralSecurityException e) {
      throw failure("take a valid private key", e);
    }
  }

  /** Clears the provider's copy of a secret, if its keys can be. */
  private static void erase(PrivateKey key) {
    try {
      key.destroy();
    } catch (DestroyFailedException e) {
      // The default of the platform's interface: this provider's keys end with the collector.
    }
  }

  private ProviderException failure(String what, GeneralSecurityException cause) {
    return new ProviderException("the provider " + name() + " did not " + what, cause);
  }
}
