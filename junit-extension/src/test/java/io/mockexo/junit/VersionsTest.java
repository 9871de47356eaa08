package io.mockexo.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.util.ServiceLoader;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.engine.TestEngine;

/**
 * The build runs the tests of this module on several versions of Jupiter and AssertJ ({@code
 * pom.xml}): each time it really is those that it says.
 */
class VersionsTest {

  @Test
  void jupiter_is_of_the_version_that_the_build_says() {
    String expected = expected("expected.jupiter");

    assertThat(Test.class.getPackage().getImplementationVersion()).isEqualTo(expected);
    assertThat(ServiceLoader.load(TestEngine.class))
        .filteredOn(engine -> engine.getId().equals("junit-jupiter"))
        .singleElement()
        .satisfies(engine -> assertThat(engine.getVersion()).contains(expected));
  }

  @Test
  void assertj_is_of_the_version_that_the_build_says() {
    String expected = expected("expected.assertj");

    assertThat(Assertions.class.getProtectionDomain().getCodeSource().getLocation().getPath())
        .endsWith("/assertj-core-" + expected + ".jar");
  }

  @ParameterizedTest
  @CsvSource({
    "JUnit Jupiter, readme.jupiter",
    "AssertJ, readme.assertj",
    "Spring Boot, readme.spring-boot",
    "Kotlin, readme.kotlin"
  })
  void the_readme_names_the_versions_that_are_run(String what, String property) {
    String versions = expected(property);

    assertThat(Path.of("../README.md"))
        .content()
        .contains("\n| " + what + " | " + versions + " |\n");
  }

  private static String expected(String property) {
    String expected = System.getProperty(property);
    assumeThat(expected).as("what only the build sets").isNotNull();
    return expected;
  }
}
