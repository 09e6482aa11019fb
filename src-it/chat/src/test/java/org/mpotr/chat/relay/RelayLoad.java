package org.mpotr.chat.relay;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.mpotr.chat.relay.RelayLimits.Crowd;
import org.mpotr.chat.relay.RelayLimits.Rate;

/**
 * Measures a relay in a process of its own, with many channels and idle listeners: its memory, and
 * how long a message takes from before its request until a listener has it. {@code main} takes
 * channels, listeners, messages, messages a second; by default 1,000, 5,000, 6,000 and 200.
 */
final class RelayLoad {

  private static final String TIME = "data: t";
  private static final int PAYLOAD = 500;
  private static final int CONNECTING_AT_ONCE = 100;
  private static final long PATIENCE_SECONDS = 120;
  private static final long NANOS = 1_000_000_000L;

  private final int channels;
  private final int listeners;
  private final int messages;
  private final int perSecond;
  private final Vertx vertx =
      Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setUseDaemonThread(true));
  private final NetClient net = vertx.createNetClient();
  private final long[] latencies;
  private volatile long worst;
  private volatile long worstSent;
  private final AtomicInteger delivered = new AtomicInteger();
  private final CountDownLatch all;

  private RelayLoad(int channels, int listeners, int messages, int perSecond) {
    this.channels = channels;
    this.listeners = listeners;
    this.messages = messages;
    this.perSecond = perSecond;
    int deliveries = 0;
    for (int i = 0; i < messages; i++) {
      deliveries += listenersOf(i % channels);
    }
    latencies = new long[deliveries];
    all = new CountDownLatch(deliveries);
  }

  /** Starts the relay, measures, and prints the figures. */
  public static void main(String[] args) throws Exception {
    if (args.length == 1 && args[0].equals("relay")) {
      runRelay();
      return;
    }
    int[] n = {1000, 5000, 6000, 200};
    for (int i = 0; i < args.length; i++) {
      n[i] = Integer.parseInt(args[i]);
    }
    Process relay = startRelay();
    try {
      BufferedReader out =
          new BufferedReader(
              new InputStreamReader(relay.getInputStream(), StandardCharsets.US_ASCII));
      new RelayLoad(n[0], n[1], n[2], n[3]).measure(relay, URI.create(out.readLine()));
    } finally {
      relay.destroyForcibly();
    }
  }

  private static void runRelay() throws IOException, InterruptedException {
    int many = 100_000;
    Rate fast = new Rate(many, 1L << 30, Duration.ofSeconds(5));
    RelayLimits limits =
        RelayLimits.DEFAULT
            .withCrowd(new Crowd(many, many, many, many, many, many))
            .withRates(fast, fast);
    Relay relay = Relay.start(RelayOptions.DEFAULT.withLimits(limits));
    System.out.println(relay.uri());
    Thread.currentThread().join();
  }

  private static Process startRelay() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            RelayLoad.class.getName(),
            "relay");
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private void measure(Process relay, URI uri) throws Exception {
    print("before", relay);
    CountDownLatch listening = new CountDownLatch(listeners);
    for (int i = 0; i < listeners; i++) {
      listen(uri, i % channels, listening);
      long mayBeOpen = (long) i + 1 - CONNECTING_AT_ONCE;
      awaitUntil(() -> listeners - listening.getCount() >= mayBeOpen);
    }
    require(listening.await(PATIENCE_SECONDS, TimeUnit.SECONDS), "listening");
    print(listeners + " listeners in " + channels + " channels", relay);
    long begun = System.nanoTime();
    publish(uri, begun);
    require(all.await(PATIENCE_SECONDS, TimeUnit.SECONDS), "delivered " + delivered.get());
    long took = System.nanoTime() - begun;
    print("after " + messages + " messages", relay);
    Arrays.sort(latencies);
    System.out.printf(
        Locale.ROOT,
        "%d messages, %d deliveries in %.1f s; latency 50th %.2f ms, 99th %.2f ms, worst %.1f ms (sent at %.1f s)%n",
        messages,
        latencies.length,
        took / 1e9,
        latencies[latencies.length / 2] / 1e6,
        latencies[latencies.length * 99 / 100] / 1e6,
        worst / 1e6,
        (worstSent - begun) / 1e9);
  }

  private int listenersOf(int channel) {
    return listeners / channels + (channel < listeners % channels ? 1 : 0);
  }

  private void listen(URI uri, int channel, CountDownLatch listening) {
    net.connect(uri.getPort(), uri.getHost())
        .onSuccess(
            socket -> {
              StringBuilder rest = new StringBuilder();
              boolean[] isListening = {false};
              socket.handler(
                  chunk -> {
                    if (!isListening[0]) {
                      isListening[0] = true;
                      listening.countDown();
                    }
                    read(rest, chunk);
                  });
              socket.write(
                  "GET /channels/c"
                      + channel
                      + " HTTP/1.1\r\nHost: x\r\n"
                      + "Accept: text/event-stream\r\n\r\n");
            })
        .onFailure(e -> System.err.println("a listener failed: " + e.getClass().getName()));
  }

  /** Looks for {@code data: tNANOS } in what came; keeps a line that has no end yet. */
  private void read(StringBuilder rest, Buffer chunk) {
    rest.append(chunk.toString(StandardCharsets.US_ASCII));
    int start = 0;
    for (int end = rest.indexOf("\n"); end >= 0; end = rest.indexOf("\n", start)) {
      String line = rest.substring(start, end);
      start = end + 1;
      if (line.startsWith(TIME)) {
        long sent = Long.parseLong(line.substring(TIME.length(), line.indexOf(' ', TIME.length())));
        long latency = System.nanoTime() - sent;
        latencies[delivered.getAndIncrement()] = latency;
        if (latency > worst) {
          worst = latency;
          worstSent = sent;
        }
        all.countDown();
      }
    }
    rest.delete(0, start);
  }

  private void publish(URI uri, long begun) throws Exception {
    NetSocket socket =
        net.connect(uri.getPort(), uri.getHost())
            .toCompletionStage()
            .toCompletableFuture()
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    socket.handler(answer -> {});
    for (int i = 0; i < messages; i++) {
      long due = begun + i * NANOS / perSecond;
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      String text = "t" + System.nanoTime() + " ";
      String body = text + "x".repeat(PAYLOAD - text.length());
      socket.write(
          "POST /channels/c"
              + i % channels
              + " HTTP/1.1\r\nHost: x\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n"
              + body);
    }
  }

  private static void print(String when, Process relay) throws Exception {
    new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
            Long.toString(relay.pid()),
            "GC.run")
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
    Process heap =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(relay.pid()),
                "GC.heap_info")
            .start();
    List<String> lines =
        new String(heap.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    Path status = Path.of("/proc", Long.toString(relay.pid()), "status");
    String rss =
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("VmRSS"))
            .findFirst()
            .orElse("no VmRSS");
    System.out.println(
        when + ": " + rss.replaceAll("\\s+", " ") + ", heap " + lines.get(1).strip());
  }

  private interface Condition {
    boolean holds();
  }

  private static void awaitUntil(Condition condition) {
    long end = System.nanoTime() + PATIENCE_SECONDS * NANOS;
    while (!condition.holds()) {
      require(System.nanoTime() < end, "connected");
      LockSupport.parkNanos(NANOS / 1000);
    }
  }

  private static void require(boolean isSo, String what) {
    if (!isSo) {
      throw new IllegalStateException("not all are " + what);
    }
  }
}
