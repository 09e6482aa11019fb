package org.mpotr.command;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.security.GeneralSecurityException;
import java.security.UnrecoverableKeyException;
import org.mpotr.keystore.StoreException;

/** A command that cannot go on: what is wrong, what to do next, and the exit code. */
final class Failure extends RuntimeException {

  private final int exitCode;
  private final String next;

  /**
   * @param what is wrong, one sentence
   * @param next what the user can do about it, one sentence
   */
  Failure(int exitCode, String what, String next) {
    super(what);
    this.exitCode = exitCode;
    this.next = next;
  }

  /** Something that cannot be done to what is there. */
  static Failure usage(String what, String next) {
    return new Failure(ExitCode.USAGE, what, next);
  }

  /** Something that cannot be read or written. */
  static Failure io(String what, String next) {
    return new Failure(ExitCode.INPUT_OUTPUT, what, next);
  }

  int exitCode() {
    return exitCode;
  }

  String next() {
    return next;
  }

  /** What an exception of the library or the platform means to a user. */
  static Failure of(Exception exception) {
    if (exception instanceof Failure failure) {
      return failure;
    }
    if (exception instanceof StoreException store) {
      return of(store);
    }
    if (exception instanceof UnrecoverableKeyException) {
      return new Failure(
          ExitCode.WRONG_PASSWORD,
          "The key does not open with this password.",
          "Try again with the password that the key was given.");
    }
    if (exception instanceof IOException io) {
      return of(io);
    }
    if (exception instanceof GeneralSecurityException
        || exception instanceof IllegalArgumentException) {
      return usage(
          sentence(exception.getMessage()), "Nothing was changed; put that right and try again.");
    }
    return io(
        "mpotr met something it was not made for: " + exception.getClass().getName() + ".",
        "Run `mpotr doctor`, and report this with what it prints.");
  }

  private static Failure of(StoreException exception) {
    String what = sentence(exception.getMessage());
    return switch (exception.reason()) {
      case WRONG_PASSWORD, PASSWORD_MISSING ->
          new Failure(ExitCode.WRONG_PASSWORD, what, "Try again; nothing was changed.");
      case LOCKED, CHANGED_MEANWHILE ->
          new Failure(
              ExitCode.BUSY, what, "Run the command again when the other program has finished.");
      case UNSUPPORTED_VERSION ->
          new Failure(ExitCode.NO_STORE, what, "Open it with a newer version of mpotr.");
      case NOT_A_STORE -> new Failure(ExitCode.NO_STORE, what, "Name the right file with --store.");
      case TOO_LARGE, TOO_COSTLY, TRUNCATED, CORRUPT ->
          new Failure(
              ExitCode.NO_STORE,
              what,
              "Keep the file as it is, move it away and run `mpotr restore` with a backup.");
    };
  }

  private static Failure of(IOException exception) {
    String file =
        exception instanceof FileSystemException system && system.getFile() != null
            ? " " + system.getFile()
            : "";
    if (exception instanceof NoSuchFileException) {
      return io("There is no file" + file + ".", "Check the path.");
    }
    if (exception instanceof FileAlreadyExistsException) {
      return io("There is a file" + file + " already.", "Choose another path, or move it away.");
    }
    if (exception instanceof AccessDeniedException) {
      return io("Access is denied to" + file + ".", "Check who owns the file and its folder.");
    }
    String reason = exception.getMessage() == null ? "no reason given" : exception.getMessage();
    return io(
        "Reading or writing failed: " + reason + ".",
        "Check the path, and that there is space; the store is as it was.");
  }

  /** The library's messages begin in lower case and have no full stop. */
  static String sentence(String message) {
    if (message == null || message.isEmpty()) {
      return "It cannot be done.";
    }
    return Character.toUpperCase(message.charAt(0)) + message.substring(1) + ".";
  }
}
