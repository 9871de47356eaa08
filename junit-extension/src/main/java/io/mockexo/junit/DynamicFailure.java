package io.mockexo.junit;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** Notes in a test factory that one of its dynamic tests failed, which Jupiter does not tell it. */
final class DynamicFailure {

  private static final Namespace NAMESPACE = Namespace.create(DynamicFailure.class);

  private DynamicFailure() {}

  static void noteIn(ExtensionContext dynamicTest) {
    ExtensionContext context = dynamicTest;
    while (context.getTestMethod().isEmpty()) {
      context = context.getParent().orElseThrow();
    }
    context.getStore(NAMESPACE).put(context.getUniqueId(), true);
  }

  static boolean isNotedIn(ExtensionContext test) {
    return test.getStore(NAMESPACE).get(test.getUniqueId()) != null;
  }
}
