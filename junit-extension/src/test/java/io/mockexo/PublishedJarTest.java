package io.mockexo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.mockexo.server.MockExchangeOnlineServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The jar of the engine as users get it: with Netty and Bouncy Castle under names of its own. The
 * modules after it see this jar from the phase {@code package} on.
 */
class PublishedJarTest {

  private static final String SHADED = "io.mockexo.internal.shaded.";

  private static Path jar;

  @BeforeAll
  static void find_the_jar() throws URISyntaxException {
    jar =
        Path.of(
            MockExchangeOnlineServer.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    assumeThat(jar).as("the engine, which needs the phase package").isRegularFile();
  }

  @Test
  void all_that_is_in_it_is_ours_by_name() throws IOException {
    assertThat(entries())
        .contains("io/mockexo/internal/shaded/io/netty/channel/Channel.class")
        .contains("io/mockexo/internal/shaded/org/bouncycastle/tls/TlsServerProtocol.class")
        .allMatch(name -> name.startsWith("io/mockexo/") || name.startsWith("META-INF/"));
  }

  @Test
  void beside_classes_it_has_only_what_belongs_there() throws IOException {
    assertThat(entries())
        .filteredOn(name -> !name.endsWith(".class"))
        .containsExactlyInAnyOrder(
            "META-INF/MANIFEST.MF",
            "META-INF/LICENSE",
            "META-INF/NOTICE",
            "META-INF/licenses/bouncy-castle.txt",
            "META-INF/licenses/slf4j.txt",
            "META-INF/maven/io.mockexo/mock-exchange-online-server/pom.properties",
            "META-INF/maven/io.mockexo/mock-exchange-online-server/pom.xml",
            "io/mockexo/tls/cipher-suites.tsv");
  }

  @Test
  void its_pom_passes_on_two_small_dependencies_only() throws IOException {
    assertThat(dependencies())
        .filteredOn(dependency -> !dependency.contains("<scope>test</scope>"))
        .extracting(dependency -> dependency.replaceAll("(?s).*<artifactId>(.*?)</.*", "$1"))
        .containsExactlyInAnyOrder("slf4j-api", "jspecify");
  }

  @Test
  void no_class_that_can_be_reached_was_left_out() {
    Map<String, List<Reference>> references = references();
    Map<String, String> reachedFrom = new TreeMap<>();
    Queue<String> next = new ArrayDeque<>();
    references.keySet().stream().filter(name -> !name.startsWith(SHADED)).forEach(next::add);
    List<String> missing = new ArrayList<>();
    while (!next.isEmpty()) {
      String from = next.remove();
      for (Reference reference : references.getOrDefault(from, List.of())) {
        if (reachedFrom.putIfAbsent(reference.to(), from) != null) {
          continue;
        }
        if (reference.to().startsWith(SHADED) && reference.isMissing()) {
          missing.add(from + " -> " + reference.to());
        }
        next.add(reference.to());
      }
    }

    assertThat(reachedFrom).containsKey(SHADED + "org.bouncycastle.tls.TlsServerProtocol");
    assertThat(missing).isEmpty();
  }

  private record Reference(String to, String where) {
    boolean isMissing() {
      return where.equals("not found");
    }
  }

  /** What each class of the jar refers to, as {@code jdeps} has it. */
  private static Map<String, List<Reference>> references() {
    StringWriter output = new StringWriter();
    int exitCode =
        ToolProvider.findFirst("jdeps")
            .orElseThrow()
            .run(
                new PrintWriter(output),
                new PrintWriter(output),
                "-verbose:class",
                "-filter:none",
                "--ignore-missing-deps",
                jar.toString());
    assertThat(exitCode).as(() -> output.toString()).isZero();
    Map<String, List<Reference>> references = new HashMap<>();
    Pattern.compile("(?m)^ +(\\S+) +-> +(\\S+) +(\\S.*?) *$")
        .matcher(output.toString())
        .results()
        .forEach(
            line ->
                references
                    .computeIfAbsent(line.group(1), from -> new ArrayList<>())
                    .add(new Reference(line.group(2), line.group(3))));
    return references;
  }

  private static List<String> entries() throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream()
          .filter(entry -> !entry.isDirectory())
          .map(JarEntry::getName)
          .collect(Collectors.toList());
    }
  }

  /** The elements {@code dependency} of the POM in the jar, which is the one that is published. */
  private static List<String> dependencies() throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      JarEntry pom =
          file.getJarEntry("META-INF/maven/io.mockexo/mock-exchange-online-server/pom.xml");
      String text =
          new String(file.getInputStream(pom).readAllBytes(), StandardCharsets.UTF_8)
              .replaceAll("(?s)<build>.*?</build>|<profiles>.*</profiles>", "");
      return Pattern.compile("(?s)<dependency>.*?</dependency>")
          .matcher(text)
          .results()
          .map(MatchResult::group)
          .toList();
    }
  }
}
