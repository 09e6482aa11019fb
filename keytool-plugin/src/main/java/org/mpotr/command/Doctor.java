package org.mpotr.command;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Provider;
import java.security.Security;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mpotr.MpotrProvider;
import org.mpotr.keystore.StoreCost;
import picocli.CommandLine.Command;

/** {@code doctor}. */
@Command(
    name = "doctor",
    description = {
      "Look for what could be wrong, and say what to do about it.",
      "Providers and their order, the engine, self-tests, the store, its file and its cost.",
      "The exit code is 1 when something should be done. The store is opened only when its",
      "password comes from an option."
    })
final class Doctor extends StoreTask {

  /** What was looked at; advice is empty where all is well. */
  private record Finding(String what, String advice) {}

  private final List<Finding> findings = new ArrayList<>();

  Doctor(Surroundings here) {
    super(here);
  }

  @Override
  public Integer call() throws Exception {
    platform();
    selfTests();
    if (Files.exists(store.path())) {
      permissions();
      leftovers();
      open();
    } else {
      note("no store at " + store.path(), "make one with `mpotr identity create NAME`");
    }
    List<Map<String, Object>> data = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (Finding finding : findings) {
      boolean isWell = finding.advice().isEmpty();
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("finding", finding.what());
      one.put("well", isWell);
      one.put("advice", finding.advice());
      data.add(one);
      lines.add((isWell ? "ok    " : "LOOK  ") + Visible.text(finding.what()));
      if (!isWell) {
        lines.add("      " + Visible.text(finding.advice()));
      }
    }
    print(Map.of("findings", data), lines);
    return findings.stream().allMatch(f -> f.advice().isEmpty()) ? ExitCode.OK : ExitCode.FINDING;
  }

  private void note(String what, String advice) {
    findings.add(new Finding(what, advice));
  }

  private void platform() {
    note("Java " + Runtime.version() + " of " + System.getProperty("java.vendor"), "");
    List<String> names = Arrays.stream(Security.getProviders()).map(Provider::getName).toList();
    note("providers, in their order: " + String.join(", ", names), "");
    note("P-256 by the engine " + MpotrProvider.p256Engine(), "");
  }

  private void selfTests() {
    MpotrProvider provider = MpotrProvider.instance();
    provider.runSelfTests();
    provider
        .selfTestReport()
        .forEach(
            (name, result) ->
                note(
                    "self-test of " + name + ": " + result,
                    result.equals("passed") ? "" : "do not use this JVM; report it"));
  }

  private void permissions() throws IOException {
    Path file = store.path();
    try {
      Set<PosixFilePermission> set = Files.getPosixFilePermissions(file);
      boolean isOwners = set.stream().allMatch(permission -> permission.name().startsWith("OWNER"));
      note(
          file + " has the permissions " + PosixFilePermissions.toString(set),
          isOwners ? "" : "others can read or write it; run: chmod 600 " + file);
    } catch (UnsupportedOperationException e) {
      note(file + " is on a system without such permissions", "");
    }
  }

  private void leftovers() throws IOException {
    Path folder = store.path().toAbsolutePath().getParent();
    String prefix = "." + store.path().getFileName() + ".";
    List<String> found = new ArrayList<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(
            folder, path -> path.getFileName().toString().startsWith(prefix))) {
      files.forEach(path -> found.add(path.getFileName().toString()));
    }
    note(
        found.isEmpty()
            ? "no save was broken off"
            : "a save was broken off and left " + String.join(", ", found),
        found.isEmpty() ? "" : "the next command that saves clears it away");
  }

  private void open() throws Exception {
    if (!store.hasPasswordSource()) {
      note("the store was not opened: its password is not asked for here", "");
      return;
    }
    int cost = store.read((opened, password) -> opened.cost().exponent());
    note("the store opens, and is whole", "");
    int normal = StoreCost.DEFAULT.exponent();
    note(
        "trying a password costs 2^" + cost + " of scrypt",
        cost >= normal
            ? ""
            : "that is less than 2^" + normal + "; make a backup and restore it to pay more");
  }
}
