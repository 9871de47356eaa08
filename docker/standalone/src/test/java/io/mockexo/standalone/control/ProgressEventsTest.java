package io.mockexo.standalone.control;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.client.wire.Wire;
import io.mockexo.journal.SmtpSession;
import io.mockexo.standalone.control.EventStream.Event;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Open connections are told as they go on, and not for each event. */
@Timeout(120)
class ProgressEventsTest {

  private final TestProgram program = TestProgram.start();

  @AfterEach
  void stop() {
    program.close();
  }

  private Socket client() throws Exception {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), program.mx.port());
    client.setSoTimeout(30_000);
    return client;
  }

  private static void say(Socket client, String commands) throws Exception {
    client.getOutputStream().write(commands.getBytes(US_ASCII));
  }

  /** Progress up to so many events of a session. */
  private static Event until(EventStream events, int count) throws Exception {
    Event event = events.next();
    while (!event.type().equals("progress") || event.data().get("events").asInt() < count) {
      event = events.next();
    }
    return event;
  }

  @Test
  void an_open_connection_is_told_without_its_end() throws Exception {
    try (EventStream events = EventStream.of(program, "");
        Socket client = client()) {
      assertThat(events.next().type()).isEqualTo("connected");
      say(client, "EHLO a.example\r\n");
      Event greeted = until(events, 3);
      assertThat(greeted.id()).isEmpty();
      assertThat(greeted.data().get("name").asText()).isEqualTo("mx");
      assertThat(greeted.data().get("number").asInt()).isEqualTo(1);
      assertThat(greeted.data().get("acceptedAt").asText())
          .isEqualTo(program.mx.open().get(0).acceptedAt().toString());
      assertThat(greeted.data().get("messages").asInt()).isZero();
      assertThat(greeted.data().get("summary").asText()).isNotBlank();
      say(client, TestProgram.MESSAGE.replace("QUIT\r\n", ""));
      Event delivered = events.next();
      while (delivered.data().get("messages").asInt() == 0) {
        delivered = events.next();
      }
      assertThat(delivered.type()).isEqualTo("progress");
      assertThat(program.mx.open()).hasSize(1);
    }
  }

  @Test
  void many_events_are_told_together_and_none_after_the_end() throws Exception {
    int commands = 2_000;
    try (EventStream events = EventStream.of(program, "")) {
      TestProgram.talk(program.mx, "EHLO a.example\r\n" + "NOOP\r\n".repeat(commands) + "QUIT\r\n");
      SmtpSession session = program.mx.awaitSessions(1).only();
      Duration took = session.events().get(session.events().size() - 1).at();
      assertThat(events.next().type()).isEqualTo("connected");
      int told = 0;
      Event event = events.next();
      for (; event.type().equals("progress"); event = events.next()) {
        told++;
      }
      assertThat(event.type()).isEqualTo("session");
      assertThat(told).isLessThanOrEqualTo((int) (took.toMillis() / 250) + 1);
      program.send("POST", "/endpoints/mx/reset", null);
      assertThat(events.next().type()).isEqualTo("changed");
    }
  }

  @Test
  void who_comes_back_is_not_told_of_progress_that_was() throws Exception {
    try (Socket client = client()) {
      try (EventStream events = EventStream.of(program, "")) {
        say(client, "EHLO a.example\r\n");
        until(events, 3);
      }
      program.send("POST", "/endpoints/client-submission/reset", null);
      try (EventStream events = EventStream.of(program, "?after=0")) {
        assertThat(events.next().type()).isEqualTo("connected");
        assertThat(events.next().type()).isEqualTo("changed");
        say(client, "NOOP\r\n");
        until(events, 5);
      }
    }
  }

  @Test
  void nothing_is_made_while_nobody_listens() throws Exception {
    Vertx vertx = Vertx.vertx();
    try (EventHub hub = new EventHub(Wire.mapper(), vertx);
        Socket client = client()) {
      hub.follow(new Endpoints(Map.of("mx", program.mx)));
      assertThat(hub.followsProgress()).isFalse();
      Runnable listener = () -> {};
      hub.add(listener);
      assertThat(hub.followsProgress()).isTrue();
      EventHub.Seen before = hub.all();
      say(client, "EHLO a.example\r\n");
      AwaitTest.until(() -> hub.all().progress() > before.progress());
      hub.remove(listener);
      assertThat(hub.followsProgress()).isFalse();
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }
}
