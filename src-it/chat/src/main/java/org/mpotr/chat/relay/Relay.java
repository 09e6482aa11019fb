package org.mpotr.chat.relay;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An HTTP relay on loopback: it orders the messages of each channel and hands them out to whoever
 * asks. It holds everything in memory and within its limits, reads no message, and knows nobody.
 */
public final class Relay implements AutoCloseable {

  /** Threads for requests that do not wait. */
  private static final int WORKERS = 8;

  /** Requests that may queue for a thread; beyond it connections are dropped. */
  private static final int QUEUE = 256;

  private static final int BACKLOG = 128;
  private static final long IDLE_THREAD_SECONDS = 10;
  private static final long STOP_SECONDS = 5;

  static {
    // The JDK's server is configured by system properties alone, which it reads once. Without them
    // it waits for a slow request for ever, and for the acknowledgement of each packet.
    setUnlessSet("sun.net.httpserver.maxReqTime", "30");
    setUnlessSet("sun.net.httpserver.maxRspTime", "90");
    setUnlessSet("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ThreadPoolExecutor threads;
  private final ChannelStore store;

  private Relay(HttpServer server, ThreadPoolExecutor threads, ChannelStore store) {
    this.server = server;
    this.threads = threads;
    this.store = store;
  }

  /**
   * Starts a relay.
   *
   * @param port on loopback, or 0 for any that is free
   * @throws IOException when it cannot listen there
   */
  public static Relay start(int port, RelayLimits limits, RelayObserver observer)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
    int size = limits.listeners() + WORKERS;
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            size,
            size,
            IDLE_THREAD_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE),
            threadFactory());
    threads.allowCoreThreadTimeOut(true);
    ChannelStore store = new ChannelStore(limits);
    server.setExecutor(threads);
    server.createContext("/", new ChannelHandler(store, limits, observer));
    server.start();
    return new Relay(server, threads, store);
  }

  /**
   * Starts a relay.
   *
   * @throws IOException when it cannot listen there, or the backlog cannot be read
   */
  public static Relay start(RelayOptions options, RelayObserver observer) throws IOException {
    return start(options.port(), options.limits(), observer);
  }

  /** Where members find the relay. */
  public URI uri() {
    InetSocketAddress address = server.getAddress();
    String host = address.getAddress().getHostAddress();
    return URI.create(
        "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort());
  }

  /** Answers whoever is waiting, then stops. */
  @Override
  public void close() {
    store.close();
    threads.shutdown();
    try {
      // First the answers, then the sockets: the server itself would wait for idle ones too.
      if (!threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
    server.stop(0);
  }

  private static ThreadFactory threadFactory() {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, "relay-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  private static void setUnlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
