package org.mpotr.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The second reading stands on its own: a known answer of others, and nothing of the library's. */
class ReferenceTest {
  @Test
  void signsAsRfc6979AppendixA25() throws Refused {
    BigInteger key =
        new BigInteger("c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721", 16);
    byte[] hash = Labelled.sha512("test".getBytes(StandardCharsets.US_ASCII));
    byte[] signature = Ecdsa.sign(key, hash, new byte[0]);
    assertEquals(
        "461d93f31b6540894788fd206c07cfa0cc35f46fa3c91816fff1040ad1581a04"
            + "39af9f15de0db8d97e72719c74820d304ce5226e32dedae67519e840d1194e55",
        HexFormat.of().formatHex(signature));
    assertTrue(Ecdsa.verify(Curve.publicPoint(key), hash, signature));
    assertFalse(Ecdsa.verify(Curve.publicPoint(key), hash, Ecdsa.mauled(signature)));
  }

  @Test
  void usesNothingOfTheLibrary() {
    String own = Curve.class.getPackageName();
    DescribedPredicate<JavaClass> library =
        DescribedPredicate.describe(
            "are the library's",
            type ->
                (type.getPackageName().startsWith("org.mpotr")
                        && !type.getPackageName().equals(own))
                    || type.getPackageName().startsWith("org.bouncycastle"));
    ArchRuleDefinition.noClasses()
        .should()
        .dependOnClassesThat(library)
        .check(new ClassFileImporter().importPackages(own));
  }
}
