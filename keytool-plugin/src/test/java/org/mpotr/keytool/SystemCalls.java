package org.mpotr.keytool;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a process asks of the system for one folder, seen and disturbed by strace. */
final class SystemCalls {

  /** All that changes files, or waits until they are on the disk. */
  private static final String CHANGING =
      "write,pwrite64,writev,pwritev,sendfile,copy_file_range,ftruncate,fallocate,fsync,fdatasync,"
          + "rename,renameat,renameat2,link,linkat,unlink,unlinkat,chmod,fchmod,fchmodat";

  private static final Pattern CALL = Pattern.compile("(\\d+) +(\\w+)\\((.*)");

  private SystemCalls() {}

  /** A call of a name, the how manyth of that name by its thread, and all that strace shows. */
  record Call(String name, int number, String shown) {

    boolean writes() {
      return name.contains("write");
    }

    boolean syncs() {
      return name.endsWith("sync");
    }

    boolean renames() {
      return name.startsWith("rename");
    }

    boolean isOf(Path file) {
      return shown.contains(file + ">") || shown.contains("\"" + file + "\"");
    }

    private String disturbed(String how) {
      return "inject=" + name + ":" + how + ":when=" + number;
    }

    @Override
    public String toString() {
      return name + " " + number;
    }
  }

  static boolean areSeen() {
    try {
      Process process =
          new ProcessBuilder("strace", "-f", "-o", "/dev/null", "true")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The command, with its calls written to a file. */
  static List<String> watched(List<String> command, Path log) {
    return strace(command, log, CHANGING, "--seccomp-bpf");
  }

  /** The command, killed on its way into a call. Signals get lost with the quicker filter. */
  static List<String> killedAt(Call call, List<String> command, Path log) {
    return strace(command, log, CHANGING, "-e", call.disturbed("signal=KILL"));
  }

  /** The command, with an error in place of a call. */
  static List<String> failingAt(Call call, String error, List<String> command, Path log) {
    return strace(command, log, CHANGING, "--seccomp-bpf", "-e", call.disturbed("error=" + error));
  }

  private static List<String> strace(List<String> command, Path log, String calls, String... more) {
    List<String> line = new ArrayList<>(List.of("strace", "-f", "-y", "-o", log.toString()));
    line.addAll(List.of("-e", "trace=" + calls));
    line.addAll(List.of(more));
    line.addAll(command);
    return line;
  }

  /** The calls for a folder that were written to the file, in order. */
  static List<Call> seen(Path log, Path folder) throws IOException {
    Map<String, Integer> counts = new HashMap<>();
    List<Call> calls = new ArrayList<>();
    for (String line : Files.readAllLines(log, UTF_8)) {
      Matcher matcher = CALL.matcher(line);
      if (matcher.matches()) {
        int number = counts.merge(matcher.group(1) + matcher.group(2), 1, Integer::sum);
        if (matcher.group(3).contains(folder.toString())) {
          calls.add(new Call(matcher.group(2), number, matcher.group(3)));
        }
      }
    }
    return calls;
  }
}
