package org.mpotr;

import java.security.InvalidKeyException;
import java.security.Key;
import java.security.Provider;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.mpotr.crypto.EcKeys;
import org.mpotr.crypto.HashFunction;
import org.mpotr.crypto.SelfTests;
import org.mpotr.crypto.SelfTests.Primitive;

/**
 * The security provider "mpOTR-P256": this library's arithmetic on the curve P-256 under the
 * platform's standard names, for any application, whether it speaks mpOTR or not. It stands apart
 * from {@link MpotrProvider} because it takes algorithms that other providers have, and nothing
 * installs it: pass it to {@code getInstance}, or put it where it shall be asked, {@code
 * Security.insertProviderAt(P256Provider.instance(), 1)}.
 *
 * <table>
 *   <caption>Services</caption>
 *   <tr><th>type<th>algorithm<th>in and out
 *   <tr><td>{@code KeyAgreement}<td>{@code ECDH}
 *       <td>the x-coordinate, 32 bytes (SP 800-56A, 5.7.1.2); as a key "TlsPremasterSecret" or
 *       "Generic"
 *   <tr><td>{@code Signature}<td>{@code SHA256withECDSA}, {@code SHA384withECDSA}, {@code
 *       SHA512withECDSA}<td>DER, 8 to 72 bytes (FIPS 186-5, 6.4; RFC 3279, 2.2.3)
 *   <tr><td>{@code Signature}<td>the same with {@code inP1363Format}
 *       <td>{@code r ‖ s}, 64 bytes
 *   <tr><td>{@code KeyPairGenerator}<td>{@code EC}<td>a standard key pair on secp256r1, which is
 *       also what it makes when nobody says which
 * </table>
 *
 * <p><b>Keys.</b> {@code ECPublicKey} and {@code ECPrivateKey} of any provider, on P-256. At the
 * first position all else falls through to the next provider: keys of other curves, private keys
 * that do not show their number, other kinds of keys, key pairs of other curves. Passed to an
 * object of this provider by name, they are an InvalidKeyException (or what the generator
 * documents). One {@code Signature} object stays with the provider that its first key led to: that
 * is how the platform has it, so take a new one for a key of another curve. Public keys are told
 * apart as objects: who keeps a key object for the signatures of one signer lets the engine keep
 * its tables.
 *
 * <p><b>Signatures.</b> They are made low-S with nonces of RFC 6979 that are hedged by the
 * application's SecureRandom; verification takes either s. DER must be the one encoding of two
 * positive integers of at most 32 bytes, anything else is a SignatureException; {@code r ‖ s} of
 * another length than 64 bytes is a wrong signature, {@code false}.
 *
 * <p><b>Engine.</b> {@link MpotrProvider#p256Engine()} says what does the arithmetic. No service is
 * handed out before the self-tests of what it is made of have passed.
 */
public final class P256Provider extends Provider {

  /** The name of the provider. */
  public static final String NAME = "mpOTR-P256";

  private static final long serialVersionUID = 1;
  private static final String VERSION = "0.1";
  private static final Map<String, String> ATTRIBUTES =
      Map.of(
          "SupportedKeyClasses",
          ECPublicKey.class.getName() + "|" + ECPrivateKey.class.getName(),
          "ImplementedIn",
          "Software",
          "KeySize",
          "256");

  private static final class Shared {
    static final P256Provider INSTANCE = new P256Provider();
  }

  private final transient Supplier<SelfTests> selfTests;

  /** A provider of its own; it does next to nothing until a service is asked for. */
  public P256Provider() {
    this(SelfTests::shared);
  }

  /** A provider that relies on the given self-tests. */
  P256Provider(Supplier<SelfTests> selfTests) {
    super(NAME, VERSION, "ECDH and ECDSA on P-256 by the arithmetic of mpOTR");
    this.selfTests = selfTests;
    offer("KeyAgreement", "ECDH", List.of(), P256KeyAgreement::new, Primitive.ECDH_P256);
    offer(
        "KeyPairGenerator",
        "EC",
        List.of("EllipticCurve", "1.2.840.10045.2.1", "OID.1.2.840.10045.2.1"),
        P256KeyPairGenerator::new,
        Primitive.ECDH_P256);
    offerSignatures("SHA256withECDSA", "2", HashFunction.SHA_256, Primitive.SHA_256);
    offerSignatures("SHA384withECDSA", "3", HashFunction.SHA_384, Primitive.SHA_384);
    offerSignatures("SHA512withECDSA", "4", HashFunction.SHA_512, Primitive.SHA_512);
  }

  /** An instance to share. */
  public static P256Provider instance() {
    return Shared.INSTANCE;
  }

  /** Both forms of a signature; the identifier of DER is ecdsa-with-SHA2 (RFC 5758, 3.2). */
  private void offerSignatures(String name, String lastArc, HashFunction hash, Primitive tested) {
    String identifier = "1.2.840.10045.4.3." + lastArc;
    offer(
        "Signature",
        name,
        List.of(identifier, "OID." + identifier),
        () -> new P256Signature(hash, P256Signature.Form.DER),
        tested,
        Primitive.ECDSA_P256);
    offer(
        "Signature",
        name + "inP1363Format",
        List.of(),
        () -> new P256Signature(hash, P256Signature.Form.P1363),
        tested,
        Primitive.ECDSA_P256);
  }

  private void offer(
      String type,
      String algorithm,
      List<String> aliases,
      Supplier<Object> spi,
      Primitive... needed) {
    TestedService.Offer offer =
        new TestedService.Offer(type, algorithm, aliases, ATTRIBUTES, List.of(needed));
    putService(new P256Service(this, selfTests, offer, spi));
  }

  /** A service that lets keys which it cannot use fall through to the next provider. */
  private static final class P256Service extends TestedService {

    P256Service(Provider provider, Supplier<SelfTests> tests, Offer offer, Supplier<Object> spi) {
      super(provider, tests, offer, spi);
    }

    @Override
    public boolean supportsParameter(Object parameter) {
      return super.supportsParameter(parameter) && isUsable((Key) parameter);
    }

    /** Whether a key is on P-256 and, if private, shows its number. */
    private static boolean isUsable(Key key) {
      if (key instanceof ECPublicKey ec) {
        return EcKeys.isP256(ec.getParams());
      }
      try {
        EcKeys.scalar((ECPrivateKey) key).destroy();
        return true;
      } catch (InvalidKeyException e) {
        // That is the answer: the next provider is asked.
        return false;
      }
    }
  }
}
