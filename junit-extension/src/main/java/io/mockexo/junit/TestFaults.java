package io.mockexo.junit;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** The faults of one test, those of its classes first, and which server each is for. */
final class TestFaults {

  private record Targeted(String server, TestFault fault) {}

  private final List<Targeted> faults;

  private TestFaults(List<Targeted> faults) {
    this.faults = faults;
  }

  /**
   * Reads them.
   *
   * @param test the context of a test method
   * @throws ExtensionConfigurationException if one is impossible, its server cannot be told, or it
   *     is not on a test
   */
  static TestFaults of(ExtensionContext test) {
    Class<?> testClass = test.getRequiredTestClass();
    Method testMethod = test.getRequiredTestMethod();
    List<TestFault> read = new ArrayList<>();
    for (Class<?> type : DeclaredServers.testClasses(test)) {
      ReflectionSupport.findMethods(type, TestFaults::isMisplaced, HierarchyTraversalMode.TOP_DOWN)
          .forEach(TestFaults::refuse);
      read(type, type.getSimpleName(), read);
    }
    read(testMethod, testClass.getSimpleName() + "." + testMethod.getName(), read);
    if (read.isEmpty()) {
      return new TestFaults(List.of());
    }
    DeclaredServers servers = DeclaredServers.of(test);
    return new TestFaults(
        read.stream().map(fault -> new Targeted(servers.target(fault), fault)).toList());
  }

  /** The faults for the server with this name, in order. */
  List<TestFault> forServer(String name) {
    return faults.stream()
        .filter(targeted -> targeted.server().equals(name))
        .map(Targeted::fault)
        .toList();
  }

  /** Whether a method has faults, of which nothing would come, because it is no test. */
  private static boolean isMisplaced(Method method) {
    return method.getDeclaredAnnotations().length > 0
        && !AnnotationSupport.isAnnotated(method, Testable.class)
        && !AnnotationSupport.findRepeatableAnnotations(method, InjectFault.class).isEmpty();
  }

  private static void refuse(Method method) {
    throw new ExtensionConfigurationException(
        ("@InjectFault on %s.%s: it is no test, so that nothing would come of it. Put it on the"
                + " tests that it is for, or on their class")
            .formatted(method.getDeclaringClass().getSimpleName(), method.getName()));
  }

  private static void read(AnnotatedElement element, String where, List<TestFault> into) {
    AnnotationSupport.findRepeatableAnnotations(element, InjectFault.class)
        .forEach(annotation -> into.add(TestFault.of(annotation, where)));
  }
}
