package org.mpotr.vectors;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.mpotr.reference.Identity;
import org.mpotr.reference.Inputs;

/**
 * Made-up bytes for vectors, the same in every run: the leading bytes of SHA-512 over the name of
 * what they are for.
 */
record Material(String story) {

  byte[] bytes(String what, int length) {
    try {
      byte[] name = ("mpOTR vectors/" + story + "/" + what).getBytes(StandardCharsets.UTF_8);
      return Arrays.copyOf(MessageDigest.getInstance("SHA-512").digest(name), length);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  BigInteger scalar(String what) {
    return new BigInteger(1, bytes(what, 32));
  }

  /** One member's identity and everything that it draws in an epoch. */
  Inputs member(String nickname, int epoch) {
    String own = nickname + "/" + epoch + "/";
    return new Inputs(
        nickname,
        new Identity(scalar(nickname + "/a")),
        bytes(own + "n", 32),
        scalar(own + "x"),
        scalar(own + "e"),
        bytes(own + "r", 16),
        bytes(own + "intro key", 16),
        bytes(own + "identity hedge", 32),
        bytes(own + "introduction hedge", 32),
        bytes(own + "share hedge", 32),
        bytes(own + "attest hedge", 32));
  }
}
