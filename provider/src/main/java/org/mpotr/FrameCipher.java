package org.mpotr;

import java.security.AlgorithmParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.InvalidParameterSpecException;
import java.util.Arrays;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.CipherSpi;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.NoSuchPaddingException;
import javax.crypto.ShortBufferException;
import org.mpotr.epoch.GroupKey;
import org.mpotr.framing.FrameOpener;
import org.mpotr.framing.FrameParameterSpec;
import org.mpotr.framing.FrameSealer;
import org.mpotr.wire.Message;

/**
 * {@code Cipher} "mpOTR" (PROTOCOL.md, section 6.6): content in, a whole frame out, and back.
 * Everything is released by {@code doFinal}; {@code update} only gathers, up to the largest
 * message. A frame wants an {@code init} of its own.
 */
final class FrameCipher extends CipherSpi {

  private static final byte[] NOTHING = new byte[0];

  private final Provider provider;
  private final Gathered gathered = new Gathered(Message.MAX_BYTES);

  private int mode;
  private GroupKey groupKey;
  private FrameParameterSpec toSeal;
  private FrameParameterSpec last;
  private SecureRandom random;
  private FrameSealer sealer;
  private FrameOpener opener;

  FrameCipher(Provider provider) {
    this.provider = provider;
  }

  @Override
  protected void engineSetMode(String name) throws NoSuchAlgorithmException {
    throw new NoSuchAlgorithmException("Cipher mpOTR has no modes");
  }

  @Override
  protected void engineSetPadding(String name) throws NoSuchPaddingException {
    throw new NoSuchPaddingException("the padding of mpOTR is a parameter of the epoch");
  }

  @Override
  protected int engineGetBlockSize() {
    return 0;
  }

  @Override
  protected int engineGetOutputSize(int inputLength) {
    long length = (long) gathered.length() + inputLength;
    if (mode != Cipher.ENCRYPT_MODE || toSeal == null || length > Message.MAX_BYTES) {
      return (int) Math.min(length, Message.MAX_BYTES);
    }
    return sealer.frameLength(toSeal, (int) length);
  }

  /** Null: the IV is drawn for each frame, is part of it, and is never the caller's. */
  @Override
  protected byte[] engineGetIV() {
    return null;
  }

  @Override
  protected AlgorithmParameters engineGetParameters() {
    FrameParameterSpec spec = last == null ? toSeal : last;
    if (spec == null) {
      return null;
    }
    AlgorithmParameters parameters = new FrameParameters(provider);
    try {
      parameters.init(spec);
    } catch (InvalidParameterSpecException e) {
      throw new IllegalStateException(e);
    }
    return parameters;
  }

  private static final class FrameParameters extends AlgorithmParameters {
    FrameParameters(Provider provider) {
      super(new MpotrAlgorithmParameters(), provider, MpotrProvider.NAME);
    }
  }

  @Override
  protected void engineInit(int newMode, Key key, SecureRandom source) throws InvalidKeyException {
    if (newMode != Cipher.DECRYPT_MODE) {
      throw new InvalidKeyException("a frame is made with a FrameParameterSpec");
    }
    begin(newMode, key, null, source);
  }

  @Override
  protected void engineInit(
      int newMode, Key key, AlgorithmParameterSpec params, SecureRandom source)
      throws InvalidKeyException, InvalidAlgorithmParameterException {
    if (newMode == Cipher.DECRYPT_MODE && params == null) {
      begin(newMode, key, null, source);
      return;
    }
    if (newMode != Cipher.ENCRYPT_MODE || !(params instanceof FrameParameterSpec spec)) {
      throw new InvalidAlgorithmParameterException(
          "a frame is made with a FrameParameterSpec, and opened with no parameters");
    }
    begin(newMode, key, spec, source);
  }

