package io.mockexo.junit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** The servers in the store, each in the context whose end is its own. */
final class TestServers {

  private static final Namespace NAMESPACE = Namespace.create(TestServers.class);

  private TestServers() {}

  /** Keeps a server for as long as {@code scope} lasts. */
  static void add(ExtensionContext scope, ManagedServer server) {
    // Under a key of its own, so that the store closes it; a lookup would find that of a parent.
    scope.getStore(NAMESPACE).put(server, server);
    here(scope).add(server);
  }

  /** The servers whose scope is this context or one around it, the outermost first. */
  static List<ManagedServer> visibleFrom(ExtensionContext context) {
    List<ManagedServer> servers = new ArrayList<>();
    context.getParent().ifPresent(parent -> servers.addAll(visibleFrom(parent)));
    servers.addAll(List.copyOf(here(context)));
    return servers;
  }

  /** The servers that a test shares with others. */
  static List<ManagedServer> sharedBy(ExtensionContext test) {
    return test.getParent().map(TestServers::visibleFrom).orElse(List.of());
  }

  /** The server that was made for this object, or is it. */
  static Optional<ManagedServer> managing(ExtensionContext context, Object exchange) {
    return visibleFrom(context).stream().filter(s -> s.exchange() == exchange).findFirst();
  }

  @SuppressWarnings("unchecked")
  private static List<ManagedServer> here(ExtensionContext context) {
    return (List<ManagedServer>)
        context
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(
                List.class.getName() + context.getUniqueId(), key -> new CopyOnWriteArrayList<>());
  }
}
