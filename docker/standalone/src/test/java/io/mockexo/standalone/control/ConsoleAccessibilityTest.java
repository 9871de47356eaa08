package io.mockexo.standalone.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.selenium.AxeBuilder;
import io.mockexo.fault.Drop;
import io.mockexo.fault.Fault;
import io.mockexo.fault.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page is there for all, by the rules of axe. */
@Timeout(120)
class ConsoleAccessibilityTest {

  @RegisterExtension private static final Browser BROWSER = new Browser();

  private static String axe() throws IOException {
    try (InputStream script = AxeBuilder.class.getResourceAsStream("/axe.min.js")) {
      return new String(script.readAllBytes(), UTF_8);
    }
  }

  private static List<String> violations(ConsolePage page) {
    return page.stringsLater(
        "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}).then(r => done(r.violations"
            + ".flatMap(v => v.nodes.map(n => v.id + ': ' + n.html.slice(0, 200) + ' ' + n.failureSummary))), e => done([String(e)]))");
  }

  @Test
  void nobody_is_shut_out() throws Exception {
    try (TestProgram program = TestProgram.start("t0ken");
        ConsolePage page = BROWSER.open(program)) {
      page.run(axe());
      assertThat(violations(page)).as("with nobody connected").isEmpty();

      program.mx.onConnection(1, Fault.at(Stage.CLIENT_HELLO).drop(Drop.FIN));
      ConsoleChangesTest.refuseTls(program);
      program.deliver();
      Tls.deliver(program.mx.port(), program.mx.clientSslContext());
      page.untilText("#counts", "3 connections");
      page.click("#session-3");
      page.untilText("#session-title", "Connection 3");
      page.click("#words summary");
      page.untilText("#words pre", "SendRoutingHeaders");
      page.click("#hello summary");
      page.click("#mails summary");
      page.untilText("#mails pre", "hello");
      page.click("#change summary");
      page.click("#copy");
      page.run("document.querySelector('#timelines').style.maxHeight = 'none'"); // all in view
      everyLook(page, "with all unfolded");

      page.click("#remove-faults");
      page.untilText("#token-dialog", "Changes need the token");
      everyLook(page, "with a dialog");
      page.forgetLog(); // the browser reports the answer 401
    }
  }

  private static void everyLook(ConsolePage page, String state) {
    for (String scheme : List.of("light", "dark")) {
      for (int width : new int[] {1280, 375}) {
        page.look(scheme, width, 800);
        String look = "%s, %s, %d wide".formatted(state, scheme, width);
        assertThat(violations(page)).as(look).isEmpty();
        assertThat(page.fitsItsWindow()).as(look).isTrue();
      }
    }
  }
}
