package org.mpotr;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.AccessibleObject;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What GraalVM's native images are told of reflection and resources: all there is, and only what
 * there is.
 */
class NativeImageMetadataTest {

  private static final String SERVICES = "META-INF/services/java.security.Provider";
  private static final String METADATA = "META-INF/native-image/org.mpotr/mpotr-provider/";
  private static final Set<String> RESOURCE_CALLS =
      Set.of(
          "getResource",
          "getResources",
          "getResourceAsStream",
          "getSystemResource",
          "getSystemResourceAsStream");
  private static final Set<String> CLASS_CALLS =
      Set.of(
          "forName",
          "getConstructor",
          "getConstructors",
          "getDeclaredConstructor",
          "getDeclaredConstructors",
          "getMethod",
          "getMethods",
          "getDeclaredMethod",
          "getDeclaredMethods",
          "getField",
          "getFields",
          "getDeclaredField",
          "getDeclaredFields",
          "getRecordComponents",
          "getPermittedSubclasses");

  private static String read(String name) throws IOException {
    try (InputStream in = MpotrProvider.class.getClassLoader().getResourceAsStream(name)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private static Path root() throws URISyntaxException {
    return Path.of(MpotrProvider.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  @Test
  void namesTheProvidersWithTheirConstructors() throws Exception {
    Set<String> named = new TreeSet<>();
    for (JsonElement element :
        JsonParser.parseString(read(METADATA + "reflect-config.json")).getAsJsonArray()) {
      JsonObject entry = element.getAsJsonObject();
      String name = entry.get("name").getAsString();
      assertEquals(
          JsonParser.parseString("[{\"name\": \"<init>\", \"parameterTypes\": []}]"),
          entry.get("methods"));
      assertInstanceOf(Provider.class, Class.forName(name).getConstructor().newInstance());
      named.add(name);
    }
    Set<String> offered = new TreeSet<>(read(SERVICES).lines().filter(l -> !l.isBlank()).toList());
    offered.removeIf(line -> line.startsWith("#"));
    assertEquals(offered, named);
  }

  @Test
  void includesTheResourcesOfTheLibrary() throws Exception {
    List<Pattern> included = new ArrayList<>();
    JsonParser.parseString(read(METADATA + "resource-config.json"))
        .getAsJsonObject()
        .getAsJsonObject("resources")
        .getAsJsonArray("includes")
        .forEach(
            e -> included.add(Pattern.compile(e.getAsJsonObject().get("pattern").getAsString())));
    try (Stream<Path> files = Files.walk(root())) {
      List<String> resources =
          files
              .filter(Files::isRegularFile)
              .map(file -> root(file))
              .filter(name -> !name.endsWith(".class") && !name.startsWith(METADATA))
              .filter(name -> !name.matches("META-INF/(LICENSE|NOTICE|MANIFEST.MF|maven/.*)"))
              .toList();
      assertEquals(List.of(SERVICES), resources);
      assertTrue(included.stream().anyMatch(pattern -> pattern.matcher(SERVICES).matches()));
    }
  }

  private static String root(Path file) {
    try {
      return root().relativize(file).toString().replace('\\', '/');
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Nothing else is looked up by name, so that nothing is lacking above. */
  @Test
  void nothingElseIsReflective() {
    JavaClasses code =
        new ClassFileImporter()
            .importUrl(MpotrProvider.class.getProtectionDomain().getCodeSource().getLocation());
    noClasses()
        .should()
        .callMethodWhere(
            DescribedPredicate.describe("is reflective", NativeImageMetadataTest::isReflective))
        .because("a native image would have to be told of it")
        .check(code);
    noClasses()
        .should()
        .accessClassesThat(assignableTo(AccessibleObject.class))
        .orShould()
        .accessClassesThat()
        .haveFullyQualifiedName("java.util.ServiceLoader")
        .orShould()
        .accessClassesThat()
        .haveFullyQualifiedName("java.util.ResourceBundle")
        .orShould()
        .accessClassesThat()
        .haveFullyQualifiedName("java.lang.reflect.Proxy")
        .check(code);
  }

  private static boolean isReflective(JavaMethodCall call) {
    String owner = call.getTargetOwner().getFullName();
    String name = call.getName();
    if (call.getOriginOwner().getSimpleName().equals("BouncyCastle")) {
      // Names jars in a complaint; in an image there are none, and the sentence does without.
      return false;
    }
    return owner.equals("java.lang.Class")
            && (CLASS_CALLS.contains(name) || RESOURCE_CALLS.contains(name))
        || owner.equals("java.lang.ClassLoader")
            && (RESOURCE_CALLS.contains(name) || name.equals("loadClass"))
        || owner.equals("java.lang.invoke.MethodHandles$Lookup") && name.startsWith("find");
  }
}
