package io.mockexo.standalone.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

/** A full journal is no burden for the page. */
@Timeout(120)
class ConsoleManySessionsTest {

  @RegisterExtension private static final Browser BROWSER = new Browser();

  private static final int SILENT = 9_700;
  private static final int MESSAGES = 300;

  /**
   * Leaves with RST, so that the port is free again at once, but greeted: who leaves before has not
   * always been accepted.
   */
  private static void sayNothing(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(30_000);
      assertThat(socket.getInputStream().read()).isEqualTo('2');
      socket.setSoLinger(true, 0);
    }
  }

  private static void fill(TestProgram program) throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> work = new ArrayList<>();
      for (int i = 0; i < SILENT; i++) {
        work.add(
            clients.submit(
                () -> {
                  sayNothing(program.mx.port());
                  return true;
                }));
      }
      for (int i = 0; i < MESSAGES; i++) {
        String message = TestProgram.MESSAGE.replace("<1@", "<" + i + "@");
        work.add(clients.submit(() -> TestProgram.talk(program.mx, message)));
      }
      for (Future<?> each : work) {
        each.get();
      }
    } finally {
      clients.shutdown();
    }
    program.mx.awaitSessions(SILENT + MESSAGES, Duration.ofMinutes(1));
  }

  @Test
  void ten_thousand_connections_and_three_hundred_messages() throws Exception {
    try (TestProgram program = TestProgram.start()) {
      fill(program);
      try (ConsolePage page = BROWSER.open(program)) {
        page.untilText("#counts", "10000 connections, 300 delivered in cleartext, 9700 silent");
        assertThat(page.count("*")).isLessThan(3_000);

        page.click("#list");
        page.press(Keys.END);
        page.untilText("#session-title", "Connection 1 ");
        assertThat(page.texts(".row .number")).contains("#1").hasSizeLessThan(60);

        page.select("#outcome", "delivered in cleartext");
        page.untilText("#counts", "300 of 10000 connections");
        page.type("#find", "#98");
        page.until("few are left", () -> !page.text("#counts").startsWith("300 of"));
        page.untilText(".row .number", "#98");
        assertThat(page.texts(".row .badge")).containsOnly("delivered in cleartext");
        String number = page.text(".row .number").substring(1);
        page.click(".row");
        page.untilText("#session-title", "Connection " + number + " ");

        seesAllMessages(page);
        staysWhereItIs(program, page);
      }
    }
  }

  private static void seesAllMessages(ConsolePage page) {
    assertThat(page.text("#shown")).isEqualTo("The latest 50 of 300 messages are shown.");
    for (int shown = 100; shown <= 300; shown += 50) {
      assertThat(page.count("#timelines li")).isEqualTo(shown - 50);
      page.click("#more");
      long expected = shown;
      page.until("50 more are shown", () -> page.count("#timelines li") == expected);
    }
    assertThat(page.text("#rest")).isEmpty();
  }

  /** New ones come above what is looked at, and do not push it away. */
  private static void staysWhereItIs(TestProgram program, ConsolePage page) {
    page.run("document.querySelector('#find').value = ''");
    page.type("#find", " ");
    page.select("#outcome", "all outcomes");
    page.untilText("#counts", "10000 connections");
    page.run("document.querySelector('#list').scrollTop = 44 * 5000");
    page.until("it has scrolled", () -> page.texts(".row .number").contains("#5000"));
    String before = inView(page);
    program.deliver();
    page.untilText("#counts", "1 older ones are no longer kept");
    assertThat(inView(page)).isEqualTo(before);
  }

  private static String inView(ConsolePage page) {
    return page.string(
        "const top = document.querySelector('#list').getBoundingClientRect().top;"
            + "return [...document.querySelectorAll('.row')].find(r => r.getBoundingClientRect().top >= top - 1).querySelector('.number').innerText");
  }
}
