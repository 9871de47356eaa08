package io.mockexo.standalone.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.client.wire.ProfileSettings;
import io.mockexo.exchange.BlocklistKind;
import io.mockexo.exchange.CleartextMailRefusal;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.exchange.ExchangeProfileBuilder;
import io.mockexo.exchange.FrontEnd;
import io.mockexo.exchange.InboundConnector;
import io.mockexo.exchange.Middlebox;
import io.mockexo.exchange.RelayRefusal;
import io.mockexo.exchange.StartTlsInjection;
import io.mockexo.fault.Connections;
import io.mockexo.fault.FaultScript;
import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.server.MockExchangeOnlineServerBuilder;
import io.mockexo.standalone.config.Configuration.EndpointConfiguration;
import io.mockexo.standalone.config.ConfigurationReader;
import io.mockexo.tls.AlertDescription;
import io.mockexo.tls.CertificateFlaw;
import io.mockexo.tls.CertificateKind;
import io.mockexo.tls.ClientCertificateMode;
import io.mockexo.tls.NamedGroup;
import io.mockexo.tls.TestAuthority;
import io.mockexo.tls.TlsRefusal;
import io.mockexo.tls.TlsVersion;
import java.io.ByteArrayOutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What is copied from the page makes an endpoint that does the same. */
@Timeout(120)
class ConsoleCopyTest {

  @RegisterExtension private static final Browser BROWSER = new Browser();

  /** Each effect, and each way to say when and on which connections. */
  private static final String FAULTS =
      """
      [{"onConnection": 1, "at": "QUIT", "delay": "1ms"},
       {"onConnection": 2, "at": "CLIENT_HELLO", "drop": "FIN"},
       {"onConnection": "3-5", "at": "GREETING", "delay": "5s"},
       {"onConnection": "6-", "at": "EHLO", "stall": true},
       {"onConnection": "every", "at": "QUIT", "delay": "1ms"},
       {"onConnection": 11, "at": "GREETING", "garbage": 64},
       {"onConnection": 12, "at": "RCPT", "reply": "SERVER_BUSY", "thenClose": true},
       {"onAttempt": 2, "at": "BODY", "afterBytes": 1000, "drop": "RST"},
       {"onAttempt": "3-4", "at": "RCPT", "everyTime": true, "reply": "451 4.7.500 It's \\"busy\\"\\n451 4.7.500 <b>"},
       {"onConnection": 7, "at": "MAIL", "onMessage": 2, "reply": "421 4.3.2 Bye", "thenClose": true},
       {"onConnection": 8, "at": "SERVER_FLIGHT", "alert": "HANDSHAKE_FAILURE"},
       {"onConnection": 9, "at": "GREETING", "drip": {"bytes": 1, "interval": "200ms"}},
       {"onConnection": 10, "at": "DATA", "stopReading": true}]""";

  private final TestProgram program =
      TestProgram.of(
          MockExchangeOnlineServer.mx()
              .minimumTls(TlsVersion.TLS_1_0)
              .maximumTls(TlsVersion.TLS_1_2)
              .refuseOldTlsWith(AlertDescription.PROTOCOL_VERSION)
              .certificate(CertificateKind.ECDSA_P256)
              .certificateFlaw(CertificateFlaw.EXPIRED)
              .certificateNames("*.contoso.com", "192.0.2.1")
              .blockClients("192.0.2.0/24", "2001:db8::/32")
              .cipherSuites("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256")
              .ignorePeers("198.51.100.7")
              .acceptedDomains("contoso.com", "*.contoso.com")
              .middleboxes(Middlebox.MASKS_GREETING, Middlebox.MASKS_STARTTLS)
              .profile(ConsoleCopyTest::otherRules)
              .onConnections(Connections.every().each(2), ConsoleCopyTest::rulesOfOlderServers)
              .onConnections(Connections.connection(2), p -> p.middleboxes().maxRecipients(8))
              .onConnections(
                  Connections.connection(8),
                  p ->
                      p.tls(
                          t ->
                              t.maximumTls(TlsVersion.TLS_1_3)
                                  .sessionTickets(2)
                                  .refusalAlert(null)
                                  .groups(NamedGroup.X25519))));

  private static ExchangeProfileBuilder rulesOfOlderServers(ExchangeProfileBuilder profile) {
    return profile
        .asOf(2017)
        .maxRecipientsPerDomain(Integer.MAX_VALUE)
        .blockClients()
        .tls(
            tls ->
                tls.certificateFlaw(null)
                    .certificateNames()
                    .cipherSuites("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384")
                    .refuseOldTlsWith(TlsRefusal.RST)
                    .refusalAlert(null))
        .tenant(tenant -> tenant.connectors(List.of()));
  }

