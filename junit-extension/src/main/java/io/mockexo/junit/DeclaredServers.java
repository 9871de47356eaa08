package io.mockexo.junit;

import io.mockexo.tls.NearestName;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/**
 * The servers that a test has, by their names, wherever they are declared: fields and parameters of
 * its class and of the classes around it.
 */
final class DeclaredServers {

  private final Map<String, Declaration> byName = new TreeMap<>();
  private final String test;

  private DeclaredServers(String test) {
    this.test = test;
  }

  static DeclaredServers of(ExtensionContext test) {
    Method testMethod = test.getRequiredTestMethod();
    DeclaredServers servers =
        new DeclaredServers(
            test.getRequiredTestClass().getSimpleName() + "." + testMethod.getName());
    // A class and one around it may have inherited the same, which is one server.
    Set<Field> statics = new HashSet<>();
    for (Class<?> type : testClasses(test)) {
      for (Field field : AnnotationSupport.findAnnotatedFields(type, MockExchangeOnline.class)) {
        if (!Modifier.isStatic(field.getModifiers()) || statics.add(field)) {
          servers.add(Declaration.of(field), type.isRecord());
        }
      }
      for (Constructor<?> constructor : type.getDeclaredConstructors()) {
        servers.addParameters(constructor, type.isRecord());
      }
      Stream.of(BeforeAll.class, BeforeEach.class)
          .flatMap(
              lifecycle ->
                  AnnotationSupport.findAnnotatedMethods(
                      type, lifecycle, HierarchyTraversalMode.TOP_DOWN)
                      .stream())
          .forEach(method -> servers.addParameters(method, false));
    }
    servers.addParameters(testMethod, false);
    return servers;
  }

  /**
   * The class of a test and those around it, the outermost first: as the tests are nested, which is
   * not as the classes are where a nested class is inherited.
   */
  static Set<Class<?>> testClasses(ExtensionContext test) {
    Set<Class<?>> classes = new LinkedHashSet<>();
    test.getParent().ifPresent(parent -> classes.addAll(testClasses(parent)));
    test.getTestClass().ifPresent(classes::add);
    return classes;
  }

  private void addParameters(Executable executable, boolean mayRepeat) {
    for (Parameter parameter : executable.getParameters()) {
      if (Declaration.isOn(parameter)) {
        add(Declaration.of(parameter), mayRepeat);
      }
    }
  }

  /** A component of a record is a field and a parameter, and one server. */
  private void add(Declaration declaration, boolean mayRepeat) {
    Declaration other = byName.putIfAbsent(declaration.name(), declaration);
    if (other != null && !mayRepeat && other.place().equals(declaration.place())) {
      throw new ExtensionConfigurationException(
          ("%s has two servers named '%s', the %s, which its class and one around it both inherit;"
                  + " let only one of them do so, or say in the test which one is to fail:"
                  + " %s.onConnection(1, at(CLIENT_HELLO).drop(RST))")
              .formatted(test, declaration.name(), declaration.place(), declaration.name()));
    }
    if (other != null && !mayRepeat) {
      String places =
          Stream.of(other, declaration)
              .map(Declaration::place)
              .sorted()
              .collect(Collectors.joining(" and the "));
      throw new ExtensionConfigurationException(
          "%s has two servers named '%s', the %s; tell them apart with @MockExchangeOnline(name = ...)"
              .formatted(test, declaration.name(), places));
    }
  }

  /**
   * The name of the server that the fault is for.
   *
   * @throws ExtensionConfigurationException if it is for none, or for one of several
   */
  String target(TestFault fault) {
    if (byName.isEmpty()) {
      throw error(
          fault,
          "%s has no server that could fail; put @MockExchangeOnline on a field or a parameter of type MockExchangeOnlineServer"
              .formatted(test));
    }
    String named = fault.server();
    if (!named.isEmpty() && !byName.containsKey(named)) {
      String near =
          NearestName.closeTo(named, byName.keySet())
              .map(" did you mean '%s'?"::formatted)
              .orElse("");
      throw error(
          fault, "%s has no server named '%s';%s it has %s".formatted(test, named, near, names()));
    }
    if (named.isEmpty() && byName.size() > 1) {
      throw error(
          fault,
          "%s has several servers, so that it must be said which one is meant: write server = one of %s"
              .formatted(test, names()));
    }
    return named.isEmpty() ? byName.keySet().iterator().next() : named;
  }

  private String names() {
    String names = String.join(", ", byName.keySet());
    boolean compiledWithout = byName.keySet().stream().anyMatch(name -> name.matches("arg\\d+"));
    return compiledWithout
        ? names
            + " (compile with -parameters, or give each a name: @MockExchangeOnline(name = ...))"
        : names;
  }

  private static ExtensionConfigurationException error(TestFault fault, String problem) {
    return new ExtensionConfigurationException(
        "@InjectFault on %s: %s".formatted(fault.where(), problem));
  }
}
