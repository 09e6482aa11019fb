package org.mpotr.command;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.cert.X509CertificateHolder;
import org.mpotr.MpotrProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code keytool}. */
@Command(
    name = "keytool",
    description = {
      "Run the JDK's keytool on the store.",
      "The provider and the store are filled in, and saving is as safe as by mpotr itself; say",
      "the rest: mpotr keytool -list"
    })
final class Keytool extends Task {

  @Option(
      names = "--store",
      paramLabel = "PATH",
      description = "The store; as for all other commands.")
  Path given;

  @Parameters(arity = "1..*", paramLabel = "ARGUMENT", description = "For keytool.")
  List<String> arguments;

  Keytool(Surroundings here) {
    super(here);
  }

  @Override
  public Integer call() throws Exception {
    StoreOptions store = new StoreOptions(here);
    store.given = given;
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(arguments);
    command.addAll(List.of("-providerpath", jars()));
    command.addAll(List.of("-providerclass", MpotrProvider.class.getName()));
    command.addAll(List.of("-providerarg", store.path().toAbsolutePath().toString()));
    command.addAll(List.of("-storetype", "mpOTR-File", "-keystore", "NONE"));
    ProcessBuilder builder = new ProcessBuilder(command);
    if (here.isProcess()) {
      return builder.inheritIO().start().waitFor();
    }
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    try (BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), here.charset()))) {
      output.lines().forEach(this::print);
    }
    return process.waitFor();
  }

  /** Where the provider and its libraries come from. */
  private static String jars() throws Exception {
    Set<String> paths = new LinkedHashSet<>();
    for (Class<?> each :
        List.of(MpotrProvider.class, ASN1Object.class, X509CertificateHolder.class)) {
      paths.add(
          Path.of(each.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
    }
    return String.join(System.getProperty("path.separator"), paths);
  }
}
