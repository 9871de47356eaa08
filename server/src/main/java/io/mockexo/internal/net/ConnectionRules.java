package io.mockexo.internal.net;

import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.exchange.ExchangeProfileBuilder;
import io.mockexo.fault.Connections;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The rules of an endpoint: the usual ones, and those that differ from them on some connections, as
 * in a fleet that is half upgraded. For a connection those hold that name it most exactly.
 * Immutable.
 */
public final class ConnectionRules {

  /** Rules that differ, and how. */
  private record Differing(
      Connections on, UnaryOperator<ExchangeProfileBuilder> change, ExchangeProfile profile) {}

  private final ExchangeProfile usual;

  /** The most exact first, in that order as they were given. */
  private final List<Differing> differing;

  private ConnectionRules(ExchangeProfile usual, List<Differing> differing) {
    this.usual = usual;
    this.differing = List.copyOf(differing);
  }

  /** The same on all connections. */
  public static ConnectionRules of(ExchangeProfile usual) {
    return new ConnectionRules(usual, List.of());
  }

  /**
   * These, with others on some connections.
   *
   * @throws IllegalArgumentException if they are impossible, or would never hold
   */
  public ConnectionRules with(Connections on, UnaryOperator<ExchangeProfileBuilder> change) {
    on.requireRules();
    for (Differing other : differing) {
      Connections.requireRoom(other.on(), on);
    }
    List<Differing> more = new ArrayList<>(differing);
    more.add(new Differing(on, change, changed(usual, change)));
    more.sort(Comparator.comparing(Differing::on, Connections.exactFirst()));
    return new ConnectionRules(usual, more);
  }

  /**
   * These with other usual rules, from which the others differ as before.
   *
   * @throws IllegalArgumentException if that is impossible
   */
  public ConnectionRules withUsual(ExchangeProfile other) {
    return new ConnectionRules(
        other,
        differing.stream()
            .map(each -> new Differing(each.on(), each.change(), changed(other, each)))
            .toList());
  }

  private static ExchangeProfile changed(ExchangeProfile usual, Differing differing) {
    try {
      return changed(usual, differing.change());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the rules that differ on some connections (%s) are impossible then: %s"
              .formatted(differing.on(), e.getMessage()),
          e);
    }
  }

  /** The rules where no others hold. */
  public ExchangeProfile usual() {
    return usual;
  }

  /** The rules for the connection with this number. */
  public ExchangeProfile of(int number) {
    for (Differing each : differing) {
      if (each.on().contains(number)) {
        return each.profile();
      }
    }
    return usual;
  }

  /** The rules that differ, the most exact first. */
  public Map<Connections, ExchangeProfile> differing() {
    Map<Connections, ExchangeProfile> profiles = new LinkedHashMap<>();
    differing.forEach(each -> profiles.put(each.on(), each.profile()));
    return profiles;
  }

  private static ExchangeProfile changed(
      ExchangeProfile usual, UnaryOperator<ExchangeProfileBuilder> change) {
    ExchangeProfile profile = change.apply(usual.toBuilder()).build();
    if (profile.endpoint() != usual.endpoint()) {
      throw new IllegalArgumentException(
          "an endpoint is %s on all connections, and cannot be %s on some"
              .formatted(usual.endpoint(), profile.endpoint()));
    }
    if (!profile.ignoredPeers().equals(usual.ignoredPeers())) {
      throw new IllegalArgumentException(
          "ignorePeers decides which connections are numbered, and is the same on all of them");
    }
    return profile;
  }
}
