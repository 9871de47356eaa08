package io.mockexo.standalone.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever a client sends, the page shows it as text and as nothing else. */
@Timeout(120)
class ConsoleHostileTest {

  @RegisterExtension private static final Browser BROWSER = new Browser();

  private static final String IMAGE = "<img/src=x/onerror=window.owned=1>";
  private static final String SCRIPT = "<script>window.owned=1</script>";
  private static final String UNSEEN = "\u202egnp.exe\u2066\u200b\u001b[31mred\u001b]0;owned\u0007";
  private static final String LONG = "x".repeat(800);

  private static void talk(TestProgram program, String commands) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), program.mx.port())) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(commands.getBytes(UTF_8));
      socket.getInputStream().readAllBytes();
    }
  }

  private static void attack(TestProgram program) throws IOException {
    talk(program, "EHLO " + IMAGE + "\r\nNOOP " + UNSEEN + "\r\nNOOP " + LONG + "\r\nQUIT\r\n");
    talk(
        program,
        "EHLO client.example\r\nNOOP "
            + SCRIPT
            + "\r\nMAIL FROM:<\""
            + IMAGE
            + "\"@client.example> SMTPUTF8\r\nRCPT TO:<\""
            + SCRIPT
            + "\"@contoso.com>\r\nRCPT TO:<"
            + "y".repeat(60)
            + "@contoso.com>\r\nDATA\r\nMessage-ID: <"
            + "m".repeat(400)
            + IMAGE
            + "@client.example>\r\nSubject: "
            + SCRIPT
            + UNSEEN
            + "\r\nContent-Type: text/html\r\n\r\n"
            + IMAGE
            + "\r\n"
            + UNSEEN
            + "\r\n"
            + "z".repeat(900)
            + "\r\n.\r\nQUIT\r\n");
    program.mx.awaitSessions(2);
  }

  @Test
  void what_clients_send_stays_text() throws Exception {
    try (TestProgram program = TestProgram.start();
        ConsolePage page = BROWSER.open(program)) {
      attack(program);
      page.untilText("#counts", "2 connections");
      String title = page.title();
      page.look("light", 375, 800);
      page.click("#session-1");
      page.untilText("#dialogue", "NOOP " + LONG);
      assertThat(page.text("#dialogue"))
          .contains("NOOP ")
          .doesNotContainPattern("[\u202e\u2066\u200b\u001b\u0007]");
      assertThat(page.fitsItsWindow()).isTrue();

      page.click("#session-2");
      page.untilText("#dialogue", "NOOP " + SCRIPT);
      page.click("#mails summary");
      page.untilText("#mails pre", "zzzz");
      assertThat(page.text("#mails pre"))
          .contains(
              "Subject: " + SCRIPT,
              IMAGE,
              "\\u202egnp.exe\\u2066\\u200b\\u001b[31mred\\u001b]0;owned\\u0007")
          .doesNotContainPattern("[\u202e\u2066\u200b\u001b\u0007]");
      assertThat(page.text("#timelines .who")).contains(SCRIPT, "mmmm", IMAGE);
      assertThat(page.fitsItsWindow()).isTrue();

      page.select("#copy-form", "YAML");
      page.click("#copy");
      assertThat(page.count("body img")).isZero();
      assertThat(page.count("body script")).isZero();
      assertThat(page.run("return window.owned")).isNull();
      assertThat(page.title()).isEqualTo(title);
      page.assertStayedHere();
    }
  }

  /** The second line of defense: were there such an element, the browser would not run it. */
  @Test
  void the_policy_forbids_what_is_not_of_the_page() {
    try (TestProgram program = TestProgram.start();
        ConsolePage page = BROWSER.open(program)) {
      page.run(
          "document.body.insertAdjacentHTML('beforeend', '<img src=\"https://elsewhere.invalid/x\" onerror=\"window.owned=1\">');"
              + "const s = document.createElement('script'); s.textContent = 'window.owned=1'; document.body.append(s);");
      page.until(
          "the browser has refused three times",
          () -> page.reported("Content Security Policy") >= 3);
      assertThat(page.run("return window.owned")).isNull();
    }
  }

  @Test
  void a_message_too_long_for_a_page_is_shown_in_part() throws Exception {
    try (TestProgram program = TestProgram.start();
        ConsolePage page = BROWSER.open(program)) {
      String line = "w".repeat(998) + "\r\n";
      talk(program, TestProgram.MESSAGE.replace("hello\r\n.\r\n", line.repeat(3_000) + ".\r\n"));
      page.untilText(".row .badge", "delivered");
      page.click(".row");
      page.untilText("#session-title", "Connection 1");
      page.click("#mails summary");
      page.untilText("#mails", "This is the beginning.");
      assertThat(page.text("#mails pre")).startsWith("Message-ID:").hasSizeLessThan(270_000);
      assertThat(page.text("#mails a")).isEqualTo("Save the message");
    }
  }
}
