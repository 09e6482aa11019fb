package org.mpotr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.InvalidKeySpecException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mpotr.TestGroup.Outcome;
import org.mpotr.agreement.MessageKeySpec;
import org.mpotr.agreement.RoundKey;
import org.mpotr.epoch.AuthenticationMode;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.GroupKey;
import org.mpotr.epoch.Padding;
import org.mpotr.epoch.PreSharedKeyScheme;
import org.mpotr.framing.FrameKind;
import org.mpotr.framing.FrameParameterSpec;
import org.mpotr.framing.FrameRefusedException;
import org.mpotr.wire.Armour;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Message;
import org.mpotr.wire.WireException;

/**
 * Bytes that are not what they should be are refused by the documented checked exception, and by no
 * other: cut off at every length, with bytes behind them, with any bit flipped, and random ones.
 */
class MalformedInputTest {

  private static final int RANDOM_INPUTS = 600;

  /** Something that reads bytes and gives its own encoding of what it read. */
  @FunctionalInterface
  private interface Reader {
    byte[] read(byte[] input) throws Exception;
  }

  /** What is read, by whom, and the one exception that refuses it. */
  private record Format(
      String name, byte[] valid, Reader reader, Class<? extends Exception> refusal) {

    /** Whether the input is read as another value than any other bytes are. */
    boolean accepts(byte[] input, String what) throws Exception {
      try {
        assertArrayEquals(input, reader.read(input), name + " has two encodings: " + what);
        return true;
      } catch (Exception e) {
        assertSame(refusal, e.getClass(), () -> name + ", " + what + ": " + e);
        return false;
      }
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static List<Format> formats;

  @BeforeAll
  static void collect() throws Exception {
    formats = new ArrayList<>();
    for (AuthenticationMode mode : AuthenticationMode.values()) {
      EpochParameters parameters = EpochParameters.of("#tea").withAuthentication(mode);
      Outcome outcome = TestGroup.of("formats", parameters, 3).run();
      for (Round round : Round.values()) {
        message(round + " " + mode, outcome.sent(round, 0).getEncoded());
      }
      if (mode == AuthenticationMode.TRIPLE_DH) {
        byte[] frame = TestFrames.seal(outcome.key(0), 3, "tea at five?");
        message("frame", frame);
        formats.add(openedFrame(outcome.key(1), frame));
      }
    }
    PreSharedKeyScheme.Kind kind = PreSharedKeyScheme.Kind.PASSPHRASE;
    EpochParameters parameters =
        EpochParameters.of("#t\u00e9a")
            .next(Bytes.of(new byte[32]))
            .withPreSharedKey(new PreSharedKeyScheme(kind, Bytes.of(new byte[16]), 14, 8, 1))
            .withPadding(Padding.PADME);
    formats.add(
        new Format(
            "parameters of an epoch",
            parameters.encoded().toArray(),
            input -> EpochParameters.decode(input).encoded().toArray(),
            WireException.class));
    FrameParameterSpec frame =
        FrameParameterSpec.of(
            FrameKind.application(3),
            5,
            List.of(Bytes.of(new byte[32]), Bytes.leading(parameters.encoded().toArray(), 32)));
    formats.add(
        new Format(
            "parameters of a frame",
            frame.encoded().toArray(),
            input -> FrameParameterSpec.decode(input).encoded().toArray(),
            WireException.class));
    formats.add(algorithmParameters("AlgorithmParameters of an epoch", parameters));
    formats.add(algorithmParameters("AlgorithmParameters of a frame", frame));
    formats.add(armour(parameters.encoded().toArray()));
  }

  static List<Format> formats() {
    return formats;
  }

  /** The ways in which a message comes in. */
  private static void message(String name, byte[] valid) throws Exception {
    formats.add(
        new Format(
            name, valid, input -> Message.decode(input).encoded().toArray(), WireException.class));
    if (name.endsWith(AuthenticationMode.SIGNATURE.name())) {
      return;
    }
    KeyFactory factory = KeyFactory.getInstance("mpOTR", MpotrProvider.instance());
    formats.add(
        new Format(
            name + " by KeyFactory",
            valid,
            input -> factory.generatePublic(new MessageKeySpec(input)).getEncoded(),
            InvalidKeySpecException.class));
    formats.add(
        new Format(
            name + " translated",
            valid,
            input -> factory.translateKey(new ForeignKey(input)).getEncoded(),
            InvalidKeyException.class));
    formats.add(
        new Format(
            name + " in a round",
            valid,
            input ->
                RoundKey.of(List.of(new ForeignKey(input))).messages().get(0).encoded().toArray(),
            InvalidKeyException.class));
  }

  /** A message as a key of somebody else's making. */
  private record ForeignKey(byte[] encoded) implements PublicKey {
    @Override
    public String getAlgorithm() {
      return "mpOTR";
    }

    @Override
    public String getFormat() {
      return "mpOTR1";
    }

    @Override
    public byte[] getEncoded() {
      return encoded;
    }
  }

  private static Format openedFrame(GroupKey key, byte[] frame) throws Exception {
    Cipher cipher = TestFrames.opening(key);
    return new Format(
        "frame by Cipher",
        frame,
        input -> {
          cipher.doFinal(input);
          return input;
        },
        FrameRefusedException.class);
  }

  private static Format algorithmParameters(String name, AlgorithmParameterSpec spec)
      throws Exception {
    AlgorithmParameters valid = parameters();
    valid.init(spec);
    return new Format(
        name,
        valid.getEncoded(),
        input -> {
          AlgorithmParameters read = parameters();
          read.init(input);
          return read.getEncoded();
        },
        IOException.class);
  }

  private static AlgorithmParameters parameters() throws Exception {
    return AlgorithmParameters.getInstance("mpOTR", MpotrProvider.instance());
  }

  private static Format armour(byte[] message) {
    return new Format(
        "armour",
        Armour.encode(message).getBytes(StandardCharsets.ISO_8859_1),
        input ->
            Armour.encode(Armour.decode(new String(input, StandardCharsets.ISO_8859_1)))
                .getBytes(StandardCharsets.ISO_8859_1),
        WireException.class);
  }

  @ParameterizedTest
  @MethodSource("formats")
  void cutOffAnywhere(Format format) throws Exception {
    format.accepts(format.valid(), "whole");
    for (int length = 0; length < format.valid().length; length++) {
      byte[] cut = Arrays.copyOf(format.valid(), length);
      // A frame is as long as it is; only its tag can tell.
      assertFalse(
          format.accepts(cut, length + " bytes") && !format.name().startsWith("frame"),
          format + " of " + length + " bytes");
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void bytesBehind(Format format) throws Exception {
    for (int extra : new int[] {1, 2, 64, Message.MAX_BYTES}) {
      byte[] longer = Arrays.copyOf(format.valid(), format.valid().length + extra);
      boolean isUnopenedFrame =
          format.name().startsWith("frame") && !format.name().endsWith("Cipher");
      boolean accepted = format.accepts(longer, extra + " bytes more");
      assertFalse(accepted && !(isUnopenedFrame && extra < Message.MAX_BYTES), format.name());
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void anyBitFlipped(Format format) throws Exception {
    for (int bit = 0; bit < 8 * format.valid().length; bit++) {
      boolean accepted = format.accepts(Tampering.flip(format.valid(), bit), "bit " + bit);
      assertFalse(accepted && format.name().endsWith("Cipher"), format + ", bit " + bit);
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void randomBytes(Format format) throws Exception {
    SecureRandom random = new SeededRandom("random " + format);
    for (int i = 0; i < RANDOM_INPUTS; i++) {
      byte[] input = new byte[random.nextInt(2 * format.valid().length)];
      random.nextBytes(input);
      // What all such bytes start with, so that the reader gets beyond it.
      int kept = Math.min(input.length, random.nextInt(format.valid().length));
      System.arraycopy(format.valid(), 0, input, 0, i % 2 == 0 ? 0 : kept);
      boolean accepted = format.accepts(input, "random " + i);
      assertFalse(accepted && format.name().endsWith("Cipher"), format + ", random " + i);
    }
  }

  @Test
  void whatIsNoMessageAtAllIsNoKey() {
    Key none = new ForeignKey(null);
    assertThrows(InvalidKeyException.class, () -> RoundKey.of(List.of(none)));
    assertThrows(
        InvalidKeyException.class,
        () -> RoundKey.of(List.of(TestGroup.identity("none", 0).getPublic())));
    assertThrows(InvalidKeyException.class, () -> RoundKey.of(Arrays.asList(new Key[] {null})));
  }
}