  @Override
  protected void engineInit(int newMode, Key key, AlgorithmParameters params, SecureRandom source)
      throws InvalidKeyException, InvalidAlgorithmParameterException {
    try {
      FrameParameterSpec spec =
          params == null ? null : params.getParameterSpec(FrameParameterSpec.class);
      engineInit(newMode, key, spec, source);
    } catch (InvalidParameterSpecException e) {
      throw new InvalidAlgorithmParameterException(e.getMessage(), e);
    }
  }

  private void begin(int newMode, Key key, FrameParameterSpec spec, SecureRandom source)
      throws InvalidKeyException {
    if (!(key instanceof GroupKey group)) {
      throw new InvalidKeyException("Cipher mpOTR takes a GroupKey");
    }
    if (group != groupKey || group.isDestroyed()) {
      forgetKeys();
    }
    if (group.isDestroyed()) {
      throw new InvalidKeyException("the keys of this epoch have been erased");
    }
    groupKey = group;
    mode = newMode;
    toSeal = spec;
    last = null;
    random = source == null ? new SecureRandom() : source;
    gathered.clear();
    // Kept from frame to frame of an epoch: deriving a sender's keys costs more than using them
    // once.
    if (newMode == Cipher.ENCRYPT_MODE && sealer == null) {
      sealer = new FrameSealer(group);
    } else if (newMode == Cipher.DECRYPT_MODE && opener == null) {
      opener = new FrameOpener(group);
    }
  }

  private void forgetKeys() {
    if (sealer != null) {
      sealer.destroy();
      sealer = null;
    }
    if (opener != null) {
      opener.destroy();
      opener = null;
    }
  }

  @Override
  protected byte[] engineUpdate(byte[] input, int offset, int length) {
    requireReady();
    gathered.add(input, offset, length);
    return NOTHING;
  }

  @Override
  protected int engineUpdate(
      byte[] input, int offset, int length, byte[] output, int outputOffset) {
    engineUpdate(input, offset, length);
    return 0;
  }

  @Override
  protected byte[] engineDoFinal(byte[] input, int offset, int length)
      throws IllegalBlockSizeException, BadPaddingException {
    requireReady();
    boolean isWhole = gathered.length() == 0;
    if (!isWhole) {
      gathered.add(input, offset, length);
    }
    try {
      return isWhole
          ? process(input, offset, length)
          : process(gathered.bytes(), 0, gathered.length());
    } finally {
      gathered.clear();
    }
  }

  private byte[] process(byte[] input, int offset, int length)
      throws IllegalBlockSizeException, BadPaddingException {
    if (mode == Cipher.ENCRYPT_MODE) {
      // The platform passes null for no input.
      byte[] content = input == null ? NOTHING : input;
      FrameSealer.Sealed sealed = sealer.seal(toSeal, content, offset, length, random);
      toSeal = null;
      last = sealed.spec();
      return sealed.frame();
    }
    last = null;
    boolean isWholeArray = offset == 0 && input != null && length == input.length;
    FrameOpener.Opened opened = opener.open(isWholeArray ? input : copy(input, offset, length));
    last = opened.spec();
    return opened.content();
  }

  private static byte[] copy(byte[] input, int offset, int length) {
    return input == null ? NOTHING : Arrays.copyOfRange(input, offset, offset + length);
  }

  @Override
  protected int engineDoFinal(byte[] input, int offset, int length, byte[] output, int outputOffset)
      throws ShortBufferException, IllegalBlockSizeException, BadPaddingException {
    requireReady();
    if (output.length - outputOffset < engineGetOutputSize(length)) {
      throw new ShortBufferException("the output needs " + engineGetOutputSize(length) + " bytes");
    }
    byte[] result = engineDoFinal(input, offset, length);
    System.arraycopy(result, 0, output, outputOffset, result.length);
    if (mode == Cipher.DECRYPT_MODE) {
      Arrays.fill(result, (byte) 0);
    }
    return result.length;
  }

  private void requireReady() {
    if (mode == Cipher.ENCRYPT_MODE && toSeal == null) {
      throw new IllegalStateException("each frame needs an init of its own");
    }
  }
}
