package io.mockexo.standalone.control;

import io.mockexo.fault.DurationSyntax;
import io.mockexo.tls.NearestName;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Parameters behind the question mark. */
final class Query {

  private Query() {}

  /** Goes before a route's own handler and refuses parameters that nobody would read. */
  static Handler<RoutingContext> only(String... allowed) {
    Set<String> names = Set.of(allowed);
    return context -> {
      requireKnown(context, names);
      context.next();
    };
  }

  private static void requireKnown(RoutingContext context, Set<String> allowed) {
    for (String name : context.queryParams().names()) {
      if (!allowed.contains(name)) {
        throw new Problem(
            400,
            "there is no parameter '%s';%s there %s"
                .formatted(name, near(name, allowed), those(allowed)));
      }
      if (context.queryParam(name).size() > 1) {
        throw new Problem(400, "the parameter '%s' stands here twice".formatted(name));
      }
    }
  }

  private static String those(Set<String> allowed) {
    return allowed.isEmpty()
        ? "is none here"
        : (allowed.size() == 1 ? "is " : "are ") + String.join(", ", new TreeSet<>(allowed));
  }

  private static String near(String name, Collection<String> allowed) {
    return NearestName.closeTo(name, allowed).map(" did you mean '%s'?"::formatted).orElse("");
  }

  static Optional<String> text(RoutingContext context, String name) {
    return context.queryParam(name).stream().findFirst();
  }

  static boolean flag(RoutingContext context, String name) {
    return oneOf(context, name, "false", Set.of("true", "false")).equals("true");
  }

  static String oneOf(
      RoutingContext context, String name, String otherwise, Collection<String> words) {
    String word = text(context, name).orElse(otherwise);
    if (!words.contains(word)) {
      throw new Problem(
          400,
          "%s=%s is not known;%s it is one of %s"
              .formatted(name, word, near(word, words), String.join(", ", new TreeSet<>(words))));
    }
    return word;
  }

  static Optional<Integer> count(RoutingContext context, String name) {
    return text(context, name).map(text -> count(name, text));
  }

  private static int count(String name, String text) {
    if (!text.matches("\\d{1,9}")) {
      throw new Problem(
          400, "%s has to be a whole number from 0 to 999999999, not '%s'".formatted(name, text));
    }
    return Integer.parseInt(text);
  }

  static Optional<Duration> duration(RoutingContext context, String name) {
    return text(context, name).map(text -> duration(name, text));
  }

  private static Duration duration(String name, String text) {
    try {
      return DurationSyntax.parse(text);
    } catch (IllegalArgumentException e) {
      throw new Problem(400, name + ": " + e.getMessage());
    }
  }
}
