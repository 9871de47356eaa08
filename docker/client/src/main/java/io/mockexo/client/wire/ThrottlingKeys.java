package io.mockexo.client.wire;

import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.Throttling;
import io.mockexo.exchange.Throttling.Rate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules of a profile that say how much a client may do before it is slowed down. */
final class ThrottlingKeys {

  private static final String MESSAGES = "messages";
  private static final String PERIOD = "period";

  private ThrottlingKeys() {}

  static List<ProfileKey> all() {
    return List.of(
        ProfileKey.of(
                "parallelSubmissions",
                (p, n) -> p.throttling(t -> t.withParallelSubmissions(count(n))),
                p -> written(p.throttling().parallelSubmissions()))
            .only(Endpoint::isSubmission),
        ProfileKey.of(
                "messagesPerMinute",
                (p, n) -> p.throttling(t -> t.withMessagesPerMinute(count(n))),
                p -> written(p.throttling().messagesPerMinute()))
            .only(Endpoint::isSubmission),
        ProfileKey.of(
                "greylisting",
                (p, n) -> p.throttling(t -> t.withGreylisting(n.duration())),
                p -> p.throttling().greylisting().toString())
            .only(Endpoint::isIncoming),
        ProfileKey.of(
                "reputationLimit",
                (p, n) -> p.throttling(t -> t.withReputationLimit(n.isNothing() ? null : rate(n))),
                p -> written(p.throttling().reputationLimit()))
            .only(Endpoint.CONSUMER_MX),
        ProfileKey.of(
                "maxConnectionsPerClient",
                (p, n) -> p.throttling(t -> t.withMaxConnectionsPerClient(count(n))),
                p -> written(p.throttling().maxConnectionsPerClient()))
            .only(Endpoint.CONSUMER_MX, Endpoint.ON_PREMISES));
  }

  private static int count(Setting value) {
    return value.isNothing() ? Throttling.UNLIMITED : value.integer(1, Throttling.UNLIMITED);
  }

  private static @Nullable Integer written(int count) {
    return count == Throttling.UNLIMITED ? null : count;
  }

  private static Rate rate(Setting node) {
    Map<String, Setting> entries = node.entries(Set.of(MESSAGES, PERIOD));
    Setting messages = entries.get(MESSAGES);
    Setting period = entries.get(PERIOD);
    if (messages == null || period == null) {
      throw node.error("this limit has messages and a period");
    }
    return new Rate(messages.integer(1, Integer.MAX_VALUE), period.duration());
  }

  private static @Nullable Map<String, Object> written(@Nullable Rate rate) {
    return rate == null
        ? null
        : Map.of(MESSAGES, rate.messages(), PERIOD, rate.period().toString());
  }
}
