package io.mockexo.junit;

import io.mockexo.server.MockExchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** The servers in the store, each in the context whose end is its own. */
final class TestServers {

  private static final Namespace NAMESPACE = Namespace.create(TestServers.class);

  private TestServers() {}

  /** Keeps a server that was built for a declaration for as long as {@code scope} lasts. */
  static ManagedServer addBuilt(
      ExtensionContext scope, Declaration declaration, MockExchange exchange, Runnable close) {
    root(scope).put(new Owner(exchange), declaration.place());
    ManagedServer server =
        new ManagedServer(declaration, exchange, false, false, users(scope, exchange), close);
    add(scope, server);
    return server;
  }

  /** Keeps a server that a test has made itself. */
  static void addAdopted(
      ExtensionContext scope,
      Declaration declaration,
      MockExchange exchange,
      boolean wasRunning,
      Runnable close) {
    add(
        scope,
        new ManagedServer(declaration, exchange, true, wasRunning, users(scope, exchange), close));
  }

  /** Who has this server, if it was built here; for whom it is to be adopted it is another's. */
  static Optional<String> ownerOf(ExtensionContext scope, MockExchange exchange) {
    return Optional.ofNullable(root(scope).get(new Owner(exchange), String.class));
  }

  /** Has something closed when all tests are over. */
  static void closeAtTheEnd(ExtensionContext scope, Runnable close) {
    Ending ending = close::run;
    root(scope).put(ending, ending);
  }

  /** What the store of every version of Jupiter closes; see {@link ManagedServer}. */
  @SuppressWarnings("deprecation") // CloseableResource, since 5.13
  private interface Ending extends ExtensionContext.Store.CloseableResource, AutoCloseable {
    @Override
    void close();
  }

  private record Owner(MockExchange of) {}

  private record Users(MockExchange of) {}

  @SuppressWarnings("unchecked")
  private static AtomicReference<ManagedServer.@Nullable TestRun> users(
      ExtensionContext scope, MockExchange exchange) {
    return (AtomicReference<ManagedServer.@Nullable TestRun>)
        root(scope).getOrComputeIfAbsent(new Users(exchange), key -> new AtomicReference<>());
  }

  private static ExtensionContext.Store root(ExtensionContext scope) {
    return scope.getRoot().getStore(NAMESPACE);
  }

  private static void add(ExtensionContext scope, ManagedServer server) {
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
