package io.mockexo.standalone.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page outlives a break, says so while it lasts, and then shows what there is. */
@Timeout(120)
class ConsoleReconnectTest {

  @RegisterExtension private static final Browser BROWSER = new Browser();

  private static final String LOST = "not connected, trying again";

  private static void untilBack(ConsolePage page) {
    page.until("it is live again", () -> page.text("#live").equals("live"));
    page.forgetLog(); // the browser reports what it could not load meanwhile
  }

  @Test
  void what_happened_during_a_break_is_shown_afterwards_and_once() throws Exception {
    try (TestProgram program = TestProgram.start();
        Relay relay = Relay.to(program);
        ConsolePage page = BROWSER.open(relay.port(), "/")) {
      program.deliver();
      page.untilText("#counts", "1 connection");
      page.click(".row");
      page.untilText("#session-title", "Connection 1");
      relay.cut();
      page.untilText("#live", LOST);
      program.deliver();
      relay.leadTo(program);
      untilBack(page);
      page.untilText("#counts", "2 connections");
      assertThat(page.texts(".row .number")).containsExactly("#2", "#1");
      assertThat(page.text("#session-title")).startsWith("Connection 1");
    }
  }

  /** The hub keeps 2,000 events. */
  @Test
  void a_break_of_more_events_than_are_kept_loses_nothing() throws Exception {
    try (TestProgram program = TestProgram.start();
        Relay relay = Relay.to(program);
        ConsolePage page = BROWSER.open(relay.port(), "/")) {
      program.deliver();
      page.untilText("#counts", "1 connection");
      relay.cut();
      page.untilText("#live", LOST);
      program.deliver();
      for (int i = 0; i < 2_010; i++) {
        program.send("POST", "/endpoints/client-submission/reset", null);
      }
      relay.leadTo(program);
      untilBack(page);
      page.untilText("#counts", "2 connections");
      assertThat(page.texts(".row .number")).containsExactly("#2", "#1");
      program.deliver();
      page.untilText("#counts", "3 connections");
    }
  }

  @Test
  void another_program_on_the_port_takes_the_place_of_the_first() throws Exception {
    try (TestProgram first = TestProgram.start();
        TestProgram second = TestProgram.start();
        Relay relay = Relay.to(first);
        ConsolePage page = BROWSER.open(relay.port(), "/")) {
      first.deliver();
      first.deliver();
      page.untilText("#counts", "2 connections");
      page.click("#session-1");
      page.untilText("#session-title", "Connection 1");
      TestProgram.talk(second.mx, "QUIT\r\n");
      relay.cut();
      page.untilText("#live", LOST);
      relay.leadTo(second);
      untilBack(page);
      page.untilText(".row .badge", "no mail");
      assertThat(page.texts(".row .number")).isEqualTo(List.of("#1"));
      page.until("the old connection 1 is closed", () -> page.text("#session").isEmpty());
      assertThat(page.texts("#timelines li")).isEmpty();
      second.deliver();
      page.untilText("#counts", "2 connections");
    }
  }
}
