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
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The second reading stands on its own: a known answer of others, and nothing of the library's. */
class ReferenceTest {
  @Test
  void signsAsRfc6979AppendixA25() throws Refused, GeneralSecurityException {
    BigInteger key =
        new BigInteger("c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721", 16);
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest("test".getBytes(StandardCharsets.US_ASCII));
    byte[] signature = Ecdsa.sign(key, hash, new byte[0]);
    assertEquals(
        "f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367"
            + "019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083",
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
