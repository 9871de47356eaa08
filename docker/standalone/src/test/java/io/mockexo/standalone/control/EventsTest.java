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
      Event connected = events.next();
      assertThat(connected.type()).isEqualTo("connected");
      assertThat(connected.id()).isEqualTo("1");
      assertThat(connected.data().get("name").asText()).isEqualTo("mx");
      assertThat(connected.data().get("number").asInt()).isEqualTo(1);
      assertThat(connected.data().get("peer").asText()).isEqualTo("127.0.0.1");
      assertThat(connected.data().get("acceptedAt").asText()).endsWith("Z");
      Event session = events.next();
      assertThat(session.type()).isEqualTo("session");
      assertThat(session.id()).isEqualTo("2");
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

  @Test
  void who_comes_back_misses_nothing() throws Exception {
    for (int i = 0; i < 5; i++) {
      reset();
    }
    try (EventStream events = EventStream.of(program, "?after=1", "Last-Event-ID", "3")) {
      assertThat(events.next().id()).isEqualTo("4");
      assertThat(events.next().id()).isEqualTo("5");
      reset();
      assertThat(events.next().id()).isEqualTo("6");
    }
    try (EventStream events = EventStream.of(program, "?after=0")) {
      assertThat(events.next().id()).isEqualTo("1");
    }
  }

  /** As after a restart of the program. */
  @Test
  void who_knows_of_events_that_have_not_been_hears_of_the_next() throws Exception {
    try (EventStream one = EventStream.of(program, "", "Last-Event-ID", "5000");
        EventStream other = EventStream.of(program, "?after=5000")) {
      reset();
      assertThat(one.next().id()).isEqualTo("1");
      assertThat(other.next().id()).isEqualTo("1");
    }
  }

  @Test
  void who_comes_back_too_late_is_told_how_much_was_missed() throws Exception {
    for (int i = 0; i < 2_010; i++) {
      reset();
    }
    try (EventStream events = EventStream.of(program, "", "Last-Event-ID", "3")) {
      Event skipped = events.next();
      assertThat(skipped.type()).isEqualTo("skipped");
      assertThat(skipped.id()).isEmpty();
      assertThat(skipped.data().get("events").asInt()).isEqualTo(7);
      assertThat(events.next().id()).isEqualTo("11");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "-1", "1.5", "9999999999999999999", ""})
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
      CompletableFuture<Event> last =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  Event event = quick.next();
                  while (event.id().isEmpty() || Integer.parseInt(event.id()) < events) {
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
      assertThat(last.join().type()).isEqualTo("changed");
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
