package org.mpotr.it;

import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A container's view: each start has a class loader of its own, and after the stop it is gone. */
public final class App {

  public static void main(String[] arguments) throws Exception {
    List<URL> jars = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(":")) {
      jars.add(Path.of(entry).toUri().toURL());
    }
    List<WeakReference<ClassLoader>> started = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      started.add(startAndStop(jars.toArray(URL[]::new)));
    }
    long end = System.nanoTime() + 30_000_000_000L;
    while (started.stream().anyMatch(loader -> loader.get() != null)) {
      if (System.nanoTime() > end) {
        long left = started.stream().filter(loader -> loader.get() != null).count();
        throw new AssertionError(left + " class loaders are still there");
      }
      System.gc();
    }
    System.out.println("ok: 100 class loaders came and went");
  }

  private static WeakReference<ClassLoader> startAndStop(URL[] jars) throws Exception {
    // Child first, as containers have it: its parent has none of the jars.
    try (URLClassLoader loader = new URLClassLoader(jars, ClassLoader.getPlatformClassLoader())) {
      Thread.currentThread().setContextClassLoader(loader);
      loader.loadClass(Application.class.getName()).getMethod("live").invoke(null);
      return new WeakReference<>(loader);
    } finally {
      Thread.currentThread().setContextClassLoader(App.class.getClassLoader());
    }
  }
}
