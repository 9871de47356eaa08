package io.mockexo.standalone.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mockexo.client.wire.ProfileSettings;
import io.mockexo.exchange.CidrBlock;
import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.fault.Drop;
import io.mockexo.fault.Fault;
import io.mockexo.fault.ScriptedFault;
import io.mockexo.fault.Stage;
import io.mockexo.scenario.Scenario;
import io.mockexo.scenario.Scenarios;
import io.mockexo.tls.TlsVersion;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

/** What is set on the page is what clients get. */
@Timeout(120)
class ConsoleChangesTest {

  @RegisterExtension private static final Browser BROWSER = new Browser();

  private static final String TOKEN = "t0ken";

  /** A client that comes with TLS and does not get it. */
  static void refuseTls(TestProgram program) {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Tls.deliver(program.mx.port(), program.mx.clientSslContext()));
  }

  @Test
  void a_fault_meets_a_client_and_its_fallback_is_drawn() {
    try (TestProgram program = TestProgram.start();
        ConsolePage page = BROWSER.open(program)) {
      page.click("#change summary");
      page.type("[name=numbers]", "1");
      page.select("[name=at]", "CLIENT_HELLO");
      page.select("[name=effect]", "close with FIN");
      page.click("#fault-form button");
      page.untilText("#faults", "onConnection: 1, at: CLIENT_HELLO, drop: FIN");
      page.untilText("#faults .verdict", "waits");
      assertThat(program.mx.script().faults())
          .extracting(ScriptedFault::fault)
          .containsExactly(Fault.at(Stage.CLIENT_HELLO).drop(Drop.FIN));

      refuseTls(program);
      page.untilText(".row .badge", "TLS failed");
      page.untilText("#faults .verdict", "fired");
      assertThat(page.text(".row .summary")).contains("drop(FIN)");
      TestProgram.talk(
          program.mx, TestProgram.MESSAGE.replace("EHLO client.example", "EHLO c.example"));
      page.untilText("#timelines .verdicts", "fell back to cleartext");
      assertThat(page.texts("#timelines .attempt.warn"))
          .singleElement()
          .asString()
          .startsWith("#1")
          .contains("TLS failed", "offered TLS 1.3");
      assertThat(page.texts("#timelines .attempt.bad"))
          .singleElement()
          .asString()
          .contains("#2", "delivered", "in cleartext");
      assertThat(page.text("#timelines .gap-text")).endsWith(" s");

      page.click(".attempt.warn circle");
      page.untilText("#dialogue", "-- fault: onConnection 1, at CLIENT_HELLO, drop FIN");
      page.click("#remove-faults");
      page.untilText("#no-faults", "none");
      assertThat(program.mx.script().faults()).isEmpty();
    }
  }

  @Test
  void a_fault_in_a_body_and_one_that_makes_no_sense() {
    try (TestProgram program = TestProgram.start();
        ConsolePage page = BROWSER.open(program)) {
      page.click("#change summary");
      page.select("[name=at]", "BODY");
      page.type("[name=afterBytes]", "10");
      page.select("[name=effect]", "reset with RST");
      page.click("#fault-form button");
      page.untilText("#faults", "onConnection: every, at: BODY, afterBytes: 10, drop: RST");

      page.select("[name=at]", "QUIT");
      page.select("[name=effect]", "TLS alert");
      page.type("[name=value]", "NO_SUCH");
      page.click("#fault-form button");
      page.untilText("#problem", "NO_SUCH");
      TestProgram.talk(program.mx, "QUIT\r\n");
      page.untilText("#counts", "1 connection");
      assertThat(page.text("#problem")).as("after a redraw").contains("NO_SUCH");
      page.click("#dismiss");
      assertThat(page.text("#problem")).isEmpty();
      page.forgetLog(); // the browser reports the answer 400
    }
  }

  @Test
  void a_scenario_is_read_and_applied() {
    try (TestProgram program = TestProgram.start();
        ConsolePage page = BROWSER.open(program)) {
      page.click("#change summary");
      assertThat(offered(page)).containsExactlyElementsOf(titlesFor(Endpoint.MX));
      page.select("[name=scenario]", "No cipher suite is common");
      page.untilText("#scenario", "none of the cipher suites that Exchange Online accepts");
      page.untilText("#scenario", "delivers in cleartext: tries again at once");
      page.click("#scenario-form button");
      page.untilText("#profile", "to TLS 1.2");
      assertThat(program.mx.profile().tls().cipherSuites()).hasSize(8);

      page.select("[name=scenario]", "The connection is reset after the server's certificate");
      page.click("#scenario-form button");
      page.untilText("#faults", "onConnection: every, at: SERVER_FLIGHT, drop: RST");
      assertThat(program.mx.profile().tls().cipherSuites()).hasSizeGreaterThan(8);
      refuseTls(program);
      page.untilText(".row .badge", "TLS failed");
      page.untilText("#faults .verdict", "fired");

      page.click("#endpoints a[href='#client-submission']");
      page.until(
          "the scenarios are those of the other endpoint",
          () -> offered(page).equals(titlesFor(Endpoint.CLIENT_SUBMISSION)));
    }
  }

  /** Each in its turn: what the endpoint has then is what the scenario makes of it. */
  @Test
  void every_scenario_can_be_applied() {
    try (TestProgram program = TestProgram.start();
        ConsolePage page = BROWSER.open(program)) {
      ExchangeProfile usual = program.mx.profile();
      page.click("#change summary");
      for (Scenario scenario : Scenarios.all()) {
        if (scenario.endpoints().contains(Endpoint.MX)) {
          page.select("[name=scenario]", scenario.title());
          page.click("#scenario-form button");
          page.until(
              scenario.name() + " is applied",
              () ->
                  ProfileSettings.write(program.mx.profile())
                          .equals(ProfileSettings.write(scenario.rules(usual)))
                      && program.mx.script().equals(scenario.script()));
        }
      }
    }
  }

  /** What is in a closed choice is not seen, so that WebDriver has no text for it. */
  private static List<String> offered(ConsolePage page) {
    return page.strings(
        "return [...document.querySelectorAll('#scenario-form option')].map(o => o.textContent)");
  }

  private static List<String> titlesFor(Endpoint endpoint) {
    return Scenarios.all().stream()
        .filter(scenario -> scenario.endpoints().contains(endpoint))
        .map(Scenario::title)
        .toList();
  }

  @Test
  void rules_that_differ_on_some_connections_are_shown_while_there_are_any() {
    try (TestProgram program = TestProgram.start();
        ConsolePage page = BROWSER.open(program)) {
      String rules = "[{\"onConnection\": \"1-/2\", \"minimumTls\": \"TLS_1_3\"}]";
      assertThat(page.text("#endpoint")).doesNotContain("Rules that differ");

      program.send("PUT", "/endpoints/mx/connections", rules);

      page.untilText("#connections", "onConnection: 1-/2, minimumTls: TLS_1_3");
      program.send("DELETE", "/endpoints/mx/connections", null);
      page.until("none are left", () -> !page.text("#endpoint").contains("Rules that differ"));
    }
  }

  @Test
  void what_was_not_touched_is_not_changed() {
    try (TestProgram program = TestProgram.start();
        ConsolePage page = BROWSER.open(program)) {
      page.click("#change summary");
      page.type("[name=blockClients]", "192.0.2.0/24");
      program.send("PATCH", "/endpoints/mx/profile", "{\"minimumTls\": \"TLS_1_1\"}");
      page.untilText("#profile", "TLS 1.1 to TLS 1.3");
      page.click("#profile-form button");
      page.untilText("#profile", "192.0.2.0/24");
      assertThat(program.mx.profile().tls().minimumTls()).isEqualTo(TlsVersion.TLS_1_1);
    }
  }

  @Test
  void an_address_on_the_blocklist_is_not_offered_starttls() {
    try (TestProgram program = TestProgram.start();
        ConsolePage page = BROWSER.open(program)) {
      page.untilText("#profile", "nobody");
      page.click("#change summary");
      page.type("[name=blockClients]", "127.0.0.0/8 2001:db8::/32");
      page.select("[name=minimumTls]", "TLS 1.0");
      page.click("#profile-form button");
      page.untilText("#profile", "127.0.0.0/8, 2001:db8::/32");
      page.untilText("#profile", "TLS 1.0 to TLS 1.3");
      assertThat(program.mx.profile().blocklist().clients())
          .extracting(CidrBlock::toString)
          .containsExactly("127.0.0.0/8", "2001:db8::/32");
      assertThat(program.mx.profile().tls().minimumTls()).isEqualTo(TlsVersion.TLS_1_0);

      assertThat(TestProgram.talk(program.mx, TestProgram.MESSAGE))
          .doesNotContain("STARTTLS")
          .contains("550 5.7.606");
      page.untilText(".row .badge", "not delivered");
      page.click(".row");
      page.untilText("#dialogue", "-- on the blocklist (127.0.0.0/8), STARTTLS is hidden");
      page.click("#reset");
      page.untilText("#profile", "nobody");
      page.untilText("#counts", "Nobody has connected yet.");
      assertThat(page.text("#session")).as("the view of a connection of before").isEmpty();
    }
  }

  @Test
  void who_has_no_token_is_told_and_may_give_one() {
    try (TestProgram program = TestProgram.start(TOKEN);
        ConsolePage page = BROWSER.open(program)) {
      page.click("#change summary");
      page.select("[name=minimumTls]", "TLS 1.3");
      page.click("#profile-form button");
      page.untilText("#token-dialog", "Changes need the token of this server");
      page.press(Keys.ESCAPE);
      page.untilText("#problem", "Nothing was changed: changes need the token");
      assertThat(program.mx.profile().tls().minimumTls()).isEqualTo(TlsVersion.TLS_1_2);

      page.select("[name=minimumTls]", "TLS 1.3");
      page.click("#profile-form button");
      page.untilText("#token-dialog", "Changes need the token of this server");
      page.type("#token", "wrong");
      page.press(Keys.ENTER);
      page.untilText("#token-wrong", "That was not the token.");
      page.type("#token", TOKEN);
      page.click("#token-dialog button");
      page.untilText("#profile", "TLS 1.3 to TLS 1.3");
      assertThat(page.text("#problem")).isEmpty();

      page.select("[name=refuseOldTlsWith]", "RST");
      page.click("#profile-form button");
      page.untilText("#profile", "RST");
      assertThat(page.text("#token-dialog")).as("asked only once").isEmpty();
      page.select("#copy-form", "curl");
      page.click("#copy");
      assertThat(page.text("#copied"))
          .contains("-H \"Authorization: Bearer $TOKEN\"")
          .doesNotContain(TOKEN);
      page.forgetLog(); // the browser reports each answer 401
    }
  }
}
