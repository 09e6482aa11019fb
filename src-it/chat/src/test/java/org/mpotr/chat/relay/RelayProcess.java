package org.mpotr.chat.relay;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A relay with a backlog on disk in a process of its own, to be killed. */
final class RelayProcess implements AutoCloseable {

  private final Process process;
  private final URI uri;

  private RelayProcess(Process process, URI uri) {
    this.process = process;
    this.uri = uri;
  }

  static RelayProcess start(Path backlog) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                RelayProcess.class.getName(),
                backlog.toString()));
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process = builder.start();
    BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    String uri = out.readLine();
    if (uri == null) {
      throw new IOException("the relay did not start");
    }
    return new RelayProcess(process, URI.create(uri));
  }

  URI uri() {
    return uri;
  }

  /** Ends it as {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** The process itself, which prints where it listens. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Relay relay = Relay.start(RelayOptions.DEFAULT.withBacklog(Path.of(args[0])));
    System.out.println(relay.uri());
    Thread.currentThread().join();
  }
}
