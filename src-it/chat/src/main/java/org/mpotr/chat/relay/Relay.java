package org.mpotr.chat.relay;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.KeyCertOptions;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An HTTP relay: it puts the messages of each channel in order and hands them out to whoever asks.
 * It stays within its limits, reads no message, and knows nobody. One event loop does everything
 * but writing to the disk.
 */
public final class Relay implements AutoCloseable {

  private static final int MAX_LINE_BYTES = 2048;
  private static final int MAX_HEADER_BYTES = 8192;
  private static final int ACCEPT_BACKLOG = 1024;
  private static final int IDLE_SECONDS = 120;
  private static final long SWEEP_MILLIS = 10_000;
  private static final long START_SECONDS = 30;
  private static final int LOOKS = 8;
  private static final long CONNECTIONS_SECONDS = 1;

  private final Vertx vertx;
  private final RelayOptions options;
  private final Context context;
  private final Metrics metrics = new Metrics();
  private final Optional<Journal> journal;
  private final Visitors visitors;
  private final Channels channels;
  private final Requests requests;
  private HttpServer server;
  private boolean isClosed;

  private Relay(Vertx vertx, RelayOptions options, RelayObserver observer) throws IOException {
    this.vertx = vertx;
    this.options = options;
    context = vertx.getOrCreateContext();
    journal =
        options.backlog().isPresent()
            ? Optional.of(Journal.open(options.backlog().get(), context))
            : Optional.empty();
    visitors = new Visitors(options.limits().perAddress());
    channels = new Channels(vertx, options.limits(), metrics, journal);
    requests = new Requests(vertx, options, channels, visitors, metrics, observer);
  }

  /**
   * Starts a relay.
   *
   * @param observer who sees everything that it sees
   * @throws IOException when it cannot listen there, or the backlog cannot be read
   */
  public static Relay start(RelayOptions options, RelayObserver observer) throws IOException {
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setUseDaemonThread(true)
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
    boolean isStarted = false;
    try {
      Relay relay = new Relay(vertx, options, observer);
      relay.listen();
      isStarted = true;
      return relay;
    } finally {
      if (!isStarted) {
        vertx.close();
      }
    }
  }

  /** Starts a relay that nobody observes. */
  public static Relay start(RelayOptions options) throws IOException {
    return start(options, RelayObserver.NONE);
  }

  private void listen() throws IOException {
    boolean isListening = false;
    try {
      await(
          onContext(
              () -> {
                channels.load();
                vertx.exceptionHandler(e -> metrics.failed());
                vertx.setPeriodic(SWEEP_MILLIS, timer -> visitors.forgetGone());
                vertx.setPeriodic(
                    fraction(options.limits().patience().slowReader()),
                    timer -> channels.cutOffSlow());
                vertx.setPeriodic(
                    fraction(options.limits().patience().heartbeat()),
                    timer -> channels.heartbeat());
                server = vertx.createHttpServer(serverOptions());
                server.connectionHandler(this::connected);
                server.exceptionHandler(e -> metrics.failed());
                server.invalidRequestHandler(this::invalid);
                return server.requestHandler(requests).listen();
              }),
          START_SECONDS);
      isListening = true;
    } finally {
      if (!isListening) {
        journal.ifPresent(Journal::close);
      }
    }
  }

  /** How often to look whether a time is over. Not all listeners are looked after at once. */
  private static long fraction(Duration time) {
    return Math.max(1, time.toMillis() / LOOKS);
  }

  private HttpServerOptions serverOptions() {
    HttpServerOptions http =
        new HttpServerOptions()
            .setHost(options.host())
            .setPort(options.port())
            .setAcceptBacklog(ACCEPT_BACKLOG)
            .setIdleTimeout(IDLE_SECONDS)
            .setMaxInitialLineLength(MAX_LINE_BYTES)
            .setMaxHeaderSize(MAX_HEADER_BYTES)
            .setHttp2ClearTextEnabled(false)
            .setUseAlpn(false);
    options
        .keys()
        .ifPresent(keys -> http.setSsl(true).setKeyCertOptions(KeyCertOptions.wrap(keys)));
    return http;
  }

  private void connected(HttpConnection connection) {
    Visitor visitor = visitors.at(connection.remoteAddress());
    visitor.connections++;
    connection.closeHandler(v -> visitor.connections--);
    connection.exceptionHandler(e -> {});
    if (visitor.connections > options.limits().crowd().connectionsPerAddress()) {
      connection.close();
    }
  }

  private void invalid(HttpServerRequest request) {
    metrics.answered(RelayRefusal.BAD_REQUEST);
    request.response().setStatusCode(RelayRefusal.BAD_REQUEST).end();
    request.connection().close();
  }

  /** Where members find the relay. */
  public URI uri() {
    String host = options.host().contains(":") ? "[" + options.host() + "]" : options.host();
    String scheme = options.keys().isPresent() ? "https" : "http";
    return URI.create(scheme + "://" + host + ":" + server.actualPort());
  }

  /** Hands over and writes down everything that it has accepted, then stops. */
  @Override
  public synchronized void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    try {
      await(
          onContext(
              () -> {
                requests.stop();
                return channels.finish();
              }),
          options.limits().patience().stop().toSeconds());
    } catch (IOException e) {
      // Whoever takes nothing now has to ask again, and finds what is on the disk.
      metrics.failed();
    }
    try {
      await(server.shutdown(CONNECTIONS_SECONDS, TimeUnit.SECONDS), START_SECONDS);
      journal.ifPresent(Journal::close);
      await(vertx.close(), START_SECONDS);
    } catch (IOException e) {
      throw new IllegalStateException("the relay does not stop", e);
    }
  }

  private <T> Future<T> onContext(Callable<Future<T>> action) {
    Promise<T> promise = Promise.promise();
    context.runOnContext(
        v -> {
          try {
            action.call().onComplete(promise);
          } catch (Throwable e) {
            // Errors too: whoever waits would wait for ever.
            promise.fail(e);
          }
        });
    return promise.future();
  }

  private static <T> T await(Future<T> future, long seconds) throws IOException {
    try {
      return future.toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause().getMessage(), e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("it takes too long", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
