package io.mockexo.standalone.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.fault.Drop;
import io.mockexo.fault.Fault;
import io.mockexo.fault.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page has what an administrator finds in the sender's own log. */
@Timeout(120)
class ConsoleWordsTest {

  @RegisterExtension private static final Browser BROWSER = new Browser();

  @Test
  void what_the_sender_will_say_is_told_of_each_connection() throws Exception {
    try (TestProgram program = TestProgram.start();
        ConsolePage page = BROWSER.open(program)) {
      program.mx.onConnection(1, Fault.at(Stage.CLIENT_HELLO).drop(Drop.FIN));
      ConsoleChangesTest.refuseTls(program);
      page.untilText("#counts", "1 connection");
      page.click("#session-1");
      page.untilText("#session-title", "Connection 1");
      page.click("#words summary");
      page.untilText("#words pre", ",*,,TLS negotiation failed with error SocketError");
      assertThat(page.texts("#words dd"))
          .contains(
              "TLS negotiation failed with error SocketError",
              "status=deferred (Cannot start TLS: handshake failure)")
          .anyMatch(text -> text.contains("a capture on both sides"));
      assertThat(page.texts("#words dt")).contains("what to change", "what we cannot know");

      TestProgram.talk(
          program.mx, TestProgram.MESSAGE.replace("EHLO ", "NOOP <img src=x>\r\nEHLO "));
      page.untilText("#counts", "2 connections");
      page.click("#session-2");
      page.untilText("#session-title", "Connection 2");
      page.click("#words summary");
      page.untilText("#words pre", "NOOP <img src=x>");
      assertThat(page.count("#words img")).isZero();
    }
  }

  @Test
  void logs_and_the_table_of_tls_are_a_click_away() throws Exception {
    try (TestProgram program = TestProgram.start();
        ConsolePage page = BROWSER.open(program)) {
      program.deliver();
      page.untilText("#counts", "1 connection");
      for (String link : new String[] {"tls-report", "receive-log", "send-log"}) {
        String path =
            page.string(
                "return document.getElementById('"
                    + link
                    + "').pathname + document.getElementById('"
                    + link
                    + "').search");
        Reply reply = program.get(path);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text()).contains("client.example");
        if (link.endsWith("log")) {
          assertThat(reply.header("Content-Disposition"))
              .matches("attachment; filename=\"(RECV|SEND)\\d{8}-1\\.LOG\"");
        }
      }
    }
  }
}
