import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Judges the examples after they have run: a line for each, the table target/ways.md, and whether
 * README.md has the same table. Ends with 1 if an example failed, is too long or has not run.
 */
final class Ways {

  private static final int LINES = 60;
  private static final Set<String> NO_EXAMPLES = Set.of("chat", "defaults");
  private static final String ABSENT = "not here: ";
  private static final Pattern TABLE =
      Pattern.compile(
          "(?<=<!-- made by Ways.java -->\n).*?(?=<!-- until here -->)", Pattern.DOTALL);
  private static final Pattern LAST_WORD = Pattern.compile("^(ok: |not here: ).+$");

  /** How an example ended on a JDK, and what it said last. */
  private record Result(String word, String said, String seconds) {
    /** What stands in the table: numbers differ from run to run, so only the word or the reason. */
    String cell() {
      return word.equals("ok") ? word : said;
    }
  }

  private record Example(String name, String description, long lines) {}

  private final Path source;
  private final Path build;
  private final List<String> complaints = new ArrayList<>();

  private Ways(Path source, Path build) {
    this.source = source;
    this.build = build;
  }

  /** The folder src-it, its target, the pattern of what has run, and "check" or "write". */
  public static void main(String[] arguments) throws IOException {
    Ways ways = new Ways(Path.of(arguments[0]), Path.of(arguments[1]));
    String pattern = arguments[2];
    String table = ways.judge(pattern);
    Files.writeString(ways.build.resolve("ways.md"), table, UTF_8);
    if (pattern.equals("*")) {
      ways.compare(table, arguments[3].equals("write"));
    }
    ways.complaints.forEach(complaint -> System.out.println("[ERROR] " + complaint));
    System.exit(ways.complaints.isEmpty() ? 0 : 1);
  }

  private String judge(String pattern) throws IOException {
    List<String> jdks = folders(build.resolve("it"));
    StringBuilder table = new StringBuilder("| way | what | lines |");
    jdks.forEach(jdk -> table.append(" JDK ").append(jdk).append(" |"));
    table.append("\n| --- | --- | ---: |").append(" --- |".repeat(jdks.size())).append('\n');
    for (Example example : examples(pattern)) {
      table.append(
          "| [%s](%1$s) | %s | %d |"
              .formatted(example.name(), example.description(), example.lines()));
      for (String jdk : jdks) {
        Result result = result(example, jdk);
        System.out.println(
            "%s, JDK %s: %s (%s s)"
                .formatted(example.name(), jdk, result.said(), result.seconds()));
        table.append(' ').append(result.cell()).append(" |");
      }
      table.append('\n');
    }
    return table.toString();
  }

  private List<Example> examples(String pattern) throws IOException {
    List<Example> examples = new ArrayList<>();
    for (String name : folders(source)) {
      boolean asked =
          FileSystems.getDefault().getPathMatcher("glob:" + pattern).matches(Path.of(name));
      Path pom = source.resolve(name).resolve("pom.xml");
      if (asked && !NO_EXAMPLES.contains(name) && Files.exists(pom)) {
        long lines = lines(source.resolve(name).resolve("src"));
        if (lines > LINES) {
          complaints.add(name + " has " + lines + " lines, more than " + LINES);
        }
        String description = find("<description>(.*?)</description>", Files.readString(pom, UTF_8));
        examples.add(new Example(name, description, lines));
      }
    }
    return examples;
  }

  private static long lines(Path folder) throws IOException {
    long lines = 0;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file :
          files.filter(path -> path.toString().matches(".*[.](java|kt|scala)")).toList()) {
        lines += Files.readAllLines(file, UTF_8).size();
      }
    }
    return lines;
  }

  private Result result(Example example, String jdk) throws IOException {
    Path log = build.resolve("it").resolve(jdk).resolve(example.name()).resolve("build.log");
    Path report =
        build.resolve("it-reports").resolve(jdk).resolve("BUILD-" + example.name() + ".xml");
    if (!Files.exists(log) || !Files.exists(report)) {
      complaints.add(example.name() + " has not run on JDK " + jdk);
      return new Result("failed", "failed", "0");
    }
    String job = Files.readString(report, UTF_8);
    String seconds = find(" time=\"([0-9.]+)\"", job);
    List<String> words =
        Files.readAllLines(log, UTF_8).stream().filter(LAST_WORD.asMatchPredicate()).toList();
    if (!find(" result=\"([a-z-]+)\"", job).equals("success") || words.size() != 1) {
      complaints.add(example.name() + " failed on JDK " + jdk + ": " + log);
      return new Result("failed", "failed", seconds);
    }
    String said = words.get(0);
    return new Result(said.startsWith(ABSENT) ? "not here" : "ok", said, seconds);
  }

  /**
   * The table of README.md must say the same, but for what is not here on one of the two machines.
   */
  private void compare(String table, boolean write) throws IOException {
    Path file = source.resolve("README.md");
    String page = Files.readString(file, UTF_8);
    String written = find("(" + TABLE.pattern() + ")", page);
    if (write) {
      String renewed = TABLE.matcher(page).replaceFirst(Matcher.quoteReplacement(table));
      Files.writeString(file, renewed, UTF_8);
    } else if (!isSame(rows(written), rows(table))) {
      complaints.add("README.md has another table; -Dmpotr.ways=write writes it anew");
    }
  }

  private static boolean isSame(List<List<String>> written, List<List<String>> run) {
    if (written.size() != run.size()) {
      return false;
    }
    for (int row = 0; row < run.size(); row++) {
      // A JDK that is not here has no column in the run.
      for (int column = 0; column < run.get(row).size(); column++) {
        int jdk = written.get(0).indexOf(run.get(0).get(column));
        String said = jdk < 0 || jdk >= written.get(row).size() ? "" : written.get(row).get(jdk);
        String says = run.get(row).get(column);
        if (!said.equals(says) && !said.startsWith(ABSENT) && !says.startsWith(ABSENT)) {
          return false;
        }
      }
    }
    return true;
  }

  private static List<List<String>> rows(String table) {
    return table.lines().map(line -> List.of(line.split("\\s*\\|\\s*"))).toList();
  }

  private static List<String> folders(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(Files::isDirectory)
          .map(path -> path.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  private static String find(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException("no " + pattern + " in " + text);
    }
    return matcher.group(1);
  }
}
