package org.mpotr.keytool;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A JDK of this machine, and processes that it runs. */
record JdkHome(int feature, Path path) {

  /** The running JDK, and one of each other version beside it; MPOTR_JDK25 names another place. */
  static Stream<JdkHome> all() {
    TreeMap<Integer, JdkHome> homes = new TreeMap<>();
    running().add(homes);
    String named = System.getenv("MPOTR_JDK25");
    if (named != null) {
      at(Path.of(named)).forEach(home -> home.add(homes));
    }
    Path folder = running().path.getParent();
    try (Stream<Path> beside = Files.list(folder)) {
      beside.sorted().flatMap(path -> at(path).stream()).forEach(home -> home.add(homes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(homes.values()).stream();
  }

  static JdkHome running() {
    return new JdkHome(Runtime.version().feature(), Path.of(System.getProperty("java.home")));
  }

  private void add(TreeMap<Integer, JdkHome> homes) {
    if (feature == 17 || feature == 25) {
      homes.putIfAbsent(feature, this);
    }
  }

  private static List<JdkHome> at(Path path) {
    Path release = path.resolve("release");
    if (!Files.isExecutable(path.resolve("bin/javac")) || !Files.isRegularFile(release)) {
      return List.of();
    }
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(release)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String version = properties.getProperty("JAVA_VERSION").replace("\"", "");
    return List.of(new JdkHome(Runtime.Version.parse(version).feature(), path));
  }

  Path program(String name) {
    return path.resolve("bin").resolve(name);
  }

  /** The command line of a class of the tests. */
  List<String> java(Class<?> main, String... arguments) {
    List<String> line = new ArrayList<>();
    line.add(program("java").toString());
    line.add("-cp");
    line.add(System.getProperty("java.class.path"));
    line.add(main.getName());
    line.addAll(List.of(arguments));
    return line;
  }

  @Override
  public String toString() {
    return "JDK " + feature;
  }
}
