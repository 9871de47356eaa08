package io.mockexo.standalone.control;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

/** What clients do is seen on the page while they do it. */
@Timeout(120)
class ConsoleLiveTest {

  @RegisterExtension private static final Browser BROWSER = new Browser();

  private TestProgram program;
  private ConsolePage page;

  @BeforeEach
  void start() {
    program = TestProgram.start();
    page = BROWSER.open(program);
  }

  @AfterEach
  void stop() {
    try {
      page.close();
    } finally {
      program.close();
    }
  }

  private void deliverOverTls() throws Exception {
    Tls.deliver(program.mx.port(), program.mx.clientSslContext());
  }

  @Test
  void a_mail_that_comes_is_listed_and_opens() throws Exception {
    page.untilText("#counts", "Nobody has connected yet.");
    page.run("window.sameDocument = true");
    deliverOverTls();
    page.untilText(".row .badge", "delivered over TLS 1.3");
    assertThat(page.texts(".row")).hasSize(1);
    assertThat(page.text(".row .summary")).isEqualTo("delivered 1 message over TLS 1.3");
    assertThat(page.text("#counts")).isEqualTo("1 connection, 1 delivered over TLS");
    assertThat(page.text("#timelines .verdicts")).isEqualTo("delivered");

    page.click(".row");
    page.untilText("#session-title", "Connection 1 from 127.0.0.1");
    List<String> parts = page.texts("#dialogue .part");
    assertThat(parts).hasSize(2);
    assertThat(parts.get(0))
        .startsWithIgnoringCase("readable on the wire")
        .contains("C: HELO c.example", "C: STARTTLS", "S: 220 2.0.0 SMTP server ready")
        .doesNotContain("MAIL FROM");
    assertThat(parts.get(1))
        .startsWithIgnoringCase("inside TLS")
        .contains("C: MAIL FROM:<a@client.example>", "-- delivered")
        .doesNotContain("C: STARTTLS");

    String ja4 = program.mx.sessions().only().clientHello().orElseThrow().ja4();
    page.click("#hello summary");
    assertThat(page.text("#hello"))
        .contains("ClientHello, JA4 " + ja4, "TLS 1.3, TLS 1.2", "TLS_AES_256_GCM_SHA384");
    page.click("#mails summary");
    page.untilText("#mails pre", "Subject: hello");
    assertThat(page.text("#mails pre")).endsWith("hello");
    assertThat(page.run("return window.sameDocument")).isEqualTo(true);
    page.assertStayedHere();
  }

