package io.mockexo.client.wire;

import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.exchange.ExchangeProfileBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A rule of a profile on the wire.
 *
 * @param name that of the builder's method
 * @param reader reads a setting into a builder
 * @param writer what a profile has to say for it: a text, a number, a truth value, a list or a map;
 *     null for nothing
 * @param meaning the endpoints on which it ever comes to do something
 */
record ProfileKey(String name, Reader reader, Writer writer, Predicate<Endpoint> meaning) {

  interface Reader extends BiConsumer<ExchangeProfileBuilder, Setting> {}

  interface Writer extends Function<ExchangeProfile, @Nullable Object> {}

  /** A rule of every endpoint. */
  static ProfileKey of(String name, Reader reader, Writer writer) {
    return new ProfileKey(name, reader, writer, any -> true);
  }

  /** The same for some endpoints alone. */
  ProfileKey only(Predicate<Endpoint> where) {
    return new ProfileKey(name, reader, writer, where);
  }

  /** The same for these endpoints alone. */
  ProfileKey only(Endpoint... where) {
    return only(Set.of(where)::contains);
  }

  /** A list as it is written. */
  static List<String> texts(Iterable<?> values) {
    List<String> texts = new ArrayList<>();
    values.forEach(value -> texts.add(value.toString()));
    return texts;
  }
}
