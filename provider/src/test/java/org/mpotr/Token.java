package org.mpotr;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.interfaces.ECPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECPoint;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.KeyAgreement;
import javax.crypto.KeyAgreementSpi;
import javax.crypto.SecretKey;

/**
 * A token: the provider of private keys that never show themselves, and the record of what they
 * were used for. While it is open, it is installed behind all other providers.
 */
public final class Token extends Provider implements AutoCloseable {

  private static final long serialVersionUID = 1;

  /** What a key in the token does with a public key. */
  @FunctionalInterface
  public interface Agreement {
    /** The shared secret, 32 bytes. */
    byte[] with(PublicKey other) throws GeneralSecurityException;
  }

  private final transient List<ECPoint> agreedWith = new ArrayList<>();
  private final transient List<byte[]> signatures = new ArrayList<>();

  /** A token that is plugged in until it is closed. */
  public Token() {
    super("Token", "1", "a token for tests");
    offer("KeyAgreement", "ECDH", AgreementService.class);
    offer("Signature", "SHA512withECDSA", SignatureService.class);
    Security.addProvider(this);
  }

  @Override
  public void close() {
    Security.removeProvider(getName());
  }

  private void offer(String type, String algorithm, Class<?> spi) {
    put(type + "." + algorithm, spi.getName());
    put(type + "." + algorithm + " SupportedKeyClasses", TokenKey.class.getName());
  }

  /** The points that keys in this token agreed with. */
  public List<ECPoint> agreedWith() {
    return agreedWith;
  }

  /** The signatures that keys in this token made. */
  public List<byte[]> signatures() {
    return signatures;
  }

  /** The same identity, its private half in the token. */
  public KeyPair hold(KeyPair pair) {
    return hold(pair, other -> ecdh(pair.getPrivate(), other));
  }

  /** An identity whose private half does as it likes. */
  public KeyPair hold(KeyPair pair, Agreement agreement) {
    return new KeyPair(pair.getPublic(), new TokenKey(this, pair.getPrivate(), agreement, true));
  }

  /** The same identity, its private half in the token and of no use but to sign. */
  public KeyPair holdToSign(KeyPair pair) {
    return new KeyPair(pair.getPublic(), new TokenKey(this, pair.getPrivate(), null, true));
  }

  /** The same identity, its private half in the token and of no use but to agree. */
  public KeyPair holdToAgree(KeyPair pair) {
    return new KeyPair(
        pair.getPublic(),
        new TokenKey(this, pair.getPrivate(), other -> ecdh(pair.getPrivate(), other), false));
  }

  /** ECDH by the platform. */
  public static byte[] ecdh(PrivateKey own, PublicKey other) throws GeneralSecurityException {
    KeyAgreement agreement = KeyAgreement.getInstance("ECDH", "SunEC");
    agreement.init(own);
    agreement.doPhase(other, true);
    return agreement.generateSecret();
  }

  /** A private key that shows nothing. */
  public static final class TokenKey implements PrivateKey {

    private static final long serialVersionUID = 1;

    private final transient Token token;
    private final transient PrivateKey inside;
    private final transient Agreement agreement;
    private final boolean mayBeUsedToSign;

    private TokenKey(Token token, PrivateKey inside, Agreement agreement, boolean sign) {
      this.token = token;
      this.inside = inside;
      this.agreement = agreement;
      this.mayBeUsedToSign = sign;
    }

    @Override
    public String getAlgorithm() {
      return "EC";
    }

    @Override
    public String getFormat() {
      return null;
    }

    @Override
    public byte[] getEncoded() {
      return null;
    }
  }

  /** ECDH in the token. */
  public static final class AgreementService extends KeyAgreementSpi {

    private TokenKey key;
    private byte[] secret;

    @Override
    protected void engineInit(Key newKey, SecureRandom random) throws InvalidKeyException {
      if (!(newKey instanceof TokenKey token)) {
        throw new InvalidKeyException("not in this token");
      }
      if (token.agreement == null) {
        throw new InvalidKeyException("this key only signs");
      }
      key = token;
    }

    @Override
    protected void engineInit(Key newKey, AlgorithmParameterSpec params, SecureRandom random)
        throws InvalidKeyException {
      engineInit(newKey, random);
    }

    @Override
    protected Key engineDoPhase(Key other, boolean lastPhase) throws InvalidKeyException {
      key.token.agreedWith.add(((ECPublicKey) other).getW());
      try {
        secret = key.agreement.with((PublicKey) other);
      } catch (GeneralSecurityException e) {
        throw new InvalidKeyException(e);
      }
      return null;
    }

    @Override
    protected byte[] engineGenerateSecret() {
      return secret;
    }

    @Override
    protected int engineGenerateSecret(byte[] target, int offset) {
      System.arraycopy(secret, 0, target, offset, secret.length);
      return secret.length;
    }

    @Override
    protected SecretKey engineGenerateSecret(String algorithm) {
      throw new IllegalStateException(algorithm);
    }
  }

  /** ECDSA in the token. */
  public static final class SignatureService extends SignatureSpi {

    private TokenKey key;
    private Signature inside;

    @Override
    protected void engineInitSign(PrivateKey newKey) throws InvalidKeyException {
      if (!(newKey instanceof TokenKey token) || !token.mayBeUsedToSign) {
        throw new InvalidKeyException("this key does not sign");
      }
      key = token;
      try {
        inside = Signature.getInstance("SHA512withECDSA", "SunEC");
      } catch (GeneralSecurityException e) {
        throw new InvalidKeyException(e);
      }
      inside.initSign(token.inside);
    }

    @Override
    protected void engineInitVerify(PublicKey newKey) throws InvalidKeyException {
      throw new InvalidKeyException("this token verifies nothing");
    }

    @Override
    protected void engineUpdate(byte b) throws SignatureException {
      inside.update(b);
    }

    @Override
    protected void engineUpdate(byte[] bytes, int offset, int length) throws SignatureException {
      inside.update(bytes, offset, length);
    }

    @Override
    protected byte[] engineSign() throws SignatureException {
      byte[] signature = inside.sign();
      key.token.signatures.add(signature);
      return signature;
    }

    @Override
    protected boolean engineVerify(byte[] signature) {
      return false;
    }

    @Override
    @Deprecated
    protected void engineSetParameter(String name, Object value) {
      throw new IllegalArgumentException(name);
    }

    @Override
    @Deprecated
    protected Object engineGetParameter(String name) {
      throw new IllegalArgumentException(name);
    }
  }
}
