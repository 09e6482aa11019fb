package org.mpotr;

import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.mpotr.crypto.SelfTestException;
import org.mpotr.crypto.SelfTests;
import org.mpotr.crypto.SelfTests.Primitive;

/** A service that is handed out only while the primitives it is made of pass their self-tests. */
class TestedService extends Provider.Service {

  /**
   * What the platform is told of a service, and what it needs.
   *
   * @param aliases other names of the algorithm, object identifiers among them
   * @param attributes the attributes that the platform knows, such as SupportedKeyClasses
   */
  record Offer(
      String type,
      String algorithm,
      List<String> aliases,
      Map<String, String> attributes,
      List<Primitive> needed) {}

  private final Supplier<SelfTests> tests;
  private final Offer offer;
  private final Supplier<Object> spi;

  TestedService(Provider provider, Supplier<SelfTests> tests, Offer offer, Supplier<Object> spi) {
    super(
        provider,
        offer.type(),
        offer.algorithm(),
        provider.getClass().getName() + "$" + offer.type(),
        offer.aliases(),
        offer.attributes());
    this.tests = tests;
    this.offer = offer;
    this.spi = spi;
  }

  @Override
  public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
    String name = getType() + " " + getAlgorithm();
    if (parameter != null) {
      throw new NoSuchAlgorithmException(name + " takes no constructor parameter");
    }
    try {
      tests.get().require(offer.needed().toArray(Primitive[]::new));
    } catch (SelfTestException e) {
      throw new NoSuchAlgorithmException(name + " is closed", e);
    }
    return spi.get();
  }
}
