package org.mpotr.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.ProviderException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Engines by name; what the property does to a whole virtual machine is EngineSelectionTest's. */
class EnginesTest {

  static Iterable<String> ofLibrary() {
    return Engines.ofLibrary();
  }

  @ParameterizedTest
  @MethodSource("ofLibrary")
  void anEngineOfTheLibraryHasTheNameThatSelectsIt(String name) {
    assertEquals(name, Engines.named(name).name());
    assertTrue(Engines.named(name).followsRfc6979());
  }

  @Test
  void theFirstIsTheDefault() {
    assertEquals(Engines.ofLibrary().iterator().next(), Engines.preferred().name());
  }

  @Test
  void oneEngineServesTheWholeLibrary() {
    assertSame(P256.engine(), P256.engine());
  }

  @Test
  void anInstalledProviderIsAnEngine() {
    P256 engine = Engines.named("SunEC");
    assertEquals("SunEC", engine.name());
    assertFalse(engine.followsRfc6979());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "BC ", "bouncy", "OWN", "mpOTR", "mpOTR-P256"})
  void anyOtherNameIsRefusedInOneSentence(String name) {
    ProviderException refusal = assertThrows(ProviderException.class, () -> Engines.named(name));
    assertTrue(refusal.getMessage().contains("org.mpotr.p256"), refusal.getMessage());
    assertTrue(refusal.getMessage().endsWith("not '" + name + "'."), refusal.getMessage());
  }

  @Test
  void aProviderWithoutEllipticCurvesIsRefused() {
    ProviderException refusal = assertThrows(ProviderException.class, () -> Engines.named("SUN"));
    assertEquals(
        "The provider SUN cannot be the engine of P-256: it has no KeyFactory EC.",
        refusal.getMessage());
  }

  @ParameterizedTest
  @EnumSource(names = {"NO_KEY_FACTORY", "NO_AGREEMENT", "NO_SIGNATURE"})
  void aProviderThatLacksOneServiceIsRefused(FaultyProvider.Fault fault) {
    assertThrows(ProviderException.class, () -> new JcaP256(new FaultyProvider(fault)));
  }
}
