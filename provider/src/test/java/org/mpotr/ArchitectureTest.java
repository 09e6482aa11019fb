package org.mpotr;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.ObjectInputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.Charset;
import java.security.KeyFactorySpi;
import java.security.KeyStoreSpi;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.Security;
import java.security.SignatureSpi;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.CipherSpi;
import javax.crypto.KeyAgreementSpi;
import javax.crypto.Mac;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The layers of the code are those of the protocol, and what is dangerous has one place. */
class ArchitectureTest {

  private static JavaClasses code;

  @BeforeAll
  static void read() {
    // By place and not by name: the folder of the build may have any.
    code =
        new ClassFileImporter()
            .importUrl(MpotrProvider.class.getProtectionDomain().getCodeSource().getLocation());
    assertTrue(code.size() > 50);
  }

  @Test
  void packagesDependOneWay() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("org.mpotr..")
        .layer("error")
        .definedBy("org.mpotr.error")
        .layer("wire")
        .definedBy("org.mpotr.wire")
        .layer("crypto")
        .definedBy("org.mpotr.crypto..")
        .layer("identity")
        .definedBy("org.mpotr.identity")
        .layer("epoch")
        .definedBy("org.mpotr.epoch")
        .layer("agreement")
        .definedBy("org.mpotr.agreement")
        .layer("framing")
        .definedBy("org.mpotr.framing")
        .layer("keystore")
        .definedBy("org.mpotr.keystore")
        .optionalLayer("session")
        .definedBy("org.mpotr.session..")
        .layer("provider")
        .definedBy("org.mpotr")
        .whereLayer("error")
        .mayNotAccessAnyLayer()
        .whereLayer("wire")
        .mayOnlyAccessLayers("error")
        .whereLayer("crypto")
        .mayOnlyAccessLayers("error", "wire")
        .whereLayer("identity")
        .mayOnlyAccessLayers("error", "wire", "crypto")
        .whereLayer("epoch")
        .mayOnlyAccessLayers("error", "wire", "crypto", "identity")
        .whereLayer("agreement")
        .mayOnlyAccessLayers("error", "wire", "crypto", "identity", "epoch")
        .whereLayer("framing")
        .mayOnlyAccessLayers("error", "wire", "crypto", "identity", "epoch")
        .whereLayer("keystore")
        .mayOnlyAccessLayers("error", "wire", "crypto", "identity", "epoch", "agreement")
        .whereLayer("session")
        .mayOnlyAccessLayers("error", "wire", "crypto", "identity", "epoch", "agreement", "framing")
        .whereLayer("provider")
        .mayNotBeAccessedByAnyLayer()
        .check(code);
  }

  @Test
  void onlyCryptoTouchesThePlatformsPrimitives() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.mpotr.crypto..")
        .should()
        .accessTargetWhere(
            targetOwner(assignableTo(Cipher.class))
                .or(targetOwner(assignableTo(Mac.class)))
                .or(
                    targetOwner(assignableTo(MessageDigest.class))
                        .and(target(name("getInstance")))))
        .check(code);
  }

  @Test
  void bouncyCastleStaysWhereItIsNamed() {
    noClasses()
        .that()
        .resideOutsideOfPackages("org.mpotr.crypto..", "org.mpotr.identity")
        .and()
        .doNotHaveFullyQualifiedName("org.mpotr.agreement.PreSharedKey")
        .and()
        // Its container is BouncyCastle's, and so are the classes that encode and encrypt it.
        .resideOutsideOfPackage("org.mpotr.keystore")
        .should()
        .dependOnClassesThat(resideInAPackage("org.bouncycastle.."))
        .check(code);
    // Its provider is neither needed nor made.
    noClasses()
        .should()
        .dependOnClassesThat(resideInAPackage("org.bouncycastle.jce.."))
        .orShould()
        .dependOnClassesThat(resideInAPackage("org.bouncycastle.jcajce.."))
        .check(code);
  }

  @Test
  void nothingGuessesSerializesOrPrints() {
    noClasses()
        .should()
        .callConstructorWhere(
            targetOwner(
                describe("java.util.Random itself", owner -> owner.isEquivalentTo(Random.class))))
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(ObjectInputStream.class)
        .orShould()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(Throwable.class, "printStackTrace")
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .check(code);
  }

  @Test
  void noTextDependsOnTheDefaultCharset() {
    noClasses()
        .should()
        .callMethod(String.class, "getBytes")
        .orShould()
        .callConstructor(String.class, byte[].class)
        .orShould()
        .callConstructor(InputStreamReader.class, InputStream.class)
        .orShould()
        .callConstructor(OutputStreamWriter.class, OutputStream.class)
        .orShould()
        .callMethod(Charset.class, "defaultCharset")
        .check(code);
  }

  @Test
  void nothingReordersTheProvidersButInstall() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("org.mpotr.MpotrProvider")
        .and()
        .doNotHaveFullyQualifiedName("org.mpotr.P256Provider")
        .should()
        .callMethod(Security.class, "addProvider", Provider.class)
        .orShould()
        .callMethod(Security.class, "insertProviderAt", Provider.class, int.class)
        .orShould()
        .callMethod(Security.class, "removeProvider", String.class)
        .check(code);
  }

  @Test
  void servicesAreNotSeen() {
    classes()
        .that()
        .haveSimpleNameEndingWith("Spi")
        .or()
        .areAssignableTo(CipherSpi.class)
        .or()
        .areAssignableTo(KeyAgreementSpi.class)
        .or()
        .areAssignableTo(SignatureSpi.class)
        .or()
        .areAssignableTo(KeyFactorySpi.class)
        .or()
        .areAssignableTo(KeyStoreSpi.class)
        .should()
        .bePackagePrivate()
        .check(code);
  }
}
