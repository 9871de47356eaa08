package io.mockexo.standalone.control;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.standalone.control.EventStream.Event;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class EventsTest {

  private final TestProgram program = TestProgram.start();

  @AfterEach
  void stop() {
    program.close();
  }

  private void reset() {
    assertThat(program.send("POST", "/endpoints/mx/reset", null).status()).isEqualTo(204);
  }

  @Test
  void a_session_is_told_when_it_begins_and_when_it_is_complete() throws Exception {
    try (EventStream events = EventStream.of(program, "")) {
      program.deliver();
      Event connected = events.nextButProgress();
      assertThat(connected.type()).isEqualTo("connected");
      assertThat(connected.data().get("name").asText()).isEqualTo("mx");
      assertThat(connected.data().get("number").asInt()).isEqualTo(1);
      assertThat(connected.data().get("peer").asText()).isEqualTo("127.0.0.1");
      assertThat(connected.data().get("acceptedAt").asText()).endsWith("Z");
      Event session = events.nextButProgress();
      assertThat(session.type()).isEqualTo("session");
      assertThat(session.number()).isEqualTo(connected.number() + 1);
      assertThat(session.data().get("outcome").asText()).isEqualTo("delivered_in_cleartext");
      assertThat(session.data().get("messages").asInt()).isEqualTo(1);
      assertThat(session.data().get("summary").asText()).isNotBlank();
    }
  }

  @Test
  void what_is_changed_over_the_api_is_told() throws Exception {
    try (EventStream events = EventStream.of(program, "")) {
      program.send("PATCH", "/endpoints/mx/profile", "{\"maximumTls\": \"TLS_1_2\"}");
      program.send("PUT", "/endpoints/mx/profile", "{}");
      program.send("PATCH", "/endpoints/mx/profile", "{\"nonsense\": 1}");
      program.send("PUT", "/endpoints/mx/faults", "[]");
      program.send("POST", "/endpoints/mx/faults", "[]");
      program.send("DELETE", "/endpoints/mx/faults", null);
      program.send("DELETE", "/endpoints/client-submission/sessions", null);
      reset();
      List<String> told = new ArrayList<>();
      for (int i = 0; i < 7; i++) {
        Event event = events.next();
        assertThat(event.type()).isEqualTo("changed");
        told.add(event.data().get("name").asText() + " " + event.data().get("what").asText());
      }
      assertThat(told)
          .containsExactly(
              "mx profile",
              "mx profile",
              "mx faults",
              "mx faults",
              "mx faults",
              "client-submission sessions",
              "mx reset");
    }
  }

  /** The id of the first event of this run, after one and more of them. */
  private long firstId() throws Exception {
    try (EventStream events = EventStream.of(program, "?after=0")) {
      return events.next().number();
    }
  }

  @Test
  void who_comes_back_misses_nothing() throws Exception {
    for (int i = 0; i < 5; i++) {
      reset();
    }
    long first = firstId();
    String third = Long.toString(first + 2);
    try (EventStream events = EventStream.of(program, "?after=1", "Last-Event-ID", third)) {
      assertThat(events.next().number()).isEqualTo(first + 3);
      assertThat(events.next().number()).isEqualTo(first + 4);
      reset();
      assertThat(events.next().number()).isEqualTo(first + 5);
    }
    try (EventStream events = EventStream.of(program, "?after=" + third)) {
      assertThat(events.next().number()).isEqualTo(first + 3);
    }
  }

  @Test
  void an_empty_last_id_is_none() throws Exception {
    reset();
    reset();
    long first = firstId();
    try (EventStream events = EventStream.of(program, "?after=" + first, "Last-Event-ID", "")) {
      assertThat(events.next().number()).isEqualTo(first + 1);
    }
    try (EventStream events = EventStream.of(program, "", "Last-Event-ID", "")) {
      reset();
      assertThat(events.next().number()).isEqualTo(first + 2);
    }
  }

  @Test
  void who_knows_another_run_is_told_and_gets_all_that_is_kept() throws Exception {
    reset();
    reset();
    long first = firstId();
    for (long other : new long[] {5_000, first - 2, first + 5_000}) {
      try (EventStream header = EventStream.of(program, "", "Last-Event-ID", "" + other);
          EventStream query = EventStream.of(program, "?after=" + other)) {
        for (EventStream events : List.of(header, query)) {
          Event skipped = events.next();
          assertThat(skipped.type()).isEqualTo("skipped");
          assertThat(skipped.data().get("anotherRun").asBoolean()).isTrue();
          assertThat(events.next().number()).isEqualTo(first);
          assertThat(events.next().number()).isEqualTo(first + 1);
        }
      }
    }
  }

  @Test
  void ids_of_a_later_run_are_higher_and_exact_in_every_language() throws Exception {
    reset();
    long first = firstId();
    try (TestProgram later = TestProgram.start();
        EventStream events = EventStream.of(later, "")) {
      later.send("POST", "/endpoints/mx/reset", null);
      assertThat(events.next().number()).isGreaterThan(first).isLessThan(1L << 53);
    }
  }

  @Test
  void who_comes_back_too_late_is_told_how_much_was_missed() throws Exception {
    reset();
    long first = firstId();
    for (int i = 0; i < 2_009; i++) {
      reset();
    }
    String third = Long.toString(first + 2);
    try (EventStream events = EventStream.of(program, "", "Last-Event-ID", third)) {
      Event skipped = events.next();
      assertThat(skipped.type()).isEqualTo("skipped");
      assertThat(skipped.id()).isEmpty();
      assertThat(skipped.data().get("events").asInt()).isEqualTo(7);
      assertThat(events.next().number()).isEqualTo(first + 10);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "-1", "1.5", "9999999999999999999"})
  void what_is_no_number_of_an_event_is_refused(String id) {
    program
        .send(HttpRequest.newBuilder(program.uri("/events")).header("Last-Event-ID", id))
        .isProblem(400);
    program.get("/events?after=" + id).isProblem(400);
  }

  @Test
  void who_does_not_read_costs_nothing_and_holds_up_nobody() throws Exception {
    try (Socket slow = program.connect();
        EventStream quick = EventStream.of(program, "")) {
      slow.setReceiveBufferSize(1024);
      slow.getOutputStream()
          .write("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(ISO_8859_1));
      assertThat(slow.getInputStream().read()).isEqualTo('H');
      int events = 6_000;
      reset();
      long last = quick.next().number() + events;
      CompletableFuture<Event> latest =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  Event event = quick.next();
                  while (event.id().isEmpty() || event.number() < last) {
                    event = quick.next();
                  }
                  return event;
                } catch (Exception e) {
                  throw new AssertionError(e);
                }
              });
      for (int i = 0; i < events; i++) {
        reset();
      }
      assertThat(latest.join().type()).isEqualTo("changed");
      assertThat(program.control.keptEvents()).isEqualTo(2_000);
    }
  }

  @Test
  void who_leaves_is_forgotten() throws Exception {
    Socket reset = program.connect();
    reset
        .getOutputStream()
        .write("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(ISO_8859_1));
    try (EventStream closed = EventStream.of(program, "")) {
      assertThat(closed).isNotNull();
      AwaitTest.until(() -> program.control.listeners() == 2);
    }
    AwaitTest.until(() -> program.control.listeners() == 1);
    reset.setSoLinger(true, 0);
    reset.close();
    AwaitTest.until(() -> program.control.listeners() == 0);
  }
}
