package org.mpotr.chat;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The program in a process of its own, from this test's class path. */
final class Program implements AutoCloseable {

  private static final long SECONDS = 40;

  private final Process process;
  private final BufferedWriter input;
  private final Printed out;
  private final Printed err;

  Program(List<String> args, Map<String, String> environment) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Small processes that live for a second: the full compiler would only cost them time.
    command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(args);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().putAll(environment);
    process = builder.start();
    input =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    out = new Printed(process.getInputStream());
    err = new Printed(process.getErrorStream());
  }

  /** Types a line. */
  void type(String line) throws IOException {
    input.write(line);
    input.newLine();
    input.flush();
  }

  /** Ends the input. */
  void endInput() throws IOException {
    input.close();
  }

  /** The first line on standard output that is like this, as soon as it is there. */
  String awaitOut(Predicate<String> isLike) throws InterruptedException {
    return out.await(isLike, this);
  }

  /** The first line on standard error that is like this, as soon as it is there. */
  String awaitErr(Predicate<String> isLike) throws InterruptedException {
    return err.await(isLike, this);
  }

  int awaitExit() throws InterruptedException {
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("still running: " + this);
    }
    out.awaitEnd();
    err.awaitEnd();
    return process.exitValue();
  }

  /** Asks it to end, as a terminal does. */
  void terminate() {
    // Process.destroy would close the streams too, before the last words are read.
    process.toHandle().destroy();
  }

  List<String> out() {
    return out.lines();
  }

  List<String> err() {
    return err.lines();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  @Override
  public String toString() {
    return "out " + out() + ", err " + err();
  }

  /** What was printed on a stream so far. */
  private static final class Printed {

    private final List<String> lines = new ArrayList<>();
    private final Thread reader;
    private boolean hasEnded;

    Printed(InputStream stream) {
      reader = new Thread(() -> read(stream), "reader");
      reader.setDaemon(true);
      reader.start();
    }

    private void read(InputStream stream) {
      try (BufferedReader text =
          new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
        text.lines().forEach(this::add);
      } catch (IOException | UncheckedIOException e) {
        add("(the stream was cut off: " + e.getMessage() + ")");
      }
      synchronized (this) {
        hasEnded = true;
        notifyAll();
      }
    }

    private synchronized void add(String line) {
      lines.add(line);
      notifyAll();
    }

    synchronized List<String> lines() {
      return List.copyOf(lines);
    }

    void awaitEnd() throws InterruptedException {
      reader.join(TimeUnit.SECONDS.toMillis(SECONDS));
    }

    String await(Predicate<String> isLike, Program program) throws InterruptedException {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
      synchronized (this) {
        while (lines.stream().noneMatch(isLike)) {
          long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
          if (left <= 0 || hasEnded) {
            break;
          }
          wait(left);
        }
        return lines.stream()
            .filter(isLike)
            .findFirst()
            .orElseThrow(() -> new AssertionError("no such line: " + program));
      }
    }
  }
}
