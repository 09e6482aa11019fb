package org.mpotr.keystore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mpotr.keystore.TestStores.PASSWORD;

import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mpotr.keystore.StoreException.Reason;
import org.mpotr.keystore.TestStores.Own;

/** Every flipped bit and every missing end of a store is seen, and said to be what it is. */
class StoreDamageTest {

  private static byte[] whole;

  @BeforeAll
  static void write() throws Exception {
    whole = TestStores.small(Own.named("Alice"), Own.named("Bob")).write(PASSWORD);
  }

  private static Reason reason(byte[] damaged) {
    return assertThrows(StoreException.class, () -> TestStores.read(damaged, PASSWORD)).reason();
  }

  private static byte[] flipped(int position, int bit) {
    byte[] damaged = whole.clone();
    damaged[position] ^= (byte) (1 << bit);
    return damaged;
  }

  /** With the digest of what is there now, as an attacker would write it. */
  private static byte[] withDigest(byte[] content) throws StoreException {
    return Container.wrap(content);
  }

  @Test
  void everyFlippedBitOfTheHeader() {
    for (int position = 0; position < Container.HEADER_BYTES; position++) {
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        Reason reason = reason(flipped(position, bit));
        if (position < 8) {
          assertEquals(Reason.NOT_A_STORE, reason);
        } else if (position == 8) {
          assertEquals(Reason.UNSUPPORTED_VERSION, reason);
        } else if (position < 13) {
          assertTrue(Set.of(Reason.TRUNCATED, Reason.CORRUPT).contains(reason));
        } else {
          assertEquals(Reason.CORRUPT, reason);
        }
      }
    }
  }

  @Test
  void everyFlippedBitOfTheRest() {
    for (int position = Container.HEADER_BYTES; position < whole.length; position++) {
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        assertEquals(Reason.CORRUPT, reason(flipped(position, bit)));
      }
    }
  }

  @Test
  void everyTruncation() {
    for (int length = 0; length < whole.length; length++) {
      assertEquals(Reason.TRUNCATED, reason(Arrays.copyOf(whole, length)));
    }
    assertEquals(Reason.CORRUPT, reason(Arrays.copyOf(whole, whole.length + 1)));
  }

  @Test
  void flippedBitsUnderARecomputedDigest() throws Exception {
    Set<Reason> seen = EnumSet.noneOf(Reason.class);
    byte[] content = Arrays.copyOfRange(whole, Container.HEADER_BYTES, whole.length);
    // Where the structure is, at the front and at the end, closer than where the ciphertext is.
    for (int position = 0; position < content.length; ) {
      byte[] damaged = content.clone();
      damaged[position] ^= (byte) (1 << (position % Byte.SIZE));
      seen.add(reason(withDigest(damaged)));
      boolean structured = position < 200 || position > content.length - 260;
      position += structured ? 3 : 101;
    }
    assertEquals(
        EnumSet.of(Reason.CORRUPT, Reason.WRONG_PASSWORD), without(seen, Reason.TOO_COSTLY));
  }

  private static Set<Reason> without(Set<Reason> seen, Reason one) {
    Set<Reason> rest = EnumSet.copyOf(seen);
    rest.remove(one);
    return rest;
  }

  @Test
  void truncationsUnderARecomputedDigest() throws Exception {
    byte[] content = Arrays.copyOfRange(whole, Container.HEADER_BYTES, whole.length);
    for (int length = 0; length < content.length; length++) {
      assertEquals(Reason.CORRUPT, reason(withDigest(Arrays.copyOf(content, length))));
    }
    assertEquals(Reason.CORRUPT, reason(withDigest(Arrays.copyOf(content, content.length + 1))));
  }

  @Test
  void deepNestingIsRefused() throws Exception {
    byte[] nested = new byte[1 << 20];
    for (int i = 0; i + 1 < nested.length; i += 2) {
      nested[i] = 0x30;
      nested[i + 1] = (byte) 0x80;
    }
    assertEquals(Reason.CORRUPT, reason(withDigest(nested)));
  }

  @Test
  void whatWouldTakeTooMuchIsRefusedBeforeItIsDone() throws Exception {
    byte[] content = Arrays.copyOfRange(whole, Container.HEADER_BYTES, whole.length);
    ASN1Integer cheap = new ASN1Integer(1 << 14);
    int replaced = 0;
    for (int exponent : new int[] {21, 30, 62}) {
      ASN1Integer costly = new ASN1Integer(1L << exponent);
      for (int which = 0; which < 2; which++) {
        int[] count = {which};
        ASN1Primitive altered = replace(ASN1Primitive.fromByteArray(content), cheap, costly, count);
        byte[] store = withDigest(altered.getEncoded(ASN1Encoding.DER));
        assertEquals(Reason.TOO_COSTLY, reason(store));
        replaced++;
      }
    }
    assertEquals(6, replaced);
    for (long weak : new long[] {0, 1, 2, 1 << 13, (1 << 14) + 1, -1}) {
      int[] count = {1};
      ASN1Primitive altered =
          replace(ASN1Primitive.fromByteArray(content), cheap, new ASN1Integer(weak), count);
      assertEquals(Reason.CORRUPT, reason(withDigest(altered.getEncoded(ASN1Encoding.DER))));
    }
  }

  /** The same structure with one number, the {@code count}-th of its value, replaced. */
  private static ASN1Primitive replace(
      ASN1Primitive in, ASN1Integer from, ASN1Integer to, int[] count) {
    if (in instanceof ASN1Sequence sequence) {
      ASN1Encodable[] parts = new ASN1Encodable[sequence.size()];
      for (int i = 0; i < parts.length; i++) {
        parts[i] = replace(sequence.getObjectAt(i).toASN1Primitive(), from, to, count);
      }
      return new DERSequence(parts);
    }
    return in.equals(from) && count[0]-- == 0 ? to : in;
  }

  @Test
  void aStoreHasABound() throws Exception {
    StoreException refused =
        assertThrows(StoreException.class, () -> Container.wrap(new byte[(64 << 20) + 1]));
    assertEquals(Reason.TOO_LARGE, refused.reason());
    byte[] endless = Arrays.copyOf(whole, IdentityStore.MAX_BYTES + 1);
    assertEquals(Reason.TOO_LARGE, reason(endless));
  }

  @Test
  void onlyTheWholeMagicOfThisVersionIsAStore() throws Exception {
    for (int position = 0; position < 9; position++) {
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        assertEquals(
            false, IdentityStore.isStore(new ByteArrayInputStream(flipped(position, bit))));
      }
      assertEquals(
          false, IdentityStore.isStore(new ByteArrayInputStream(Arrays.copyOf(whole, position))));
    }
    assertTrue(IdentityStore.isStore(new ByteArrayInputStream(whole)));
  }
}
