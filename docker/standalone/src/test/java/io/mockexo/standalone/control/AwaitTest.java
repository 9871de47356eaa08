package io.mockexo.standalone.control;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that are held open until something has happened. */
@Timeout(120)
class AwaitTest {

  private static final String SESSIONS = "/endpoints/mx/sessions?";

  private final TestProgram program = TestProgram.start();

  @AfterEach
  void stop() {
    program.close();
  }

  /** Waits for what has no event to be waited for; the time limit of the test is its end. */
  static void until(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** Returns when the server holds so many requests back. */
  private void untilHeld(int waits) {
    until(() -> program.control.waits() == waits);
  }

  private Socket smtp() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), program.mx.port());
    socket.setSoTimeout(30_000);
    return socket;
  }

  @Test
  void sessions_are_answered_when_they_are_complete() throws IOException {
    CompletableFuture<Reply> reply = program.begin(SESSIONS + "await=1");
    untilHeld(1);
    try (Socket socket = smtp()) {
      assertThat(socket.getInputStream().read()).isEqualTo('2');
      assertThat(reply).isNotDone();
    }
    JsonNode snapshot = reply.join().json();
    assertThat(snapshot.get("sessions")).hasSize(1);
    assertThat(snapshot.at("/sessions/0/complete").asBoolean()).isTrue();
    untilHeld(0);
  }

  @Test
  void messages_are_answered_while_their_session_is_open() throws IOException {
    CompletableFuture<Reply> reply = program.begin(SESSIONS + "messages=1&contents=base64");
    untilHeld(1);
    try (Socket socket = smtp()) {
      socket
          .getOutputStream()
          .write(TestProgram.MESSAGE.replace("QUIT\r\n", "").getBytes(US_ASCII));
      JsonNode session = reply.join().json().at("/sessions/0");
      assertThat(session.get("complete").asBoolean()).isFalse();
      assertThat(session.get("events").findValuesAsText("base64")).hasSize(1);
    }
  }

  @Test
  void quiet_is_answered_after_the_last_connection_has_ended() throws IOException {
    CompletableFuture<Reply> reply;
    try (Socket socket = smtp()) {
      assertThat(socket.getInputStream().read()).isEqualTo('2');
      reply = program.begin(SESSIONS + "quiet=1ms");
      untilHeld(1);
      assertThat(reply).isNotDone();
    }
    JsonNode snapshot = reply.join().json();
    assertThat(snapshot.get("quiet").asBoolean()).isTrue();
    assertThat(snapshot.get("open").asInt()).isZero();
  }

  @Test
  void what_was_seen_has_the_form_that_was_asked_for() {
    program.deliver();
    String late = SESSIONS + "await=9&timeout=1ms";
    JsonNode full = program.get(late + "&contents=base64").isProblem(408).json();
    assertThat(full.at("/seen/sessions/0").findValuesAsText("base64")).hasSize(1);
    assertThat(full.at("/seen/messages")).hasSize(1);
    JsonNode list = program.get(late + "&view=list").isProblem(408).json();
    assertThat(list.at("/seen/sessions/0/outcome").asText()).isEqualTo("delivered_in_cleartext");
    assertThat(list.at("/seen/sessions/0").has("events")).isFalse();
  }

  @Test
  void what_does_not_happen_in_time_is_told_with_what_was_seen() throws IOException {
    try (Socket socket = smtp()) {
      assertThat(socket.getInputStream().read()).isEqualTo('2');
      Reply reply = program.get(SESSIONS + "await=2&timeout=1ms").isProblem(408);
      JsonNode problem = reply.json();
      assertThat(problem.get("awaited").asText()).isEqualTo("2 sessions to be complete");
      assertThat(problem.get("found").asText())
          .isEqualTo("1 session, 1 of them open, and 0 messages accepted");
      assertThat(reply.detail())
          .isEqualTo(
              "expected 2 sessions to be complete, but there was 1 session, 1 of them open, and 0 messages accepted");
      assertThat(problem.at("/seen/sessions/0/complete").asBoolean(true)).isFalse();
    }
  }

  @Test
  void a_thousand_waits_need_no_thousand_threads_and_are_all_answered() throws IOException {
    List<Socket> waits = new ArrayList<>();
    int before = Thread.getAllStackTraces().size();
    for (int i = 0; i < 1000; i++) {
      waits.add(waiting("await=1"));
    }
    untilHeld(1000);
    assertThat(Thread.getAllStackTraces()).hasSizeLessThan(before + 20);
    assertThat(program.get("/health").status()).isEqualTo(200);

    program.deliver();

    for (Socket wait : waits) {
      byte[] head = wait.getInputStream().readNBytes(15);
      assertThat(new String(head, US_ASCII)).isEqualTo("HTTP/1.1 200 OK");
      wait.close();
    }
    untilHeld(0);
  }

  private Socket waiting(String what) throws IOException {
    Socket socket = program.connect();
    socket
        .getOutputStream()
        .write(
            ("GET " + SESSIONS + what + "&timeout=1h HTTP/1.1\r\nHost: localhost\r\n\r\n")
                .getBytes(ISO_8859_1));
    return socket;
  }

  @Test
  void who_hangs_up_waits_no_longer() throws IOException {
    Socket reset = waiting("await=1");
    reset.setSoLinger(true, 0);
    Socket closed = waiting("messages=1");
    untilHeld(2);

    reset.close();
    closed.close();

    untilHeld(0);
  }

  @Test
  void who_waits_is_told_that_the_endpoint_has_ended() {
    CompletableFuture<Reply> reply = program.begin(SESSIONS + "await=1&timeout=1h");
    untilHeld(1);

    program.mx.close();

    assertThat(reply.join().isProblem(503).detail()).isEqualTo("this server is being stopped");
  }

  @Test
  void who_waits_is_told_that_the_program_stops() {
    CompletableFuture<Reply> reply = program.begin(SESSIONS + "await=1&timeout=1h");
    untilHeld(1);

    program.control.close();

    assertThat(reply.join().isProblem(503).detail()).isEqualTo("this server is being stopped");
  }

  @Test
  void a_reset_holds_nobody_up() {
    CompletableFuture<Reply> reply = program.begin(SESSIONS + "await=1");
    untilHeld(1);
    program.send("POST", "/endpoints/mx/reset", null);
    program.deliver();
    assertThat(reply.join().json().get("sessions")).hasSize(1);
  }

  /** Each has a large answer that nobody takes. */
  @Test
  void those_who_do_not_read_hold_up_nobody_else() throws IOException {
    String large = TestProgram.MESSAGE.replace("hello\r\n.", "hello\r\n".repeat(1_000_000) + ".");
    TestProgram.talk(program.mx, large);
    program.mx.awaitSessions(1, Duration.ofSeconds(60));
    List<Socket> idle = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Socket socket = program.connect();
      idle.add(socket);
      String path =
          i % 2 == 0
              ? "/endpoints/mx/sessions/1/messages/1.eml"
              : "/endpoints/mx/sessions?contents=base64";
      socket
          .getOutputStream()
          .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(ISO_8859_1));
      assertThat(socket.getInputStream().read()).isEqualTo('H');
    }
    assertThat(program.get("/endpoints/mx/sessions/1/messages/1.eml").text())
        .hasSizeGreaterThan(7_000_000);
    assertThat(program.json("/endpoints/mx/sessions").get("sessions")).hasSize(1);
    for (Socket socket : idle) {
      socket.close();
    }
  }

  @Test
  void no_thread_is_left_behind() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    try (TestProgram other = TestProgram.start();
        EventStream events = EventStream.of(other, "")) {
      other.begin(SESSIONS + "await=2");
      AwaitTest.until(() -> other.control.waits() == 1);
      other.deliver();
      assertThat(events.next().type()).isEqualTo("connected");
      assertThat(other.get("/endpoints/mx/sessions").status()).isEqualTo(200);
      assertThat(newThreads(before)).isNotEmpty();
    }
    until(() -> newThreads(before).isEmpty());
  }

  /** Those of the HTTP client of this test, which on JDK 17 nobody can end, do not count. */
  private static List<String> newThreads(Set<Thread> before) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread))
        .map(Thread::getName)
        .filter(name -> name.startsWith("vert.x") || name.startsWith("mockexo"))
        .toList();
  }

  @Test
  void after_the_end_nothing_answers() {
    program.control.close();
    CompletableFuture<Reply> reply = program.begin("/health");
    assertThatCode(reply::join).isInstanceOf(CompletionException.class);
  }
}
