package org.mpotr.vectors;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.ECPoint;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.KeyAgreement;
import org.mpotr.crypto.EcdsaDer;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.PlainPrivateKey;
import org.mpotr.crypto.PlainPublicKey;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.crypto.SecretScalar;
import org.mpotr.identity.IdentityKeys;

/** The vectors of ECDH and ECDSA, put to the services of a provider instead of to the engine. */
final class ServiceVectors {

  private ServiceVectors() {}

  static List<VectorKind> of(Provider provider) {
    return List.of(new Agreement(provider), new Verification(provider), new Numbered(provider));
  }

  /** {@code KeyAgreement}, with points and numbers as the vectors have them, valid or not. */
  private record Agreement(Provider provider) implements VectorKind {

    private static final EcdhVectors FORM = new EcdhVectors();

    @Override
    public boolean takes(Vector vector) {
      return FORM.takes(vector);
    }

    @Override
    public Optional<String> notForUs(Vector vector) {
      return FORM.notForUs(vector);
    }

    @Override
    public Answer ask(Vector vector) throws GeneralSecurityException {
      KeyAgreement agreement = KeyAgreement.getInstance("ECDH", provider);
      BigInteger d = EcdhVectors.privateKey(vector);
      try {
        agreement.init(PlainPrivateKey.onP256(d));
        agreement.doPhase(peer(vector), true);
      } catch (InvalidKeyException refusal) {
        return Answer.REFUSED;
      }
      return Answer.compare(vector.bytes("shared"), agreement.generateSecret());
    }

    private static PublicKey peer(Vector vector) throws InvalidKeyException {
      byte[] bare =
          vector.text("encoding").equals("ecpoint") ? vector.bytes("public") : new byte[0];
      if (bare.length != P256.POINT_BYTES || bare[0] != 4) {
        return IdentityKeys.publicKey(EcdhVectors.publicKey(vector));
      }
      BigInteger x = new BigInteger(1, Arrays.copyOfRange(bare, 1, 33));
      BigInteger y = new BigInteger(1, Arrays.copyOfRange(bare, 33, 65));
      return PlainPublicKey.onP256(new ECPoint(x, y));
    }
  }

  /** {@code Signature}, in the form and over the hash that the vector has. */
  private record Verification(Provider provider) implements VectorKind {

    private static final EcdsaVectors FORM = new EcdsaVectors();

    @Override
    public boolean takes(Vector vector) {
      return FORM.takes(vector);
    }

    @Override
    public Optional<String> notForUs(Vector vector) {
      Optional<String> other = FORM.notForUs(vector);
      if (other.isPresent() || provider.getService("Signature", name(vector)) != null) {
        return other;
      }
      return Optional.of(provider.getName() + " has no " + name(vector));
    }

    @Override
    public Answer ask(Vector vector) throws GeneralSecurityException {
      Signature signature = Signature.getInstance(name(vector), provider);
      try {
        signature.initVerify(IdentityKeys.publicKey(EcdsaVectors.publicKey(vector)));
        signature.update(vector.bytes("msg"));
        return Answer.verdict(signature.verify(vector.bytes("sig")));
      } catch (InvalidKeyException | SignatureException refusal) {
        return Answer.REFUSED;
      }
    }

    private static String name(Vector vector) {
      boolean plain = vector.type().toLowerCase(Locale.ROOT).contains("p1363");
      String hash = Vector.plain(vector.text("sha"));
      return hash + "withECDSA" + (plain ? "inP1363Format" : "");
    }
  }

  /** {@code Signature} over what standards print in numbers: both forms, which must agree. */
  private record Numbered(Provider provider) implements VectorKind {

    private static final NumberedEcdsaVectors FORM = new NumberedEcdsaVectors();

    @Override
    public boolean takes(Vector vector) {
      return FORM.takes(vector);
    }

    @Override
    public Optional<String> notForUs(Vector vector) {
      Optional<String> other = FORM.notForUs(vector);
      if (other.isPresent() || provider.getService("Signature", name(vector)) != null) {
        return other;
      }
      return Optional.of(provider.getName() + " has no " + name(vector));
    }

    @Override
    public Answer ask(Vector vector) throws GeneralSecurityException {
      byte[] numbers = Numbers.signature(vector.number("r"), vector.number("s"));
      try {
        PublicKey signer = IdentityKeys.publicKey(signer(vector));
        boolean plain = holds(name(vector) + "inP1363Format", signer, vector, numbers);
        boolean der = holds(name(vector), signer, vector, EcdsaDer.encode(numbers));
        return plain == der ? Answer.verdict(der) : Answer.DIFFERENT;
      } catch (InvalidKeyException | SignatureException refusal) {
        return Answer.REFUSED;
      }
    }

    private boolean holds(String name, PublicKey signer, Vector vector, byte[] signed)
        throws GeneralSecurityException {
      Signature signature = Signature.getInstance(name, provider);
      signature.initVerify(signer);
      signature.update(vector.bytes("msg"));
      return signature.verify(signed);
    }

    private static PublicPoint signer(Vector vector) throws InvalidKeyException {
      if (vector.has("qx", "qy")) {
        return Numbers.point(vector.number("qx"), vector.number("qy"));
      }
      try (SecretScalar d = Numbers.scalar(vector.number("d"))) {
        return P256.engine().publicPoint(d);
      }
    }

    private static String name(Vector vector) {
      return Vector.plain(NumberedEcdsaVectors.hashName(vector)) + "withECDSA";
    }
  }
}
