package org.mpotr.vectors;

import java.security.InvalidKeyException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** PEM as RFC 7468 has it, with any text around the blocks. */
final class Pem {

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

  private Pem() {}

  /** A labelled block. */
  record Block(String label, byte[] content) {}

  /** All blocks of a text, in order. */
  static List<Block> blocks(String text) {
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      String base64 = matcher.group(2).replaceAll("\\s", "");
      blocks.add(new Block(matcher.group(1), Base64.getDecoder().decode(base64)));
    }
    return blocks;
  }

  /** The content of a text that is one block of this label and nothing else. */
  static byte[] only(String text, String label) throws InvalidKeyException {
    Matcher matcher = BLOCK.matcher(text.strip());
    if (!matcher.matches() || !matcher.group(1).equals(label)) {
      throw new InvalidKeyException("not one PEM block " + label);
    }
    try {
      return Base64.getDecoder().decode(matcher.group(2).replaceAll("\\s", ""));
    } catch (IllegalArgumentException e) {
      throw new InvalidKeyException("not base64 in the PEM block " + label, e);
    }
  }
}
