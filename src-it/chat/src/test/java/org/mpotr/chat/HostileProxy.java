package org.mpotr.chat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Stands between members and their relay, and does to each message what its trick says. */
final class HostileProxy implements AutoCloseable {

  /** What one listener gets instead of a message; with a memory of its own. */
  interface Trick {
    List<String> insteadOf(String message);
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI relay;
  private int played;
  private volatile Supplier<Trick> tricks = () -> List::of;
  private volatile int turn;

  HostileProxy(URI relay) throws IOException {
    this.relay = relay;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** From now on this is done; a trick of its own for each listener. */
  synchronized void play(Supplier<Trick> newTricks) {
    tricks = newTricks;
    turn++;
    played = 0;
  }

  /** How many messages were not passed on as they are since then. */
  synchronized int played() {
    return played;
  }

  /** Waits until so many messages were not passed on as they are. */
  synchronized void await(int count) throws InterruptedException {
    while (played < count) {
      wait();
    }
  }

  private synchronized void count() {
    played++;
    notifyAll();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (exchange.getRequestMethod().equals("POST")) {
        post(exchange);
      } else {
        stream(exchange);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private HttpRequest.Builder request(HttpExchange exchange) {
    return HttpRequest.newBuilder(relay.resolve(exchange.getRequestURI()));
  }

  private void post(HttpExchange exchange) throws IOException, InterruptedException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    HttpResponse<byte[]> answer =
        client.send(
            request(exchange).POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(),
            HttpResponse.BodyHandlers.ofByteArray());
    exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
    exchange.getResponseBody().write(answer.body());
  }

  private void stream(HttpExchange exchange) throws IOException, InterruptedException {
    HttpRequest.Builder request = request(exchange);
    for (String name : List.of("Accept", "Last-Event-ID")) {
      if (exchange.getRequestHeaders().containsKey(name)) {
        request.header(name, exchange.getRequestHeaders().getFirst(name));
      }
    }
    HttpResponse<InputStream> answer =
        client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(answer.statusCode(), 0);
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      pass(lines, exchange.getResponseBody());
    }
  }

  private void pass(BufferedReader lines, OutputStream out) throws IOException {
    Trick trick = tricks.get();
    int since = turn;
    boolean isMessage = true;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (since != turn) {
        since = turn;
        trick = tricks.get();
      }
      if (line.startsWith("event:")) {
        isMessage = false;
      }
      if (line.startsWith("data: ") && isMessage) {
        String message = line.substring("data: ".length());
        List<String> instead = trick.insteadOf(message);
        if (!instead.equals(List.of(message))) {
          count();
        }
        // Each an event of its own; the last one ends with the relay's empty line.
        write(out, String.join("\n\n", instead.stream().map(text -> "data: " + text).toList()));
      } else {
        write(out, line);
      }
      isMessage |= line.isEmpty();
    }
  }

  private static void write(OutputStream out, String line) throws IOException {
    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
