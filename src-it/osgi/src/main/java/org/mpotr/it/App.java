package org.mpotr.it;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.launch.Framework;

/** Starts a container with the provider, its libraries and this application as bundles. */
public final class App {

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    String cache = folder.resolve("bundles").toString();
    Framework container =
        new FrameworkFactory().newFramework(Map.of("org.osgi.framework.storage", cache));
    container.start();
    List<Bundle> bundles = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(":")) {
      if (entry.matches(".*/(mpotr-provider|bcprov|bcpkix|bcutil)-.*[.]jar")) {
        bundles.add(container.getBundleContext().installBundle("file:" + entry));
      }
    }
    bundles.add(container.getBundleContext().installBundle("file:" + folder + "/osgi-1.jar"));
    for (Bundle bundle : bundles) {
      bundle.start();
    }
    container.stop();
    container.waitForStop(0);
  }
}