  private static ExchangeProfileBuilder otherRules(ExchangeProfileBuilder profile) {
    return profile
        .asOf(2019)
        .blocklistKind(BlocklistKind.SPAMHAUS)
        .blocklistCode(610)
        .hideStartTlsFromBlocked(true)
        .cleartextMailRefusal(CleartextMailRefusal.MUST_ISSUE_STARTTLS_451)
        .maxRecipientsPerDomain(5)
        .throttling(t -> t.withGreylisting(Duration.ofSeconds(15)))
        .tenant(
            tenant ->
                tenant
                    .knownRecipients(List.of("alice@contoso.com"))
                    .connector(
                        InboundConnector.partner("partner.example")
                            .restrictedToCertificate("*.partner.example")
                            .restrictedToAddresses("192.0.2.0/24"))
                    .connector(InboundConnector.onPremises("mail.contoso.com"))
                    .rejectDirectSend(true)
                    .cleartextRelayRefusal(RelayRefusal.TENANT_ATTRIBUTION_5_7_64))
        .startTlsInjection(StartTlsInjection.HAND_TO_TLS)
        .maxMessageSize(5_000_000_000L)
        .maxRecipients(7)
        .frontEnd(new FrontEnd("AM0EPF00000001", "eurprd05"))
        .tls(
            tls ->
                tls.groups(NamedGroup.X25519, NamedGroup.SECP256R1)
                    .serverPreference(false)
                    .revocationInfo(true)
                    .helloRetryRequest(true)
                    .encryptThenMac(true)
                    .sessionResumption(true)
                    .clientCertificate(ClientCertificateMode.REQUIRED)
                    .clientAuthorities(TestAuthority.shared().trustAnchor()))
        .timeouts(
            timeouts ->
                timeouts
                    .withIdle(Duration.ofMinutes(7))
                    .withHandshake(Duration.ofMinutes(8))
                    .withCloseGrace(Duration.ofMillis(900))
                    .withStall(Duration.ofMinutes(9)));
  }

  private ConsolePage page;

  @BeforeEach
  void open() {
    assertThat(program.send("PUT", "/endpoints/mx/faults", FAULTS).status()).isEqualTo(200);
    page = BROWSER.open(program);
    program.deliver(); // from now on no fault can be scripted for connection 1
    page.untilText("#counts", "1 connection");
  }

  @AfterEach
  void stop() {
    try {
      page.close();
    } finally {
      program.close();
    }
  }

  private String copied(String form) {
    page.select("#copy-form", form);
    page.click("#copy");
    page.until("it is copied", () -> !page.text("#copy-done").isEmpty());
    return page.string("return document.querySelector('#copied').textContent");
  }

  /** What differs is written from what it becomes, where it is asked for on either side. */
  private void differsAlike(Map<Connections, ExchangeProfile> connections) {
    Map<Connections, Object> expected = new LinkedHashMap<>();
    program.mx.connectionProfiles().forEach((on, profile) -> expected.put(on, rules(profile)));
    assertThat(connections.keySet()).containsExactlyElementsOf(expected.keySet());
    connections.forEach((on, profile) -> assertThat(rules(profile)).isEqualTo(expected.get(on)));
  }

  private void isTheSame(ExchangeProfile profile, FaultScript script) {
    assertThat(rules(profile)).isEqualTo(rules(program.mx.profile()));
    assertThat(script).isEqualTo(program.mx.script());
  }

  private static Map<String, ?> rules(ExchangeProfile profile) {
    return ProfileSettings.write(profile);
  }

