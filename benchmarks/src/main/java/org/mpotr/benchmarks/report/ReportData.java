package org.mpotr.benchmarks.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mpotr.benchmarks.measure.RowResult;

/**
 * Everything that a report is made of, and what its JSON file holds.
 *
 * @param format the version of this form
 * @param mode quick or full
 * @param machine where and with what
 * @param rows all comparisons
 */
record ReportData(int format, String mode, Map<String, String> machine, List<RowResult> rows) {

  static final int FORMAT = 1;

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().serializeSpecialFloatingPointValues().create();

  Optional<RowResult> row(String id) {
    return rows.stream().filter(row -> row.id().equals(id)).findFirst();
  }

  void write(Path file) throws IOException {
    Files.writeString(file, GSON.toJson(this), StandardCharsets.UTF_8);
  }

  static ReportData read(Path file) throws IOException {
    try {
      ReportData data =
          GSON.fromJson(Files.readString(file, StandardCharsets.UTF_8), ReportData.class);
      if (data == null || data.format != FORMAT) {
        throw new IOException(file + " is no report of this version");
      }
      return data;
    } catch (JsonParseException e) {
      throw new IOException(file + " is no report", e);
    }
  }
}
