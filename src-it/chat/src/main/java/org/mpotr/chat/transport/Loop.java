package org.mpotr.chat.transport;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;

/** The event loops that all transports of a program share, as long as there are any. */
final class Loop {

  private static final int THREADS = 2;

  private static Vertx shared;
  private static int users;

  private Loop() {}

  /** Each call is followed by one of {@link #release}. */
  static synchronized Vertx acquire() {
    if (users++ == 0) {
      shared =
          Vertx.vertx(
              new VertxOptions()
                  .setEventLoopPoolSize(THREADS)
                  .setUseDaemonThread(true)
                  .setFileSystemOptions(
                      new FileSystemOptions()
                          .setClassPathResolvingEnabled(false)
                          .setFileCachingEnabled(false)));
    }
    return shared;
  }

  static synchronized void release() {
    if (--users == 0) {
      shared.close();
      shared = null;
    }
  }
}
