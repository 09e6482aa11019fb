package org.mpotr.it;

import java.io.File;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;

/** Loads the application anew each time with all of its libraries, as a web container does. */
public final class Container {
  public static void main(String[] arguments) throws Exception {
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      loaders.add(new WeakReference<>(startAndStop()));
    }
    long left = loaders.size();
    for (int tries = 0; tries < 50 && left > 0; tries++) {
      System.gc();
      left = loaders.stream().filter(loader -> !loader.refersTo(null)).count();
    }
    if (left > 0) {
      throw new AssertionError(left + " class loaders are still there");
    }
    System.out.println("ok: loaded and unloaded " + loaders.size() + " times, no loader left");
  }

  private static ClassLoader startAndStop() throws Exception {
    List<URL> libraries = new ArrayList<>();
    for (String path : System.getProperty("java.class.path").split(File.pathSeparator)) {
      libraries.add(new File(path).toURI().toURL());
    }
    try (URLClassLoader own = new URLClassLoader(libraries.toArray(URL[]::new), null)) {
      Class<?> application = own.loadClass("org.mpotr.it.Application");
      ((AutoCloseable) application.getConstructor().newInstance()).close();
      return application.getClassLoader();
    }
  }
}
