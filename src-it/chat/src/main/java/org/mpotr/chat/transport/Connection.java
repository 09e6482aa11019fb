package org.mpotr.chat.transport;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import io.vertx.core.net.TrustOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** One connection to a channel of a relay, with everything that its requests have in common. */
final class Connection {

  private static final int CONNECT_MILLIS = 30_000;
  private static final int SILENCE_MILLIS = 60_000;
  private static final int MAX_REASON_CHARS = 200;
  private static final int MAX_REFUSAL_BYTES = 4096;
  private static final long MAX_RETRY_SECONDS = 60;
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,4}");

  private final HttpTransportOptions options;
  private final HttpClient client;
  private final String path;

  /**
   * Nothing is sent yet.
   *
   * @param window how many requests may be under way, one behind the other
   */
  Connection(Vertx vertx, HttpTransportOptions options, int window) {
    this.options = options;
    HttpClientOptions http =
        new HttpClientOptions()
            .setConnectTimeout(CONNECT_MILLIS)
            .setSsl(options.isTls())
            .setVerifyHost(true)
            .setPipelining(window > 1)
            .setPipeliningLimit(window);
    options
        .proxy()
        .ifPresent(
            proxy ->
                http.setProxyOptions(
                    new ProxyOptions()
                        .setType(ProxyType.SOCKS5)
                        .setHost(proxy.getHostString())
                        .setPort(proxy.getPort())));
    options.trust().ifPresent(trust -> http.setTrustOptions(TrustOptions.wrap(trust)));
    client = vertx.createHttpClient(http, new PoolOptions().setHttp1MaxSize(1));
    // URLEncoder is made for forms, where a space is a plus sign and an asterisk stays.
    String name =
        URLEncoder.encode(options.channel(), StandardCharsets.UTF_8)
            .replace("+", "%20")
            .replace("*", "%2A");
    path = options.relay().getRawPath().replaceAll("/+$", "") + "/channels/" + name;
  }

  Future<HttpClientRequest> request(HttpMethod method, String query) {
    int port = options.relay().getPort();
    int usual = options.isTls() ? 443 : 80;
    RequestOptions request =
        new RequestOptions()
            .setMethod(method)
            .setHost(options.relay().getHost())
            .setPort(port < 0 ? usual : port)
            .setURI(path + query)
            .setConnectTimeout(CONNECT_MILLIS)
            .setIdleTimeout(SILENCE_MILLIS)
            .putHeader("User-Agent", "mpotr-chat");
    options.token().ifPresent(token -> request.putHeader("Authorization", token.header()));
    return client.request(request);
  }

  void close() {
    client.close();
  }

  /** The start of an answer that matters to people only; whoever sends a lot is cut off. */
  static Future<String> reason(HttpClientResponse response) {
    Promise<String> promise = Promise.promise();
    Buffer start = Buffer.buffer();
    long[] received = {0};
    response.handler(
        chunk -> {
          received[0] += chunk.length();
          int wanted = Math.min(chunk.length(), MAX_REASON_CHARS - start.length());
          start.appendBuffer(chunk, 0, wanted);
          if (received[0] > MAX_REFUSAL_BYTES) {
            response.request().connection().close();
          }
        });
    response.endHandler(v -> promise.tryComplete(printable(response, start)));
    response.exceptionHandler(e -> promise.tryComplete(printable(response, start)));
    return promise.future();
  }

  private static String printable(HttpClientResponse response, Buffer start) {
    String text = start.toString(StandardCharsets.US_ASCII).strip();
    return response.statusCode() + " " + text.replaceAll("[^ -~]", "?");
  }

  /** How long the relay wants to be left alone, in milliseconds; 0 when it does not say. */
  static long retryAfterMillis(HttpClientResponse response) {
    String seconds = response.getHeader("Retry-After");
    return seconds == null || !SECONDS.matcher(seconds).matches()
        ? 0
        : Math.min(Long.parseLong(seconds), MAX_RETRY_SECONDS) * 1000;
  }

  /** What went wrong on the way, in words that name nothing that was sent. */
  String failure(Throwable e) {
    String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return "no relay at "
        + options.relay().getAuthority()
        + ": "
        + reason.replaceAll("[^ -~]", "?");
  }
}
