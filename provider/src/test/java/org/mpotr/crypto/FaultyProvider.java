package org.mpotr.crypto;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyFactorySpi;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.crypto.KeyAgreement;
import javax.crypto.KeyAgreementSpi;
import javax.crypto.SecretKey;

/**
 * A provider of P-256 that gives what the JDK's own gives, signatures in DER only, but for one
 * fault. It counts the public keys that it makes objects of.
 */
final class FaultyProvider extends Provider {

  private static final long serialVersionUID = 1;

  /** What it does wrong. */
  enum Fault {
    NONE,
    NO_KEY_FACTORY,
    NO_AGREEMENT,
    NO_SIGNATURE,
    REFUSES_PUBLIC_KEYS,
    REFUSES_PRIVATE_KEYS,
    SHORT_SECRET,
    REFUSES_TO_AGREE,
    SIGNS_GARBAGE,
    SIGNS_WITH_LARGE_R,
    SIGNS_HIGH_S,
    REFUSES_TO_SIGN,
    THROWS_INSTEAD_OF_FALSE,
    REFUSES_TO_VERIFY
  }

  private final Fault fault;
  private int publicKeys;

  FaultyProvider(Fault fault) {
    super("Faulty", "1", "the JDK's P-256 with a fault");
    this.fault = fault;
    offer(Fault.NO_KEY_FACTORY, "KeyFactory", "EC", Keys::new);
    offer(Fault.NO_AGREEMENT, "KeyAgreement", "ECDH", Agreement::new);
    offer(Fault.NO_SIGNATURE, "Signature", "NONEwithECDSA", DerSignature::new);
  }

  int publicKeys() {
    return publicKeys;
  }

  private void offer(Fault without, String type, String algorithm, Supplier<Object> spi) {
    if (fault != without) {
      putService(
          new Service(this, type, algorithm, "faulty " + type, List.of(), Map.of()) {
            @Override
            public Object newInstance(Object parameter) {
              return spi.get();
            }
          });
    }
  }

  private void refuse(Fault planted) throws InvalidKeyException {
    if (fault == planted) {
      throw new InvalidKeyException("planted");
    }
  }

  private final class Keys extends KeyFactorySpi {

    private final KeyFactory keys = find(() -> KeyFactory.getInstance("EC", "SunEC"));

    @Override
    protected PublicKey engineGeneratePublic(KeySpec spec) throws InvalidKeySpecException {
      if (fault == Fault.REFUSES_PUBLIC_KEYS) {
        throw new InvalidKeySpecException("planted");
      }
      publicKeys++;
      return keys.generatePublic(spec);
    }

    @Override
    protected PrivateKey engineGeneratePrivate(KeySpec spec) throws InvalidKeySpecException {
      if (fault == Fault.REFUSES_PRIVATE_KEYS) {
        throw new InvalidKeySpecException("planted");
      }
      return keys.generatePrivate(spec);
    }

    @Override
    protected <T extends KeySpec> T engineGetKeySpec(Key key, Class<T> type)
        throws InvalidKeySpecException {
      return keys.getKeySpec(key, type);
    }

    @Override
    protected Key engineTranslateKey(Key key) throws InvalidKeyException {
      return keys.translateKey(key);
    }
  }

  private final class Agreement extends KeyAgreementSpi {

    private final KeyAgreement agreement = find(() -> KeyAgreement.getInstance("ECDH", "SunEC"));

    @Override
    protected void engineInit(Key key, SecureRandom random) throws InvalidKeyException {
      refuse(Fault.REFUSES_TO_AGREE);
      agreement.init(key);
    }

    @Override
    protected void engineInit(Key key, AlgorithmParameterSpec params, SecureRandom random)
        throws InvalidKeyException {
      engineInit(key, random);
    }

    @Override
    protected Key engineDoPhase(Key key, boolean lastPhase) throws InvalidKeyException {
      return agreement.doPhase(key, lastPhase);
    }

    @Override
    protected byte[] engineGenerateSecret() {
      byte[] secret = agreement.generateSecret();
      return fault == Fault.SHORT_SECRET ? Arrays.copyOf(secret, secret.length - 1) : secret;
    }

    @Override
    protected int engineGenerateSecret(byte[] target, int offset) {
      throw new UnsupportedOperationException();
    }

    @Override
    protected SecretKey engineGenerateSecret(String algorithm) {
      throw new UnsupportedOperationException();
    }
  }

  private final class DerSignature extends SignatureSpi {

    private final Signature signature = find(() -> Signature.getInstance("NONEwithECDSA", "SunEC"));

    @Override
    protected void engineInitVerify(PublicKey key) throws InvalidKeyException {
      refuse(Fault.REFUSES_TO_VERIFY);
      signature.initVerify(key);
    }

    @Override
    protected void engineInitSign(PrivateKey key) throws InvalidKeyException {
      refuse(Fault.REFUSES_TO_SIGN);
      signature.initSign(key);
    }

    @Override
    protected void engineUpdate(byte input) throws SignatureException {
      signature.update(input);
    }

    @Override
    protected void engineUpdate(byte[] input, int offset, int length) throws SignatureException {
      signature.update(input, offset, length);
    }

    @Override
    protected byte[] engineSign() throws SignatureException {
      byte[] der = signature.sign();
      return switch (fault) {
        case SIGNS_GARBAGE -> Arrays.copyOf(der, der.length + 1);
        case SIGNS_WITH_LARGE_R -> {
          byte[] plain = EcdsaDer.decode(der);
          Curve.putScalar(Curve.N, plain, 0);
          yield EcdsaDer.encode(plain);
        }
        case SIGNS_HIGH_S -> {
          byte[] plain = EcdsaDer.toLowS(EcdsaDer.decode(der));
          byte[] s = Arrays.copyOfRange(plain, P256.SCALAR_BYTES, P256.SIGNATURE_BYTES);
          Curve.putScalar(Curve.N.subtract(new BigInteger(1, s)), plain, P256.SCALAR_BYTES);
          yield EcdsaDer.encode(plain);
        }
        default -> der;
      };
    }

    @Override
    protected boolean engineVerify(byte[] der) throws SignatureException {
      boolean holds = signature.verify(der);
      if (!holds && fault == Fault.THROWS_INSTEAD_OF_FALSE) {
        throw new SignatureException("planted");
      }
      return holds;
    }

    @Override
    @Deprecated
    protected void engineSetParameter(String parameter, Object value) {
      throw new UnsupportedOperationException();
    }

    @Override
    @Deprecated
    protected Object engineGetParameter(String parameter) {
      throw new UnsupportedOperationException();
    }
  }

  /** How the JDK hands out what stands behind. */
  @FunctionalInterface
  private interface Source<T> {
    T get() throws GeneralSecurityException;
  }

  private static <T> T find(Source<T> source) {
    try {
      return source.get();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK has no P-256", e);
    }
  }
}
