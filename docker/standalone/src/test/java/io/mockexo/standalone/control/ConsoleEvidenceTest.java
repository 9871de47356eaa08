package io.mockexo.standalone.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.server.MockExchangeOnlineServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

/** Evidence is saved from the page. */
@Timeout(120)
class ConsoleEvidenceTest {

  @RegisterExtension private static final Browser BROWSER = new Browser();

  /** Instead of saving anything. */
  private static final String NOTE_WHAT_IS_SAVED =
      "HTMLAnchorElement.prototype.click = function () { window.saved = this.download; };";

  @Test
  void the_link_of_a_connection_leads_to_its_archive() {
    try (TestProgram program = TestProgram.start()) {
      program.deliver();
      try (ConsolePage page = BROWSER.open(program)) {
        page.click(".row");
        page.untilText("#evidence", "Save the evidence");
        assertThat(page.string("return document.querySelector('#evidence').getAttribute('href')"))
            .isEqualTo("/endpoints/mx/sessions/1/evidence");
        assertThat(page.text("#evidence-secrets")).as("there are none").isEmpty();
      }
    }
  }

  @Test
  void secrets_are_saved_with_the_token() throws Exception {
    try (TestProgram program =
        TestProgram.of(
            "t0ken", MockExchangeOnlineServer.mx().profile(profile -> profile.keyLog(true)))) {
      Tls.deliver(program.mx.port(), program.mx.clientSslContext());
      program.mx.awaitSessions(1);
      try (ConsolePage page = BROWSER.open(program)) {
        page.run(NOTE_WHAT_IS_SAVED);
        page.click(".row");
        page.untilText("#evidence-secrets", "Save it with TLS secrets");
        page.click("#evidence-secrets");
        page.untilText("#token-dialog", "need the token of this server");
        page.type("#token", "t0ken");
        page.press(Keys.ENTER);
        page.until("it is saved", () -> page.string("return window.saved ?? ''").endsWith(".zip"));
        assertThat(page.string("return window.saved")).endsWith("-mx-000001-with-secrets.zip");
        page.forgetLog(); // the browser reports each answer 401
      }
    }
  }
}
