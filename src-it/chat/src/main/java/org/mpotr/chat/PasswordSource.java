package org.mpotr.chat;

import java.io.Console;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Where the password of a key store comes from: a file, the environment, or the keyboard. Never an
 * argument, which every user of the machine can read.
 */
final class PasswordSource {

  static final String VARIABLE = "MPOTR_PASSWORD";

  private final Path file;

  /**
   * @param file with the password in its first line; null when there is none
   */
  PasswordSource(Path file) {
    this.file = file;
  }

  /** The password of an existing file, to be cleared by the caller. */
  char[] ask() throws IOException {
    char[] given = given();
    return given.length > 0 ? given : prompt("Password of the key store: ");
  }

  private char[] given() throws IOException {
    if (file != null) {
      char[] password = firstLine(file);
      if (password.length == 0) {
        throw new IOException("the password file begins with an empty line");
      }
      return password;
    }
    String variable = System.getenv(VARIABLE);
    return variable == null ? new char[0] : variable.toCharArray();
  }

  private static char[] firstLine(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
    int length = 0;
    while (length < text.length() && text.get(length) != '\n' && text.get(length) != '\r') {
      length++;
    }
    char[] line = Arrays.copyOf(text.array(), length);
    Arrays.fill(text.array(), ' ');
    Arrays.fill(bytes, (byte) 0);
    return line;
  }

  private static char[] prompt(String question) throws IOException {
    Console console = System.console();
    if (console == null) {
      throw new IOException(
          "there is no terminal to ask for a password: use --password-file or " + VARIABLE);
    }
    char[] password = console.readPassword("%s", question);
    if (password == null || password.length == 0) {
      throw new IOException("a key store needs a password");
    }
    return password;
  }
}
