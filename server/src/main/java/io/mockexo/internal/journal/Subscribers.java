package io.mockexo.internal.journal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those who want to be told of something, as it happens. Thread-safe. */
final class Subscribers<T> {

  private static final Logger log = LoggerFactory.getLogger(Subscribers.class);

  private final List<Consumer<? super T>> subscribers = new CopyOnWriteArrayList<>();

  void add(Consumer<? super T> subscriber) {
    subscribers.add(subscriber);
  }

  void remove(Consumer<? super T> subscriber) {
    subscribers.remove(subscriber);
  }

  boolean isEmpty() {
    return subscribers.isEmpty();
  }

  /**
   * Calls all of them. Errors are caught, too: a failed assertion in one subscriber must not
   * silence the others.
   *
   * @param session the number of the session that it is about
   */
  void tell(int session, T what) {
    for (Consumer<? super T> subscriber : subscribers) {
      try {
        subscriber.accept(what);
      } catch (Throwable e) {
        log.warn("a subscriber failed on session {}", session, e);
      }
    }
  }
}
