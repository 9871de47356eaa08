package io.mockexo.junit;

import io.mockexo.fault.ScriptedFault;
import io.mockexo.server.MockExchange;
import io.mockexo.server.MockExchangeOnlineServer;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;
import org.opentest4j.AssertionFailedError;

/** What {@link MockExchangeOnline} and {@link InjectFault} do: the order of things, and no more. */
final class MockExchangeOnlineExtension
    implements BeforeAllCallback,
        TestInstancePostProcessor,
        ParameterResolver,
        BeforeEachCallback,
        AfterEachCallback,
        TestExecutionExceptionHandler,
        LifecycleMethodExecutionExceptionHandler,
        InvocationInterceptor {

  /** The configuration parameter for the timeout of awaiting methods. */
  static final String AWAIT_TIMEOUT = "mockexo.await.timeout";

  /** The configuration parameter for when transcripts are published. */
  static final String TRANSCRIPTS = "mockexo.transcripts";

  @Override
  public void beforeAll(ExtensionContext testClass) {
    ServerFields.ofClass(testClass, testClass.getRequiredTestClass());
  }

  /** An instance belongs to its test, unless it lives as long as the class. */
  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public void postProcessTestInstance(Object instance, ExtensionContext context) {
    ServerFields.ofInstance(context, instance);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.isAnnotated(MockExchangeOnline.class);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Declaration declaration = Declaration.of(parameter.getParameter());
    Class<?> type = parameter.getParameter().getType();
    if (type != MockExchangeOnlineServer.class && type != MockExchange.class) {
      throw new ExtensionConfigurationException(
          "%s: its type is %s, but it has to be MockExchangeOnlineServer or MockExchange"
              .formatted(declaration, type.getSimpleName()));
    }
    MockExchangeOnlineServer server = new ServerFactory(context).built(declaration);
    ManagedServer managed = TestServers.addBuilt(context, declaration, server, server::close);
    boolean testHasBegun =
        context.getTestMethod().isPresent() && parameter.getDeclaringExecutable() instanceof Method;
    if (testHasBegun) {
      managed.begin(context, TestFaults.of(context).forServer(managed.name()));
    }
    return server;
  }

  /** The servers that are there before the test's own methods: those of fields, for example. */
  @Override
  public void beforeEach(ExtensionContext test) {
    TestFaults faults = TestFaults.of(test);
    List<ManagedServer> shared = TestServers.sharedBy(test);
    for (ManagedServer server : TestServers.visibleFrom(test)) {
      List<TestFault> own = faults.forServer(server.name());
      if (shared.contains(server) || server.mayHaveBeenUsed()) {
        server.beginAnew(test, own);
      } else {
        server.begin(test, own);
      }
    }
  }

  @Override
  public void afterEach(ExtensionContext test) {
    List<ManagedServer> servers = TestServers.visibleFrom(test);
    boolean failed = test.getExecutionException().isPresent() || DynamicFailure.isNotedIn(test);
    boolean thrownByTest =
        test.getExecutionException().filter(FailureReport::isOfTheTest).isPresent();
    try {
      String unfired = failed ? "" : unfiredFaults(servers);
      if (thrownByTest
          || DynamicFailure.isNotedIn(test)
          || !unfired.isEmpty()
          || publishesAlways(test)) {
        publish(servers, test);
      }
      // Not all of them came by our handlers: those of other extensions did not.
      test.getExecutionException().ifPresent(failure -> FailureReport.addTo(failure, servers));
      if (!unfired.isEmpty()) {
        throw new AssertionFailedError(unfired);
      }
    } finally {
      servers.forEach(server -> server.end(test));
    }
  }

  /** Without an instance there is no test whose end would be told. */
  @Override
  public <T> T interceptTestClassConstructor(
      Invocation<T> invocation,
      ReflectiveInvocationContext<Constructor<T>> invocationContext,
      ExtensionContext context)
      throws Throwable {
    try {
      return invocation.proceed();
    } catch (Throwable failure) {
      throw published(failure, context);
    }
  }

  @Override
  public void interceptTestMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> invocationContext,
      ExtensionContext test)
      throws Throwable {
    TestServers.visibleFrom(test).forEach(ManagedServer::requireFaults);
    invocation.proceed();
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> invocationContext,
      ExtensionContext test)
      throws Throwable {
    interceptTestMethod(invocation, invocationContext, test);
  }

  @Override
  public <T> T interceptTestFactoryMethod(
      Invocation<T> invocation,
      ReflectiveInvocationContext<Method> invocationContext,
      ExtensionContext test)
      throws Throwable {
    TestServers.visibleFrom(test).forEach(ManagedServer::requireFaults);
    return invocation.proceed();
  }

  @Override
  public void interceptDynamicTest(
      Invocation<@Nullable Void> invocation,
      DynamicTestInvocationContext invocationContext,
      ExtensionContext dynamicTest)
      throws Throwable {
    try {
      invocation.proceed();
    } catch (Throwable failure) {
      DynamicFailure.noteIn(dynamicTest);
      throw FailureReport.with(TestServers.visibleFrom(dynamicTest), failure);
    }
  }

  @Override
  public void handleTestExecutionException(ExtensionContext test, Throwable failure)
      throws Throwable {
    throw FailureReport.with(TestServers.visibleFrom(test), failure);
  }

  @Override
  public void handleBeforeAllMethodExecutionException(ExtensionContext testClass, Throwable failure)
      throws Throwable {
    throw published(failure, testClass);
  }

  @Override
  public void handleAfterAllMethodExecutionException(ExtensionContext testClass, Throwable failure)
      throws Throwable {
    throw published(failure, testClass);
  }

  @Override
  public void handleBeforeEachMethodExecutionException(ExtensionContext test, Throwable failure)
      throws Throwable {
    throw FailureReport.with(TestServers.visibleFrom(test), failure);
  }

  @Override
  public void handleAfterEachMethodExecutionException(ExtensionContext test, Throwable failure)
      throws Throwable {
    throw FailureReport.with(TestServers.visibleFrom(test), failure);
  }

  /** For what is thrown where no {@link #afterEach} comes that would publish the transcripts. */
  private static Throwable published(Throwable failure, ExtensionContext context) {
    List<ManagedServer> servers = TestServers.visibleFrom(context);
    if (FailureReport.isOfTheTest(failure)) {
      publish(servers, context);
    }
    return FailureReport.with(servers, failure);
  }

  private static void publish(List<ManagedServer> servers, ExtensionContext test) {
    for (ManagedServer server : servers) {
      test.publishReportEntry(server.label(), FailureReport.transcripts(server, ""));
    }
  }

  /** What a test that passed is told of faults that never fired; empty if there are none. */
  private static String unfiredFaults(List<ManagedServer> servers) {
    StringBuilder text = new StringBuilder();
    for (ManagedServer server : servers) {
      List<ScriptedFault> missing = server.missingFaults();
      if (!missing.isEmpty()) {
        text.append(FailureReport.ofUnfired(server, missing));
      }
    }
    return text.toString();
  }

  private static boolean publishesAlways(ExtensionContext context) {
    String when = context.getConfigurationParameter(TRANSCRIPTS).orElse("on-failure");
    return switch (when.strip().toLowerCase(Locale.ROOT)) {
      case "always" -> true;
      case "on-failure" -> false;
      default ->
          throw new ExtensionConfigurationException(
              "the configuration parameter %s is '%s'; it can be on-failure or always"
                  .formatted(TRANSCRIPTS, when));
    };
  }
}
