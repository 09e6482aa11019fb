package org.mpotr.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** Where passwords come from: the terminal, the environment or a file; never an argument. */
final class Passwords {

  private static final int MAX_BYTES = 4096;
  private static final Set<PosixFilePermission> OF_OTHERS =
      EnumSet.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

  private final Surroundings here;

  Passwords(Surroundings here) {
    this.here = here;
  }

  /**
   * One password, to be cleared by the caller.
   *
   * @param label what the terminal is asked for
   * @param options how to give it otherwise
   * @param variable the name of an environment variable, or null
   * @param file a file with the password in its first line, or null
   */
  char[] read(String label, String options, String variable, Path file) throws IOException {
    if (variable != null && file != null) {
      throw Failure.usage(
          "A password comes from the environment or from a file, not both.",
          "Leave one of them out: " + options + ".");
    }
    char[] password =
        variable != null
            ? ofEnvironment(variable)
            : file != null ? ofFile(file) : asked(label, options);
    if (password.length == 0) {
      throw missing("The password is empty.", "Give one of one character or more.");
    }
    return password;
  }

  /** The same for a password that is new: a person types it twice. */
  char[] readNew(String label, String options, String variable, Path file) throws IOException {
    char[] password = read("New " + label, options, variable, file);
    if (variable == null && file == null) {
      char[] again = asked("The same again", options);
      boolean isSame = isSame(password, again);
      Arrays.fill(again, '\0');
      if (!isSame) {
        Arrays.fill(password, '\0');
        throw missing("The two passwords differ.", "Run the command again; nothing was changed.");
      }
    }
    return password;
  }

  private static boolean isSame(char[] one, char[] other) {
    int difference = one.length ^ other.length;
    for (int i = 0; i < Math.min(one.length, other.length); i++) {
      difference |= one[i] ^ other[i];
    }
    return difference == 0;
  }

  private char[] asked(String label, String options) {
    Surroundings.Prompt prompt =
        here.prompt()
            .orElseThrow(
                () ->
                    missing("There is no terminal to ask for a password.", "Use " + options + "."));
    char[] typed = prompt.password(label);
    if (typed == null) {
      throw missing("No password was typed.", "Run the command again.");
    }
    return typed;
  }

  private char[] ofEnvironment(String variable) {
    String value = here.environment().apply(variable);
    if (value == null) {
      throw missing(
          "The environment has no variable " + Visible.line(variable) + ".",
          "Set it, and export it.");
    }
    return value.toCharArray();
  }

  private char[] ofFile(Path file) throws IOException {
    warnIfReadable(file);
    byte[] content = new byte[MAX_BYTES + 1];
    try (InputStream in = Files.newInputStream(file)) {
      int length = in.readNBytes(content, 0, content.length);
      int end = 0;
      while (end < length && content[end] != '\n' && content[end] != '\r') {
        end++;
      }
      if (end > MAX_BYTES) {
        throw missing("The password in " + file + " is too long.", "It has at most 4,096 bytes.");
      }
      return decoded(content, end, file);
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  private static char[] decoded(byte[] content, int length, Path file) {
    try {
      CharBuffer text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content, 0, length));
      char[] password = Arrays.copyOf(text.array(), text.remaining());
      Arrays.fill(text.array(), '\0');
      return password;
    } catch (CharacterCodingException e) {
      throw missing("The password in " + file + " is not UTF-8.", "Save the file as UTF-8.");
    }
  }

  private void warnIfReadable(Path file) throws IOException {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      if (permissions.stream().anyMatch(OF_OTHERS::contains)) {
        here.warn("others can read the password in " + file + "; run: chmod 600 " + file);
      }
    } catch (UnsupportedOperationException e) {
      // Not a system with such permissions.
    }
  }

  private static Failure missing(String what, String next) {
    return new Failure(ExitCode.WRONG_PASSWORD, what, next);
  }
}
