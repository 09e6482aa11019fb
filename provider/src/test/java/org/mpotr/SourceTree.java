package org.mpotr;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the sources lie that tests read as documents: README, PROTOCOL.md, vectors. */
public final class SourceTree {

  private static final String MARK = "provider/PROTOCOL.md";

  private SourceTree() {}

  /** The top folder: what the build says, or the nearest one upwards that looks like it. */
  public static Path root() {
    String given = System.getProperty("mpotr.root");
    Path folder = Path.of(given == null ? System.getProperty("user.dir") : given).toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve(MARK))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new IllegalStateException("no folder with " + MARK + " here or above");
    }
    return folder;
  }

  /** A file below the top folder. */
  public static Path file(String path) {
    return root().resolve(path);
  }

  /** Whether generated documents are to be written anew instead of compared. */
  public static boolean isRegenerating() {
    return Boolean.getBoolean("mpotr.regenerate");
  }
}
