package io.mockexo.junit;

import io.mockexo.server.MockExchange;
import io.mockexo.server.MockExchangeOnlineServer;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** The annotated fields of a class or an instance: fills in those that are null, adopts others. */
final class ServerFields {

  private final ExtensionContext scope;
  private final @Nullable Object instance;

  private ServerFields(ExtensionContext scope, @Nullable Object instance) {
    this.scope = scope;
    this.instance = instance;
  }

  /** Sees to the static fields of a class, inherited ones included. */
  static void ofClass(ExtensionContext scope, Class<?> type) {
    ServerFields fields = new ServerFields(scope, null);
    AnnotationSupport.findAnnotatedFields(
            type, MockExchangeOnline.class, field -> Modifier.isStatic(field.getModifiers()))
        .forEach(fields::provide);
  }

  /** Sees to the fields of an instance, inherited ones included. */
  static void ofInstance(ExtensionContext scope, Object instance) {
    ServerFields fields = new ServerFields(scope, instance);
    AnnotationSupport.findAnnotatedFields(
            instance.getClass(),
            MockExchangeOnline.class,
            field -> !Modifier.isStatic(field.getModifiers()))
        .forEach(fields::provide);
  }

  private void provide(Field field) {
    Declaration declaration = Declaration.of(field);
    Object value = read(field, declaration);
    if (value == null) {
      fill(field, declaration);
    } else if (value instanceof MockExchange exchange) {
      adopt(field, declaration, exchange);
    } else {
      throw wrongType(field, declaration);
    }
  }

  private void fill(Field field, Declaration declaration) {
    if (!field.getType().isAssignableFrom(MockExchangeOnlineServer.class)
        || !MockExchange.class.isAssignableFrom(field.getType())) {
      throw wrongType(field, declaration);
    }
    if (Modifier.isFinal(field.getModifiers())) {
      String modifier = Modifier.isStatic(field.getModifiers()) ? "static " : "";
      throw new ExtensionConfigurationException(
          ("%s: it is final and null, so that no server can be put into it. Leave out final: "
                  + "@MockExchangeOnline %sMockExchangeOnlineServer %s;")
              .formatted(declaration, modifier, field.getName()));
    }
    MockExchangeOnlineServer server = new ServerFactory(scope).built(declaration);
    write(field, declaration, server);
    TestServers.addBuilt(
        scope,
        declaration,
        server,
        () -> {
          server.close();
          // Subclasses share a static field of their superclass: the next finds it empty.
          write(field, declaration, null);
        });
  }

  private void adopt(Field field, Declaration declaration, MockExchange exchange) {
    Optional<ManagedServer> known = TestServers.managing(scope, exchange);
    if (known.isPresent()) {
      // A component of a record, which the constructor's parameter has filled, or a static field of
      // a class that a nested class inherits from.
      return;
    }
    TestServers.ownerOf(scope, exchange)
        .ifPresent(
            owner -> {
              throw new ExtensionConfigurationException(
                  ("%s: the server in it is that of the %s, for another class that runs at the same"
                          + " time. Subclasses share a static field: leave out static, or run the"
                          + " classes one after another: @Execution(ExecutionMode.SAME_THREAD)")
                      .formatted(declaration, owner));
            });
    boolean wasRunning = !(exchange instanceof MockExchangeOnlineServer own) || own.isRunning();
    Runnable whenClosed = ServerFactory.adopt(declaration, exchange);
    boolean inherited =
        instance == null && field.getDeclaringClass() != scope.getRequiredTestClass();
    if (inherited) {
      // Other subclasses will want it, too.
      TestServers.closeAtTheEnd(scope, whenClosed);
      whenClosed = () -> {};
    }
    TestServers.addAdopted(scope, declaration, exchange, wasRunning, whenClosed);
  }

  private @Nullable Object read(Field field, Declaration declaration) {
    try {
      field.setAccessible(true);
      return field.get(instance);
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw unreachable(declaration, e);
    }
  }

  private void write(Field field, Declaration declaration, @Nullable MockExchange value) {
    try {
      field.set(instance, value);
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw unreachable(declaration, e);
    }
  }

  private static ExtensionConfigurationException unreachable(Declaration declaration, Exception e) {
    return new ExtensionConfigurationException(
        "%s: the field cannot be reached; in a named module, open its package: opens ... to"
                .formatted(declaration)
            + " io.mockexo.junit",
        e);
  }

  private static ExtensionConfigurationException wrongType(Field field, Declaration declaration) {
    return new ExtensionConfigurationException(
        "%s: its type is %s, but it has to be MockExchangeOnlineServer or MockExchange"
            .formatted(declaration, field.getType().getSimpleName()));
  }
}
