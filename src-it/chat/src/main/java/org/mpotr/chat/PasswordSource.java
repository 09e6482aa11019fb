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
 * Where a password comes from: a file, the environment, or the keyboard. Never an argument, which
 * every user of the machine can read.
 */
final class PasswordSource {

  private final Path file;
  private final String variable;
  private final String option;

  /**
   * @param file with the password in its first line; null when there is none
   * @param variable of the environment
   * @param option that names the file
   */
  PasswordSource(Path file, String variable, String option) {
    this.file = file;
    this.variable = variable;
    this.option = option;
  }

  /** That of a key store. */
  static PasswordSource ofKeyStore(Path file) {
    return new PasswordSource(file, "MPOTR_PASSWORD", "--password-file");
  }

  /** The password, to be cleared by the caller. */
  char[] ask(String question) throws IOException {
    char[] given = given();
    return given.length > 0 ? given : prompt(question);
  }

  private char[] given() throws IOException {
    if (file != null) {
      char[] password = firstLine(file);
      if (password.length == 0) {
        throw new IOException("the password file begins with an empty line");
      }
      return password;
    }
    String value = System.getenv(variable);
    return value == null ? new char[0] : value.toCharArray();
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

  private char[] prompt(String question) throws IOException {
    Console console = System.console();
    if (console == null) {
      throw new IOException(
          "there is no terminal to ask for a password: use " + option + " or " + variable);
    }
    char[] password = console.readPassword("%s", question);
    if (password == null || password.length == 0) {
      throw new IOException("an empty password");
    }
    return password;
  }
}
