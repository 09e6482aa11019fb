package org.mpotr;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The manifest says to OSGi what module-info says to the platform. */
class BundleTest {

  /** A package at the start of a clause; attributes in quotes may name others. */
  private static final Pattern PACKAGE =
      Pattern.compile("(?:^|,)([a-z.0-9]+)(?:;[^,\"]*(?:\"[^\"]*\"[^,\"]*)*)?");

  @Test
  void exportsWhatTheModuleExports() throws Exception {
    Path root =
        Path.of(MpotrProvider.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    ModuleDescriptor module;
    try (InputStream in = Files.newInputStream(root.resolve("module-info.class"))) {
      module = ModuleDescriptor.read(in);
    }
    Attributes manifest;
    try (InputStream in = Files.newInputStream(root.resolve("META-INF/MANIFEST.MF"))) {
      manifest = new Manifest(in).getMainAttributes();
    }
    assertEquals(module.name(), manifest.getValue("Bundle-SymbolicName"));
    Set<String> exported = new TreeSet<>();
    Matcher clauses = PACKAGE.matcher(manifest.getValue("Export-Package"));
    while (clauses.find()) {
      exported.add(clauses.group(1));
    }
    assertEquals(
        module.exports().stream()
            .map(ModuleDescriptor.Exports::source)
            .collect(Collectors.toCollection(TreeSet::new)),
        exported);
  }
}
