package io.mockexo.assertj;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.assertj.core.api.AbstractAssert;

/** What the assertions may know. */
@AnalyzeClasses(packages = "io.mockexo.assertj", importOptions = DoNotIncludeTests.class)
class AssertionsArchitectureTest {

  /** They are functions of a snapshot, which may come from anywhere. */
  @ArchTest
  static final ArchRule assertions_know_no_server_and_no_junit =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.mockexo.server..", "io.mockexo.internal..", "org.junit..");

  @ArchTest
  static final ArchRule jakarta_mail_lives_in_one_class =
      noClasses()
          .that()
          .doNotHaveSimpleName("JakartaMimeContent")
          .and()
          .haveNameNotMatching(".*JakartaMimeContent\\$.*")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jakarta..");

  @ArchTest
  static final ArchRule what_soft_assertions_extend_is_not_final =
      classes()
          .that()
          .areAssignableTo(AbstractAssert.class)
          .should()
          .notHaveModifier(JavaModifier.FINAL);
}
