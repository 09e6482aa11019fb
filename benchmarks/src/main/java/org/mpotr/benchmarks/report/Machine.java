package org.mpotr.benchmarks.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mpotr.crypto.P256;

/** Where and with what a report was made: facts by name, in the order in which they are shown. */
final class Machine {

  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  private static final Map<String, String> LIBRARIES = new LinkedHashMap<>();

  static {
    LIBRARIES.put("mpOTR", "org.mpotr.MpotrProvider");
    LIBRARIES.put("BouncyCastle", "org.bouncycastle.jce.provider.BouncyCastleProvider");
    LIBRARIES.put("ACCP", "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider");
    LIBRARIES.put("Conscrypt", "org.conscrypt.OpenSSLProvider");
    LIBRARIES.put("vodozemac", "de.connect2x.trixnity.vodozemac.olm.Account");
    LIBRARIES.put("libsignal", "org.signal.libsignal.protocol.IdentityKeyPair");
    LIBRARIES.put("BC MLS", "org.bouncycastle.mls.protocol.Group");
  }

  static final String DATE = "date";
  static final String LOAD = "load when it began";

  private Machine() {}

  static Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(DATE, Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    facts.put("processor", processor());
    facts.put("cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
    facts.put(LOAD, load());
    facts.put(
        "system",
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"));
    facts.put(
        "JDK",
        System.getProperty("java.vm.name")
            + " "
            + System.getProperty("java.runtime.version")
            + ", "
            + System.getProperty("java.vendor"));
    facts.put("engine of mpOTR", P256.engine().name());
    LIBRARIES.forEach((name, type) -> facts.put(name, archive(type)));
    return facts;
  }

  private static String processor() {
    try {
      List<String> lines = Files.readAllLines(PROCESSORS, StandardCharsets.UTF_8);
      return lines.stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static String load() {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    return load < 0 ? "unknown" : String.format(java.util.Locale.ROOT, "%.1f", load);
  }

  /** The name of the archive of a class, which tells its version. */
  private static String archive(String className) {
    try {
      Class<?> type = Class.forName(className, false, Machine.class.getClassLoader());
      CodeSource source = type.getProtectionDomain().getCodeSource();
      if (source == null) {
        return "here";
      }
      String path = source.getLocation().getPath();
      String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
      return trimmed.substring(trimmed.lastIndexOf('/') + 1);
    } catch (ClassNotFoundException | LinkageError e) {
      return "not here";
    }
  }
}
