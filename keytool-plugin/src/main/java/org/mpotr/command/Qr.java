package org.mpotr.command;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.EncodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** QR codes (ISO/IEC 18004): in a terminal, as a picture, and read from one. */
final class Qr {

  private static final int QUIET = 4;
  private static final int SCALE = 8;
  private static final int MAX_SIDE = 8_192;

  private Qr() {}

  private static BitMatrix encode(String text) {
    try {
      return new QRCodeWriter()
          .encode(
              text,
              BarcodeFormat.QR_CODE,
              0,
              0,
              Map.of(
                  EncodeHintType.ERROR_CORRECTION,
                  ErrorCorrectionLevel.L,
                  EncodeHintType.MARGIN,
                  QUIET));
    } catch (WriterException e) {
      throw new IllegalStateException("a fingerprint fits into a QR code", e);
    }
  }

  /**
   * The code in half blocks, two rows to a line: light is what is drawn, as terminals are dark; the
   * margin is drawn too, so that it is read on any.
   */
  static List<String> lines(String text) {
    BitMatrix code = encode(text);
    List<String> lines = new ArrayList<>();
    for (int y = 0; y < code.getHeight(); y += 2) {
      StringBuilder line = new StringBuilder();
      for (int x = 0; x < code.getWidth(); x++) {
        boolean upper = !code.get(x, y);
        boolean lower = y + 1 >= code.getHeight() || !code.get(x, y + 1);
        line.append(upper ? lower ? '█' : '▀' : lower ? '▄' : ' ');
      }
      lines.add(line.toString());
    }
    return lines;
  }

  /** The code as a picture in PNG. */
  static byte[] png(String text) {
    BitMatrix code = encode(text);
    int side = code.getWidth() * SCALE;
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_BINARY);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        image.setRGB(x, y, code.get(x / SCALE, y / SCALE) ? 0x000000 : 0xffffff);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return out.toByteArray();
  }

  /** What a QR code in a picture says. Its size is looked at before it is decoded. */
  static String read(Path picture) throws IOException {
    BufferedImage image = load(picture);
    int width = image.getWidth();
    int height = image.getHeight();
    int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
    try {
      return new QRCodeReader()
          .decode(
              new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, height, pixels))),
              Map.of(DecodeHintType.TRY_HARDER, Boolean.TRUE))
          .getText();
    } catch (ReaderException | RuntimeException e) {
      throw Failure.io(
          "There is no QR code to be read in " + picture + ".",
          "Take the picture again, straight and in good light.");
    }
  }

  private static BufferedImage load(Path picture) throws IOException {
    try (InputStream file = Files.newInputStream(picture);
        ImageInputStream in = ImageIO.createImageInputStream(file)) {
      Iterator<ImageReader> readers =
          in == null ? List.<ImageReader>of().iterator() : ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw noPicture(picture);
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in);
        if (reader.getWidth(0) > MAX_SIDE || reader.getHeight(0) > MAX_SIDE) {
          throw Failure.io(picture + " is larger than can be read.", "Scale it down.");
        }
        return reader.read(0);
      } catch (RuntimeException e) {
        throw e instanceof Failure ? e : noPicture(picture);
      } finally {
        reader.dispose();
      }
    }
  }

  private static Failure noPicture(Path picture) {
    return Failure.io(picture + " is no picture that is known here.", "PNG and JPEG are.");
  }
}
