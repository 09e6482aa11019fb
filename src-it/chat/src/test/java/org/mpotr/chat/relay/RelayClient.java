package org.mpotr.chat.relay;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The relay as a client sees it that is not ours. */
final class RelayClient {

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI relay;

  RelayClient(URI relay) {
    this.relay = relay;
  }

  /** Status and body. */
  String post(String channel, String message) throws IOException, InterruptedException {
    return text(postForAll(channel, message));
  }

  HttpResponse<String> postForAll(String channel, String message)
      throws IOException, InterruptedException {
    HttpRequest request =
        request("/channels/" + channel)
            .POST(HttpRequest.BodyPublishers.ofString(message, StandardCharsets.UTF_8))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.US_ASCII));
  }

  /** Status and body. */
  String get(String rest) throws IOException, InterruptedException {
    return text(getForAll(rest));
  }

  HttpResponse<String> getForAll(String rest) throws IOException, InterruptedException {
    return client.send(
        request("/channels/" + rest).GET().build(),
        HttpResponse.BodyHandlers.ofString(StandardCharsets.US_ASCII));
  }

  CompletableFuture<HttpResponse<String>> poll(String rest) {
    return client.sendAsync(
        request("/channels/" + rest).GET().build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> send(String method, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder builder = request(path).method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      builder.headers(headers);
    }
    return client.send(builder.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Opens a stream of events. */
  Events listen(String rest, String... headers) throws IOException, InterruptedException {
    HttpRequest.Builder builder =
        request("/channels/" + rest).header("Accept", "text/event-stream");
    if (headers.length > 0) {
      builder.headers(headers);
    }
    return new Events(
        client.send(builder.GET().build(), HttpResponse.BodyHandlers.ofInputStream()));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(relay + path));
  }

  private static String text(HttpResponse<String> response) {
    return response.statusCode() + " " + response.body();
  }

  /** An open stream of events. */
  static final class Events implements AutoCloseable {

    private final HttpResponse<InputStream> response;
    private final BufferedReader lines;
    private String lastId = "";

    private Events(HttpResponse<InputStream> response) {
      this.response = response;
      lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.US_ASCII));
    }

    int status() {
      return response.statusCode();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    /** The next event as {@code type: data}, without a type for messages; "end" at the end. */
    String next() throws IOException {
      String type = "";
      String data = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("id: ")) {
          lastId = line.substring("id: ".length());
        } else if (line.startsWith("event: ")) {
          type = line.substring("event: ".length()) + ": ";
        } else if (line.startsWith("data: ")) {
          data = line.substring("data: ".length());
        } else if (line.isEmpty() && !data.isEmpty()) {
          return type + data;
        }
      }
      return "end";
    }

    /** The next message; other events are skipped. */
    String nextMessage() throws IOException {
      String event = next();
      while (event.startsWith("present: ")) {
        event = next();
      }
      return event;
    }

    /** So many messages. */
    List<String> messages(int count) throws IOException {
      List<String> messages = new ArrayList<>();
      while (messages.size() < count) {
        messages.add(nextMessage());
      }
      return messages;
    }

    /** Reads until this event. */
    void await(String event) throws IOException {
      String next = next();
      while (!next.equals(event)) {
        if (next.equals("end")) {
          throw new IOException("ended without " + event);
        }
        next = next();
      }
    }

    String lastId() {
      return lastId;
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }
}
