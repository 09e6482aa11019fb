package org.mpotr;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import org.mpotr.crypto.AesCtr;
import org.mpotr.crypto.HmacSha512;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.SecretAccess;
import org.mpotr.crypto.SecretScalar;
import org.mpotr.crypto.Sha512;
import org.mpotr.epoch.GroupKey;
import org.mpotr.epoch.SenderKeys;
import org.mpotr.framing.FrameParameterSpec;
import org.mpotr.wire.Frame;
import org.mpotr.wire.Keys;
import org.mpotr.wire.WireWriter;

/** Frames as members make and open them, and as insiders forge them with the keys they have. */
public final class TestFrames {

  private TestFrames() {}

  /** A frame of text. */
  public static byte[] seal(GroupKey key, long seq, String text) throws GeneralSecurityException {
    return seal(key, seq, text, new SecureRandom());
  }

  /** A frame of text with the randomness of a given source. */
  public static byte[] seal(GroupKey key, long seq, String text, SecureRandom random)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("mpOTR", MpotrProvider.instance());
    cipher.init(Cipher.ENCRYPT_MODE, key, FrameParameterSpec.text(seq), random);
    return cipher.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The text of a frame. */
  public static String open(GroupKey key, byte[] frame) throws GeneralSecurityException {
    return new String(opening(key).doFinal(frame), StandardCharsets.UTF_8);
  }

  /** What a frame says of itself. */
  public static FrameParameterSpec parameters(GroupKey key, byte[] frame)
      throws GeneralSecurityException {
    Cipher cipher = opening(key);
    cipher.doFinal(frame);
    return cipher.getParameters().getParameterSpec(FrameParameterSpec.class);
  }

  /** A cipher that opens frames. */
  public static Cipher opening(GroupKey key) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("mpOTR", MpotrProvider.instance());
    cipher.init(Cipher.DECRYPT_MODE, key);
    return cipher;
  }

  /** The encrypted part of a frame. */
  public static byte[] ciphertext(byte[] frame) {
    return Arrays.copyOfRange(frame, Frame.CIPHERTEXT_OFFSET, signatureOffset(frame));
  }

  /** The IV of a frame. */
  public static byte[] iv(byte[] frame) {
    return Arrays.copyOfRange(frame, Frame.HEADER_BYTES, Frame.CIPHERTEXT_OFFSET);
  }

  /** The signature of a frame. */
  public static byte[] signature(byte[] frame) {
    return Arrays.copyOfRange(frame, signatureOffset(frame), frame.length - Frame.TAG_BYTES);
  }

  /** Where the signature begins. */
  public static int signatureOffset(byte[] frame) {
    return frame.length - Frame.TAG_BYTES - P256.SIGNATURE_BYTES;
  }

  /** A frame of any inner bytes in the name of a sender, signed by whoever has this key. */
  public static byte[] forge(GroupKey signer, int sender, byte[] inner) {
    byte[] iv = new byte[Frame.IV_BYTES];
    byte[] ciphertext;
    try (SenderKeys keys = senderKeys(signer, sender);
        AesCtr cipher = new AesCtr(keys.cipherKey())) {
      ciphertext = cipher.process(iv, inner);
    }
    byte[] header = Frame.header(signer.sid(), sender);
    byte[] body = new WireWriter().opaque(header).opaque(iv).opaque(ciphertext).finish();
    SecretScalar e = signer.secrets(SecretAccess.GRANTED).signatureScalar();
    byte[] signature = P256.engine().sign(e, digest(signer, body), new byte[P256.HEDGE_BYTES]);
    return tagged(signer, sender, body, signature);
  }

  /** A second signature of a frame by its own sender. */
  public static byte[] signAnew(GroupKey sender, byte[] frame) {
    byte[] body = Arrays.copyOf(frame, signatureOffset(frame));
    SecretScalar e = sender.secrets(SecretAccess.GRANTED).signatureScalar();
    return P256.engine().sign(e, digest(sender, body), new byte[P256.HEDGE_BYTES]);
  }

  /**
   * A frame of any inner bytes by a member who has published its keys, as any other can make it.
   */
  public static byte[] forge(GroupKey insider, Keys published, byte[] inner) {
    int sender =
        insider.roster().members().stream()
            .filter(member -> member.id().equals(published.member()))
            .findAny()
            .orElseThrow()
            .index();
    byte[] unsigned = forge(insider, sender, inner);
    byte[] body = Arrays.copyOf(unsigned, signatureOffset(unsigned));
    try (SecretScalar e = SecretScalar.of(published.signatureScalar().toArray())) {
      byte[] signature = P256.engine().sign(e, digest(insider, body), new byte[P256.HEDGE_BYTES]);
      return tagged(insider, sender, body, signature);
    }
  }

  /** A frame with another signature and a tag that holds, which any member can make. */
  public static byte[] withSignature(GroupKey insider, byte[] frame, byte[] signature) {
    byte[] body = Arrays.copyOf(frame, signatureOffset(frame));
    int sender = (frame[10] & 0xff) << 8 | frame[11] & 0xff;
    return tagged(insider, sender, body, signature);
  }

  private static byte[] tagged(GroupKey insider, int sender, byte[] body, byte[] signature) {
    byte[] input =
        WireWriter.labelled("frame tag", insider.sid())
            .opaque(digest(insider, body))
            .opaque(signature)
            .finish();
    try (SenderKeys keys = senderKeys(insider, sender);
        HmacSha512 mac = new HmacSha512(keys.macKey())) {
      byte[] tag = Arrays.copyOf(mac.mac(input), Frame.TAG_BYTES);
      return new WireWriter().opaque(body).opaque(signature).opaque(tag).finish();
    }
  }

  private static byte[] digest(GroupKey key, byte[] body) {
    return Sha512.hash(WireWriter.labelled("frame", key.sid()).opaque(body).finish());
  }

  private static SenderKeys senderKeys(GroupKey key, int sender) {
    return key.secrets(SecretAccess.GRANTED).senderKeys(key.roster().get(sender).id());
  }
}