  @Test
  void as_yaml(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("c.yaml"), copied("YAML"));
    EndpointConfiguration read = ConfigurationReader.read(file).endpoints().get(0);
    assertThat(read.name()).isEqualTo("mx");
    assertThat(read.port().value()).isEqualTo(program.mx.port());
    isTheSame(read.profile().build(), read.faults());
    MockExchangeOnlineServerBuilder server =
        MockExchangeOnlineServer.builder(read.profile().build());
    read.connections().forEach(server::onConnections);
    differsAlike(server.build().connectionProfiles());
  }

  @Test
  void as_java(@TempDir Path folder) throws Exception {
    Path source =
        Files.writeString(
            folder.resolve("Copied.java"),
            """
            import io.mockexo.exchange.*;
            import io.mockexo.fault.*;
            import io.mockexo.server.*;
            import io.mockexo.tls.*;
            import java.time.Duration;
            import java.util.*;

            public class Copied {
              public static MockExchangeOnlineServer start() {
                return %s;
              }
            }
            """
                .formatted(copied("Java builder").strip().replaceFirst(";$", "")));
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                errors,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                source.toString());
    assertThat(result).as(errors.toString(UTF_8)).isZero();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()});
        MockExchangeOnlineServer server =
            (MockExchangeOnlineServer) loader.loadClass("Copied").getMethod("start").invoke(null)) {
      isTheSame(server.profile(), server.script());
      differsAlike(server.connectionProfiles());
    }
  }

  @Test
  void as_curl() throws Exception {
    try (TestProgram other = TestProgram.start()) {
      other.deliver();
      String commands =
          copied("curl")
              .replace(":" + program.control.port() + "/", ":" + other.control.port() + "/");
      Process shell =
          new ProcessBuilder(
                  "sh",
                  "-e",
                  "-c",
                  commands.replace("curl -X", Browser.path("curl") + " -sS --fail-with-body -X"))
              .redirectErrorStream(true)
              .start();
      String output = new String(shell.getInputStream().readAllBytes(), UTF_8);
      assertThat(shell.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(shell.exitValue()).as(output).isZero();
      isTheSame(other.mx.profile(), other.mx.script());
      differsAlike(other.mx.connectionProfiles());
    }
  }

  @Test
  void as_an_annotation() {
    assertThat(copied("Java annotation"))
        .isEqualTo(
            """
            @Test
            @InjectFault(onConnection = 1, at = Stage.QUIT, delay = "PT0.001S")
            @InjectFault(onConnection = 2, at = Stage.CLIENT_HELLO, drop = Drop.FIN)
            @InjectFault(onConnections = "3-5", at = Stage.GREETING, delay = "PT5S")
            @InjectFault(onConnections = "6-", at = Stage.EHLO, stall = true)
            @InjectFault(onConnections = "every", at = Stage.QUIT, delay = "PT0.001S")
            @InjectFault(onConnection = 11, at = Stage.GREETING, garbage = 64)
            @InjectFault(onConnection = 12, at = Stage.RCPT, reply = "SERVER_BUSY", thenClose = true)
            @InjectFault(onAttempt = 2, at = Stage.BODY, afterBytes = 1000, drop = Drop.RST)
            @InjectFault(onAttempts = "3-4", at = Stage.RCPT, everyTime = true, reply = "451 4.7.500 It's \\"busy\\"\\n451 4.7.500 <b>")
            @InjectFault(onConnection = 7, at = Stage.MAIL, onMessage = 2, reply = "421 4.3.2 Bye", thenClose = true)
            @InjectFault(onConnection = 8, at = Stage.SERVER_FLIGHT, alert = AlertDescription.HANDSHAKE_FAILURE)
            @InjectFault(onConnection = 9, at = Stage.GREETING, drip = @InjectFault.Drip(bytes = 1, interval = "PT0.2S"))
            @InjectFault(onConnection = 10, at = Stage.DATA, stopReading = true)
            void test(
                // only a builder has: asOf, frontEnd, blocklistKind, blocklistCode, hideStartTlsFromBlocked, ignorePeers, refusalAlert, groups, serverPreference, revocationInfo, clientCertificate, clientAuthorities, helloRetryRequest, encryptThenMac, sessionResumption, knownRecipients, connectors, rejectDirectSend, cleartextRelayRefusal, cleartextMailRefusal, startTlsInjection, maxMessageSize, maxRecipients, maxRecipientsPerDomain, idleTimeout, handshakeTimeout, closeGrace, stallTimeout, greylisting, onConnections
                @MockExchangeOnline(blockClients = {"192.0.2.0/24", "2001:db8::/32"}, minimumTls = TlsVersion.TLS_1_0, maximumTls = TlsVersion.TLS_1_2, refuseOldTlsWith = TlsRefusal.ALERT, cipherSuites = {"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"}, certificate = CertificateKind.ECDSA_P256, certificateFlaw = CertificateFlaw.EXPIRED, certificateNames = {"*.contoso.com", "192.0.2.1"}, acceptedDomains = {"contoso.com", "*.contoso.com"}, middleboxes = {Middlebox.MASKS_GREETING, Middlebox.MASKS_STARTTLS})
                MockExchangeOnlineServer exchange) {}
            """);
  }

  @Test
  void accounts_are_named_without_their_passwords() {
    page.click("#endpoints a[href='#client-submission']");
    page.untilText("#endpoint-title", "client-submission: CLIENT_SUBMISSION");
    for (String form : List.of("YAML", "Java builder", "Java annotation")) {
      assertThat(copied(form))
          .contains(" and the accounts: alice@contoso.com")
          .doesNotContain("s3cret");
    }
    ExchangeProfile before = program.submission.profile();
    String curl = copied("curl").replaceAll("\\s+", " ");
    assertThat(curl).contains("{\"accounts\":[{\"user\":\"alice@contoso.com\"}]}");
    assertThat(
            program
                .send(
                    "PUT",
                    "/endpoints/client-submission/profile",
                    "{\"accounts\":[{\"user\":\"alice@contoso.com\"}]}")
                .status())
        .isEqualTo(200);
    assertThat(program.submission.profile().tenant().accounts())
        .isEqualTo(before.tenant().accounts());
  }

  @Test
  void what_is_as_usual_is_not_copied() {
    page.click("#endpoints a[href='#client-submission']");
    page.untilText("#endpoint-title", "client-submission: CLIENT_SUBMISSION");
    assertThat(copied("Java annotation"))
        .contains("@MockExchangeOnline(endpoint = Endpoint.CLIENT_SUBMISSION)");
  }

  @Test
  void what_was_copied_follows_what_is_changed() {
    copied("YAML");
    program.send("DELETE", "/endpoints/mx/faults", null);
    page.until("no fault is left", () -> !page.text("#copied").contains("faults:"));
  }
}
