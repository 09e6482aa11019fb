package org.mpotr.vectors;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mpotr.SourceTree;

/** One file of vectors among the test's resources. */
record VectorFile(String name) {

  private static final String FOLDER = "provider/src/test/resources/org/mpotr/vectors/";

  private Path path() {
    return SourceTree.file(FOLDER + name + ".json");
  }

  JsonObject read() throws IOException {
    return JsonParser.parseString(Files.readString(path())).getAsJsonObject();
  }

  /** Holds the file against what the reference makes, or writes it anew. */
  void check(JsonElement made) throws IOException {
    if (SourceTree.isRegenerating()) {
      Files.createDirectories(path().getParent());
      Files.writeString(path(), StoryJson.text(made));
    }
    assertEquals(
        StoryJson.text(made),
        Files.readString(path()),
        name + ".json is not what the reference makes; see the README next to it");
  }
}
