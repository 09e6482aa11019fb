package org.mpotr.crypto;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.KeyPair;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mpotr.identity.IdentityKeys;

/** What is said where BouncyCastle's libraries are not what they should be. */
class BouncyCastleTest {

  /** The whole class path once more, without the classes of a prefix, and maybe their files. */
  private static final class Without extends URLClassLoader {

    private final String prefix;
    private final boolean filesToo;

    Without(String prefix, boolean filesToo) throws IOException {
      super(classPath(), ClassLoader.getPlatformClassLoader());
      this.prefix = prefix;
      this.filesToo = filesToo;
    }

    private static URL[] classPath() throws IOException {
      List<URL> entries = new ArrayList<>();
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
        entries.add(new File(entry).toURI().toURL());
      }
      return entries.toArray(URL[]::new);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.startsWith(prefix)) {
        throw new ClassNotFoundException(name);
      }
      return super.findClass(name);
    }

    @Override
    public Enumeration<URL> findResources(String name) throws IOException {
      return filesToo && name.startsWith(prefix.replace('.', '/'))
          ? Collections.emptyEnumeration()
          : super.findResources(name);
    }

    /** Calls a public static method, or one of the constants of an enum if there is one. */
    Object call(String owner, String constant, String method, Class<?>[] types, Object... given)
        throws Throwable {
      try {
        Class<?> loaded = loadClass(owner);
        Object target = constant == null ? null : loaded.getField(constant).get(null);
        return loaded.getMethod(method, types).invoke(target, given);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }

    String refusal(BouncyCastle library) {
      return assertThrows(
              ProviderException.class,
              () ->
                  call(BouncyCastle.class.getName(), library.name(), "require", new Class<?>[] {}))
          .getMessage();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatTheTestsRunWithServes(BouncyCastle library) {
    assertDoesNotThrow(library::require);
  }

  @ParameterizedTest
  @EnumSource
  void anAbsentLibraryIsNamed(BouncyCastle library) throws IOException {
    try (Without loader = new Without("org.bouncycastle.", true)) {
      String expected =
          "mpOTR needs BouncyCastle's "
              + library.name().toLowerCase(Locale.ROOT)
              + "-jdk18on 1.84 or newer for this, and finds none";
      assertEquals(expected, loader.refusal(library));
      assertEquals(expected, loader.refusal(library), "it stands");
    }
  }

  @Test
  void anotherVersionIsNamedByItsJar() throws IOException {
    // Its file is there, but the class has not what is needed: here, nothing.
    try (Without loader = new Without("org.bouncycastle.asn1.ASN1Integer", false)) {
      String said = loader.refusal(BouncyCastle.BCPROV);
      assertTrue(said.matches(".*, and finds bcprov-jdk18on-[0-9.]+\\.jar"), said);
    }
  }

  @Test
  void certificatesAreRefusedInASentence() throws Throwable {
    KeyPair identity = IdentityKeys.generate(new SecureRandom());
    Class<?>[] types = {
      KeyPair.class, String.class, Instant.class, Instant.class, SecureRandom.class
    };
    try (Without loader = new Without("org.bouncycastle.", true)) {
      ProviderException refusal =
          assertThrows(
              ProviderException.class,
              () ->
                  loader.call(
                      "org.mpotr.identity.IdentityCertificates",
                      null,
                      "selfSigned",
                      types,
                      identity,
                      "alice",
                      Instant.EPOCH,
                      Instant.EPOCH.plusSeconds(1),
                      new SecureRandom()));
      assertTrue(refusal.getMessage().contains("bcprov-jdk18on"), refusal.getMessage());
      assertInstanceOf(LinkageError.class, refusal.getCause().getCause());
    }
  }

  @Test
  void storesAreRefusedInASentence() throws Throwable {
    Class<?>[] types = {InputStream.class, char[].class};
    try (Without loader = new Without("org.bouncycastle.", true)) {
      assertThrows(
          ProviderException.class,
          () ->
              loader.call(
                  "org.mpotr.keystore.IdentityStore",
                  null,
                  "read",
                  types,
                  new ByteArrayInputStream(new byte[100]),
                  "correct horse".toCharArray()));
    }
  }
}
