package org.mpotr.command;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Where a command runs.
 *
 * @param in standard input
 * @param out what was asked for
 * @param err errors and warnings
 * @param environment the value of a variable, or null
 * @param home the user's folder
 * @param prompt the person at the terminal, if there is one
 * @param charset in which {@code out} arrives
 * @param isProcess whether the streams are those of this process, so that another process can
 *     inherit them
 */
record Surroundings(
    InputStream in,
    PrintWriter out,
    PrintWriter err,
    UnaryOperator<String> environment,
    Path home,
    Optional<Prompt> prompt,
    Charset charset,
    boolean isProcess) {

  /** Asks the person at the terminal. */
  interface Prompt {

    /** What was typed, to be cleared by the caller; null at the end of input. */
    char[] password(String label);

    /** What was typed, or null at the end of input. */
    String line(String label);
  }

  static Surroundings ofProcess() {
    Charset charset = charsetOfOutput();
    return new Surroundings(
        System.in,
        writer(FileDescriptor.out, charset),
        writer(FileDescriptor.err, charset),
        System::getenv,
        userHome(),
        Optional.ofNullable(System.console()).map(ConsolePrompt::new),
        charset,
        true);
  }

  static Surroundings ofTool(PrintWriter out, PrintWriter err) {
    return new Surroundings(
        System.in,
        out,
        err,
        System::getenv,
        userHome(),
        Optional.ofNullable(System.console()).map(ConsolePrompt::new),
        StandardCharsets.UTF_8,
        false);
  }

  private static Path userHome() {
    return Path.of(System.getProperty("user.home"));
  }

  private static PrintWriter writer(FileDescriptor descriptor, Charset charset) {
    return new PrintWriter(new OutputStreamWriter(new FileOutputStream(descriptor), charset), true);
  }

  // "stdout.encoding" is there from JDK 19 on, "native.encoding" from 17 on.
  private static Charset charsetOfOutput() {
    String name = System.getProperty("stdout.encoding", System.getProperty("native.encoding"));
    return name != null && Charset.isSupported(name)
        ? Charset.forName(name)
        : StandardCharsets.UTF_8;
  }

  /** A warning, which does not change how the command ends. */
  void warn(String text) {
    err.println("warning: " + text);
  }

  private record ConsolePrompt(Console console) implements Prompt {

    @Override
    public char[] password(String label) {
      return console.readPassword("%s: ", label);
    }

    @Override
    public String line(String label) {
      return console.readLine("%s: ", label);
    }
  }
}
