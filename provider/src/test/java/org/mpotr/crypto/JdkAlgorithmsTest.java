package org.mpotr.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.MessageDigestSpi;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import org.junit.jupiter.api.Test;

/** Which provider the hot path runs on, and what is said when none serves. */
class JdkAlgorithmsTest {

  @Test
  void aProviderInFirstPositionDoesNotTakeTheHotPath() throws Exception {
    byte[] before = Sha512.hash(new byte[3]);
    Provider first = new SlowProvider();
    Security.insertProviderAt(first, 1);
    try {
      assertEquals(first, MessageDigest.getInstance("SHA-512").getProvider(), "the default moved");
      assertEquals("SUN", JdkAlgorithms.sha512().getProvider().getName());
      assertEquals("SunJCE", JdkAlgorithms.hmacSha512().getProvider().getName());
      assertEquals("SunJCE", JdkAlgorithms.aesCtr().getProvider().getName());
      assertArrayEquals(before, Sha512.hash(new byte[3]));
    } finally {
      Security.removeProvider(first.getName());
    }
  }

  @Test
  void anyProviderServesWhereTheJdksOwnIsAbsentOrLacksIt() {
    String answer = JdkAlgorithms.find("X", null, provider -> "any " + provider);
    assertEquals("any null", answer);
    MessageDigest digest =
        JdkAlgorithms.find(
            "SHA-512",
            new EmptyProvider(),
            own ->
                own == null
                    ? MessageDigest.getInstance("SHA-512")
                    : MessageDigest.getInstance("SHA-512", own));
    assertEquals("SUN", digest.getProvider().getName());
  }

  @Test
  void aMissingAlgorithmIsNamed() {
    ProviderException refusal =
        assertThrows(
            ProviderException.class,
            () ->
                JdkAlgorithms.find(
                    "SHA-513",
                    new EmptyProvider(),
                    own ->
                        own == null
                            ? MessageDigest.getInstance("SHA-513")
                            : MessageDigest.getInstance("SHA-513", own)));
    assertTrue(refusal.getMessage().contains("SHA-513"), refusal.getMessage());
    assertEquals(1, refusal.getCause().getSuppressed().length);
  }

  private static final class EmptyProvider extends Provider {
    EmptyProvider() {
      super("EmptyForTest", "1", "offers nothing");
    }
  }

  private static final class SlowProvider extends Provider {
    SlowProvider() {
      super("SlowForTest", "1", "offers a SHA-512 that fails");
      putService(
          new Service(this, "MessageDigest", "SHA-512", FailingDigest.class.getName(), null, null) {
            @Override
            public Object newInstance(Object parameter) {
              return new FailingDigest();
            }
          });
    }
  }

  /** A digest that must not be met. */
  public static final class FailingDigest extends MessageDigestSpi {
    @Override
    protected void engineUpdate(byte input) {
      throw new IllegalStateException("the slow provider was used");
    }

    @Override
    protected void engineUpdate(byte[] input, int offset, int length) {
      throw new IllegalStateException("the slow provider was used");
    }

    @Override
    protected byte[] engineDigest() {
      throw new IllegalStateException("the slow provider was used");
    }

    @Override
    protected int engineDigest(byte[] buffer, int offset, int length) throws DigestException {
      throw new DigestException("the slow provider was used");
    }

    @Override
    protected void engineReset() {
      // Nothing is kept.
    }
  }
}
