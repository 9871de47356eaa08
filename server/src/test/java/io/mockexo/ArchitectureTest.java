package io.mockexo;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.security.Security;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TimeZone;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;

/**
 * The shape of the engine. Every rule allows an empty set of classes, so that it holds from the day
 * the first package exists.
 */
@AnalyzeClasses(packages = "io.mockexo", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  /** From the top: a package may use itself and those above it. */
  private static final List<String> PACKAGES =
      List.of(
          "io.mockexo.tls",
          "io.mockexo.exchange",
          "io.mockexo.fault",
          "io.mockexo.journal",
          "io.mockexo.scenario",
          "io.mockexo.internal.tls",
          "io.mockexo.internal.smtp",
          "io.mockexo.internal.journal",
          "io.mockexo.internal.net",
          "io.mockexo.server");

  /** Switches of the whole JVM, which the client under test lives in too. */
  private static final Map<Class<?>, Set<String>> JVM_WIDE =
      Map.of(
          System.class,
              Set.of(
                  // Not getProperties either: the map it returns is the live one.
                  "getProperties",
                  "setProperties",
                  "setProperty",
                  "clearProperty",
                  "setIn",
                  "setOut",
                  "setErr",
                  "exit"),
          Security.class,
              Set.of("setProperty", "addProvider", "insertProviderAt", "removeProvider"),
          Thread.class, Set.of("setDefaultUncaughtExceptionHandler"),
          SSLContext.class, Set.of("setDefault"),
          HttpsURLConnection.class,
              Set.of("setDefaultSSLSocketFactory", "setDefaultHostnameVerifier"),
          Locale.class, Set.of("setDefault"),
          TimeZone.class, Set.of("setDefault"),
          Authenticator.class, Set.of("setDefault"),
          CookieHandler.class, Set.of("setDefault"),
          ProxySelector.class, Set.of("setDefault"));

  @ArchTest
  static final ArchRule each_package_uses_only_those_above_it =
      classes().should(useOnlyPackagesAbove()).allowEmptyShould(true);

  @ArchTest
  static final ArchRule netty_lives_only_in_internal_net =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.mockexo.internal.net..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.netty..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule bouncy_castle_lives_only_in_internal_tls_and_behind_the_test_authority =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.mockexo.internal.tls..")
          .and(
              DescribedPredicate.not(
                  belongTo(
                      "io.mockexo.tls.TestAuthority",
                      "io.mockexo.tls.CertificateIssuer",
                      "io.mockexo.tls.CertificateSignature")))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bouncycastle..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule static_fields_are_final =
      fields().that().areStatic().should().beFinal().allowEmptyShould(true);

  /** Whether a {@code List} or {@code Map} is an immutable one cannot be seen here; this can. */
  @ArchTest
  static final ArchRule static_fields_are_not_of_a_mutable_type =
      noFields().that().areStatic().should().haveRawType(mutable()).allowEmptyShould(true);

  @ArchTest
  static final ArchRule nobody_prints =
      noClasses().should(ACCESS_STANDARD_STREAMS).allowEmptyShould(true);

  @ArchTest
  static final ArchRule nobody_turns_a_switch_of_the_whole_jvm =
      noClasses().should().accessTargetWhere(isJvmWide()).allowEmptyShould(true);

  private static ArchCondition<JavaClass> useOnlyPackagesAbove() {
    return new ArchCondition<>("use only packages above their own in " + PACKAGES) {
      @Override
      public void check(JavaClass origin, ConditionEvents events) {
        int own = rank(origin);
        if (own < 0) {
          String message = origin.getName() + " is in a package that has no place in the order";
          events.add(SimpleConditionEvent.violated(origin, message));
        }
        origin.getDirectDependenciesFromSelf().stream()
            .filter(dependency -> rank(dependency.getTargetClass()) > own)
            .map(
                dependency ->
                    SimpleConditionEvent.violated(dependency, dependency.getDescription()))
            .forEach(events::add);
      }
    };
  }

  private static int rank(JavaClass type) {
    String inside = type.getBaseComponentType().getPackageName() + ".";
    for (int rank = 0; rank < PACKAGES.size(); rank++) {
      if (inside.startsWith(PACKAGES.get(rank) + ".")) {
        return rank;
      }
    }
    return -1;
  }

  /** These classes, with their nested ones. */
  private static DescribedPredicate<JavaClass> belongTo(String... topLevel) {
    Set<String> names = Set.of(topLevel);
    return describe(
        "belong to " + names, type -> names.contains(type.getName().replaceFirst("\\$.*", "")));
  }

  private static DescribedPredicate<JavaClass> mutable() {
    return describe(
        "a mutable type",
        type ->
            isConcreteCollection(type)
                || type.isAssignableTo(Queue.class)
                || type.isAssignableTo(ConcurrentMap.class)
                || type.isAssignableTo(Executor.class)
                || type.isAssignableTo(ThreadLocal.class)
                || type.isAssignableTo(Appendable.class)
                || type.getPackageName().equals("java.util.concurrent.atomic")
                || type.getPackageName().equals("java.util.concurrent.locks"));
  }

  private static boolean isConcreteCollection(JavaClass type) {
    return !type.isInterface()
        && (type.isAssignableTo(Collection.class) || type.isAssignableTo(Map.class));
  }

  private static DescribedPredicate<JavaAccess<?>> isJvmWide() {
    return describe(
        "a switch of the whole JVM is set",
        access ->
            JVM_WIDE.entrySet().stream()
                .anyMatch(
                    owner ->
                        access.getTargetOwner().isAssignableTo(owner.getKey())
                            && owner.getValue().contains(access.getTarget().getName())));
  }
}
