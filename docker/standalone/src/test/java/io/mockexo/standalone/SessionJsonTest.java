package io.mockexo.standalone;

import static io.mockexo.fault.Fault.at;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mockexo.client.wire.Host;
import io.mockexo.exchange.CidrBlock;
import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.exchange.Middlebox;
import io.mockexo.exchange.Throttling;
import io.mockexo.fault.Connections;
import io.mockexo.fault.Fault;
import io.mockexo.fault.ScriptedFault;
import io.mockexo.fault.Stage;
import io.mockexo.journal.MailTransaction;
import io.mockexo.journal.MessageContent;
import io.mockexo.journal.SessionEvent;
import io.mockexo.journal.SmtpSession;
import io.mockexo.scenario.Scenarios;
import io.mockexo.tls.CipherSuite;
import io.mockexo.tls.ClientHello;
import io.mockexo.tls.ClientIdentity;
import io.mockexo.tls.ClientVerdict;
import io.mockexo.tls.KeyLogLine;
import io.mockexo.tls.NamedGroup;
import io.mockexo.tls.SignatureScheme;
import io.mockexo.tls.TlsMismatch;
import io.mockexo.tls.TlsRefusal;
import io.mockexo.tls.TlsVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SessionJsonTest {

  private static final Duration AT = Duration.ofMillis(1_500);

  private static final byte[] SECRET = {(byte) 0xca, (byte) 0xfe};

  private static final MailTransaction TRANSACTION =
      new MailTransaction(
          "a@client.example",
          Map.of("SIZE", "7"),
          List.of(new MailTransaction.Recipient("b@contoso.com", 250, "2.1.5 Recipient OK")),
          true,
          null,
          MailTransaction.Outcome.DELIVERED,
          250,
          "2.6.0 <1@client.example>",
          "<1@client.example>",
          null,
          7,
          MessageContent.of("secret!".getBytes(StandardCharsets.US_ASCII)));

  private static final List<SessionEvent> ONE_OF_EACH =
      List.of(
          new SessionEvent.ClientBlocklisted(AT, CidrBlock.parse("192.0.2.0/24"), true),
          new SessionEvent.CommandReceived(AT, false, "AUTH", "auth plain <redacted>", true),
          new SessionEvent.MessageDataReceived(AT, true, 7),
          new SessionEvent.ReplySent(AT, false, 250, List.of("Hello", "SMTPUTF8")),
          new SessionEvent.MiddleboxActed(AT, Middlebox.MASKS_STARTTLS, "STARTTLS"),
          new SessionEvent.LimitReached(
              AT, Throttling.Limit.GREYLISTING, "192.0.2.1", Duration.ofMillis(1_500)),
          new SessionEvent.ClientHelloReceived(
              AT,
              new ClientHello(
                  0x0301,
                  0x0303,
                  List.of(0x3A3A, 0x0304, 0x7F1C),
                  List.of(CipherSuite.ofCode(0x1302)),
                  List.of(NamedGroup.X25519),
                  List.of(0),
                  List.of(NamedGroup.X25519),
                  List.of(SignatureScheme.ofCode(0x0804)),
                  "mx.contoso.com",
                  List.of(),
                  List.of(0, 43))),
          new SessionEvent.Sslv2HelloReceived(AT, 0x0301, 7),
          new SessionEvent.TlsRefused(AT, TlsRefusal.FIN, TlsMismatch.VERSION, "below TLS 1.2"),
          new SessionEvent.SecretsLogged(
              AT, List.of(new KeyLogLine(KeyLogLine.Label.CLIENT_RANDOM, new byte[32], SECRET))),
          new SessionEvent.TlsEstablished(
              AT,
              TlsVersion.TLS_1_3,
              CipherSuite.ofCode(0x1302),
              NamedGroup.SECP384R1,
              false,
              null),
          new SessionEvent.ClientCertificateShown(
              AT, new ClientIdentity("CN=client", "client", List.of(), ClientVerdict.TRUSTED)),
          new SessionEvent.SessionTicketsSent(AT, 2),
          new SessionEvent.TlsFailed(AT, "handshake timed out"),
          new SessionEvent.Alert(AT, SessionEvent.Direction.RECEIVED, true, 48),
          new SessionEvent.Authenticated(AT, "LOGIN", "a@client.example"),
          new SessionEvent.AuthenticationFailed(AT, "LOGIN", null, null),
          new SessionEvent.MessageAccepted(AT, TRANSACTION),
          new SessionEvent.TransactionFailed(AT, TRANSACTION),
          new SessionEvent.StrayBytes(
              AT,
              SessionEvent.StrayBytes.Place.AFTER_FIN,
              SessionEvent.StrayBytes.Kind.MAIL,
              3,
              "x"),
          new SessionEvent.FaultInjected(
              AT,
              new ScriptedFault(
                  Connections.connections(2, 5),
                  Fault.at(Stage.MAIL).reply(451, "4.7.500", "Server busy").thenClose())),
          new SessionEvent.EventsDropped(AT, 2),
          new SessionEvent.Closed(
              AT, SessionEvent.Closed.Side.CLIENT, SessionEvent.Closed.End.FIN));

  private static SmtpSession session() throws Exception {
    return new SmtpSession(
        3,
        Endpoint.MX,
        new InetSocketAddress(InetAddress.getByName("192.0.2.1"), 4711),
        null,
        Instant.parse("2026-11-23T09:00:00Z"),
        ONE_OF_EACH);
  }

  private static JsonNode json() throws Exception {
    SmtpSession session = session();
    String line = new SessionJson().session("mx", session);
    assertThat(line).doesNotContain("\n");
    return new ObjectMapper().readTree(line);
  }

  private static JsonNode event(String type) throws Exception {
    return Stream.of(json().get("events"))
        .flatMap(events -> events.valueStream())
        .filter(event -> event.get("type").asText().equals(type))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void a_session_is_told_with_name_number_peer_and_summary() throws Exception {
    JsonNode json = json();
    assertThat(json.get("name").asText()).isEqualTo("mx");
    assertThat(json.get("endpoint").asText()).isEqualTo("MX");
    assertThat(json.get("number").asInt()).isEqualTo(3);
    assertThat(json.get("peer").asText()).isEqualTo("192.0.2.1");
    assertThat(json.get("peerPort").asInt()).isEqualTo(4711);
    assertThat(json.get("acceptedAt").asText()).isEqualTo("2026-11-23T09:00:00Z");
    assertThat(json.get("summary").asText()).isNotEmpty();
  }

  @Test
  void a_blocklist_entry_is_told_as_it_was_given() throws Exception {
    assertThat(event("ClientBlocklisted").get("entry").asText()).isEqualTo("192.0.2.0/24");
  }

  @Test
  void every_kind_of_event_is_there_under_its_own_name() throws Exception {
    assertThat(json().get("events").valueStream().map(event -> event.get("type").asText()))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(SessionEvent.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .toList());
  }

  @Test
  void times_are_seconds_and_protocol_values_have_their_names() throws Exception {
    JsonNode tls = event("TlsEstablished");
    assertThat(tls.get("at").decimalValue()).isEqualByComparingTo("1.5");
    assertThat(tls.get("version").asText()).isEqualTo("TLS_1_3");
    assertThat(tls.get("cipherSuite").asText()).isEqualTo("TLS_AES_256_GCM_SHA384");
    assertThat(tls.get("group").asText()).isEqualTo("secp384r1");
    assertThat(event("ClientHelloReceived").at("/hello/cipherSuites/0").asText())
        .isEqualTo("TLS_AES_256_GCM_SHA384");
  }

  @Test
  void a_command_says_what_it_was_and_what_was_taken_out_of_it() throws Exception {
    JsonNode command = event("CommandReceived");
    assertThat(command.get("verb").asText()).isEqualTo("AUTH");
    assertThat(command.get("line").asText()).isEqualTo("auth plain <redacted>");
    assertThat(command.get("redacted").asBoolean()).isTrue();
  }

  @Test
  void versions_of_tls_have_their_names() throws Exception {
    JsonNode hello = event("ClientHelloReceived").get("hello");
    assertThat(hello.get("recordVersion").asText()).isEqualTo("TLS_1_0");
    assertThat(hello.get("legacyVersion").asText()).isEqualTo("TLS_1_2");
    assertThat(hello.get("supportedVersions").valueStream().map(JsonNode::asText))
        .containsExactly("0x3A3A", "TLS_1_3", "0x7F1C");
    assertThat(event("Sslv2HelloReceived").get("version").asText()).isEqualTo("TLS_1_0");
  }

  @Test
  void an_alert_has_its_name_beside_its_number() throws Exception {
    JsonNode alert = event("Alert");
    assertThat(alert.get("code").asInt()).isEqualTo(48);
    assertThat(alert.get("description").asText()).isEqualTo("unknown_ca");
  }

  @Test
  void a_fault_is_told_as_it_stands_in_a_configuration() throws Exception {
    assertThat(event("FaultInjected").get("fault"))
        .hasToString(
            "{\"onConnection\":\"2-5\",\"at\":\"MAIL\",\"reply\":\"451 4.7.500 Server busy\","
                + "\"thenClose\":true}");
  }

  @Test
  void every_line_says_what_it_is() throws Exception {
    SessionJson form = new SessionJson();
    ExchangeProfile profile = ExchangeProfile.builder(Endpoint.MX).build();

    assertThat(form.ready("lab", profile, Host.of("::"), 25))
        .isEqualTo(
            "{\"event\":\"ready\",\"name\":\"lab\",\"endpoint\":\"MX\",\"host\":\"::\",\"port\":25,"
                + "\"minimumTls\":\"TLS_1_2\",\"maximumTls\":\"TLS_1_3\",\"refuseOldTlsWith\":\"FIN\"}");
    assertThat(form.scenario("lab", Scenarios.named("throttled")))
        .isEqualTo("{\"event\":\"scenario\",\"name\":\"lab\",\"scenario\":\"throttled\"}");
    assertThat(form.connected("lab", session()))
        .isEqualTo(
            "{\"event\":\"connected\",\"name\":\"lab\",\"endpoint\":\"MX\",\"number\":3,"
                + "\"peer\":\"192.0.2.1\",\"peerPort\":4711,\"acceptedAt\":\"2026-11-23T09:00:00Z\"}");
    assertThat(json().get("event").asText()).isEqualTo("session");
    assertThat(
            form.unfired(
                "mx", List.of(new ScriptedFault(Connections.every(), at(Stage.QUIT).stall()))))
        .isEqualTo(
            "{\"event\":\"unfired\",\"name\":\"mx\",\"faults\":[{\"onConnection\":\"every\",\"at\":\"QUIT\",\"stall\":true}]}");
    assertThat(form.skipped(7)).isEqualTo("{\"event\":\"skipped\",\"sessions\":7}");
  }

  @Test
  void lines_are_plain_ascii() {
    ExchangeProfile profile = ExchangeProfile.builder(Endpoint.MX).build();
    assertThat(new SessionJson().ready("büro", profile, Host.of("127.0.0.1"), 25))
        .contains("\"b\\u00FCro\"");
  }

  @Test
  void a_client_hello_has_its_fingerprints() throws Exception {
    JsonNode hello = event("ClientHelloReceived").get("hello");
    assertThat(hello.get("ja3Hash").asText()).isEqualTo("52ce06587fc4c373610f2a21beccb79a");
    assertThat(hello.get("ja4").asText()).isEqualTo("t00d010200_ee47968ec53b_4a5f7def7b41");
  }

  @Test
  void the_secrets_of_a_connection_are_left_out() throws Exception {
    assertThat(event("SecretsLogged").at("/lines/0").asText()).isEqualTo("CLIENT_RANDOM (secret)");
    assertThat(json().toString()).doesNotContain("cafe");
  }

  @Test
  void the_content_of_a_message_is_left_out() throws Exception {
    JsonNode accepted = event("MessageAccepted");
    assertThat(accepted.at("/transaction/content/bytes").asInt()).isEqualTo(7);
    assertThat(json().toString()).doesNotContain("secret!");
  }
}