  @Test
  void an_open_connection_is_followed_to_its_end() throws Exception {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), program.mx.port())) {
      client.getOutputStream().write("EHLO first.example\r\n".getBytes(US_ASCII));
      page.untilText(".row .badge", "open");
      page.click(".row");
      page.untilText("#dialogue", "S: 220 ");
      client.getOutputStream().write("QUIT\r\n".getBytes(US_ASCII));
      client.getInputStream().readAllBytes();
    }
    page.untilText(".row .badge", "no mail");
    page.untilText("#dialogue", "-- closed by the server with FIN");
  }

  @Test
  void an_open_connection_is_followed_while_it_goes_on() throws Exception {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), program.mx.port())) {
      page.untilText(".row .badge", "open");
      page.click(".row");
      page.untilText("#session-title", "Connection 1");
      client.getOutputStream().write("EHLO first.example\r\n".getBytes(US_ASCII));
      page.untilText("#dialogue", "C: EHLO first.example");
      page.run("window.firstLine = document.querySelector('#dialogue span')");
      client.getOutputStream().write("MAIL FROM:<a@first.example>\r\n".getBytes(US_ASCII));
      page.untilText("#dialogue", "C: MAIL FROM:<a@first.example>");
      assertThat(page.run("return window.firstLine.isConnected")).isEqualTo(true);
      assertThat(page.text("#dialogue")).containsOnlyOnce("C: EHLO").doesNotContain("-- closed");
      assertThat(program.mx.open()).hasSize(1);
    }
    page.untilText("#dialogue", "-- closed by the client");
    assertThat(page.text("#dialogue")).containsOnlyOnce("C: EHLO");
  }

  @Test
  void the_row_of_an_open_connection_tells_how_far_it_has_come() throws Exception {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), program.mx.port())) {
      page.untilText(".row .summary", "silent so far");
      String commands = TestProgram.MESSAGE.replace("QUIT\r\n", "");
      client.getOutputStream().write(commands.getBytes(US_ASCII));
      page.untilText(".row .summary", "delivered 1 message");
      page.untilText("#timelines .verdicts", "delivered");
      assertThat(page.text(".row .badge")).isEqualTo("open");
    }
  }

  @Test
  void what_is_unfolded_and_focused_outlasts_later_connections() throws Exception {
    deliverOverTls();
    page.untilText(".row .badge", "delivered");
    page.click(".row");
    page.untilText("#session-title", "Connection 1");
    page.click("#mails summary");
    page.untilText("#mails pre", "Subject: hello");
    page.run("document.querySelector('.attempt').focus()");
    program.deliver();
    page.untilText("#counts", "2 connections");
    assertThat(page.text("#mails pre")).contains("Subject: hello");
    page.run("document.querySelector('#endpoints a:last-child').focus()");
    program.deliver();
    page.untilText("#counts", "3 connections");
    assertThat(page.string("return document.activeElement.innerText"))
        .startsWith("client-submission");
  }

  @Test
  void the_other_endpoint_is_a_click_away() {
    program.deliver();
    page.untilText("#counts", "1 connection");
    page.click("#endpoints a:last-child");
    page.untilText("#endpoint-title", "client-submission: CLIENT_SUBMISSION");
    page.untilText("#counts", "Nobody has connected yet.");
    TestProgram.talk(program.submission, "QUIT\r\n");
    page.untilText(".row .badge", "no mail");
    page.run("history.back()");
    page.untilText("#endpoint-title", "mx: MX");
    page.untilText(".row .badge", "delivered in cleartext");
  }

  @Test
  void the_list_and_the_lines_of_time_need_no_mouse() {
    program.deliver();
    program.deliver();
    page.untilText("#counts", "2 connections");
    page.run("document.querySelector('#list').focus()");
    page.press(Keys.ARROW_DOWN);
    page.untilText("#session-title", "Connection 2 ");
    page.press(Keys.ARROW_DOWN);
    page.untilText("#session-title", "Connection 1 ");
    assertThat(page.string("return document.querySelector('#list').ariaActiveDescendantElement.id"))
        .isEqualTo("session-1");
    page.run("document.querySelector('.attempt:last-child').focus()");
    page.press(Keys.ENTER);
    page.until(
        "the title has the focus",
        () -> page.string("return document.activeElement.id").equals("session-title"));
  }

  /** Goes through the page with Tab, and looks at what each stop draws around itself. */
  @Test
  void everything_is_reached_by_tab_and_shows_where_the_focus_is() throws Exception {
    program.deliver();
    page.untilText(".row .badge", "delivered");
    page.click(".row");
    page.untilText("#session-title", "Connection 1");
    page.click("#change summary");
    page.click("#copy");
    page.click("#mails summary");
    page.untilText("#mails pre", "hello");
    page.run("document.activeElement.blur(); window.stops = new Set(); window.dim = [];");
    Set<String> seen = new LinkedHashSet<>();
    String stop = "";
    while (seen.add(stop)) {
      stop = next();
    }
    assertThat(page.strings("return window.dim")).isEmpty();
    List<String> missed =
        page.strings(
            "return [...document.querySelectorAll('a[href], button, input, select, summary, [tabindex=\"0\"]')]"
                + ".filter(e => e.checkVisibility() && !e.disabled && !window.stops.has(e)).map(e => e.outerHTML)");
    assertThat(missed).isEmpty();
    assertThat(seen).hasSizeGreaterThan(15);
  }

  private String next() {
    page.tab();
    return page.string(
        "const e = document.activeElement;"
            + "if (e !== document.body) { stops.add(e);"
            + " const s = getComputedStyle(e); if (s.outlineStyle === 'none' || s.outlineWidth === '0px') dim.push(e.outerHTML); }"
            + "return [...document.querySelectorAll('*')].indexOf(e) + ' ' + e.tagName;");
  }
}
