package io.mockexo.client.wire;

import io.mockexo.exchange.CidrBlock;
import io.mockexo.exchange.Endpoint;
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
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A session with an event of every kind, and everything in them that there can be. */
final class OneOfEach {

  static final String SECRET = "cafebabe";

  private static final Duration AT = Duration.ofNanos(1_500_000_001);

  static final MailTransaction TRANSACTION =
      new MailTransaction(
          "a@client.example",
          Map.of("SIZE", "7"),
          List.of(
              new MailTransaction.Recipient("b@contoso.com", 250, "2.1.5 Recipient OK"),
              new MailTransaction.Recipient("c@contoso.com", 550, "5.1.10 no such user")),
          true,
          "a@client.example",
          MailTransaction.Outcome.DELIVERED,
          250,
          "2.6.0 <1@client.example>",
          "<1@client.example>",
          "0f",
          7,
          MessageContent.of("h\u00e9llo!\n".getBytes(StandardCharsets.ISO_8859_1)));

  static final List<SessionEvent> EVENTS =
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
                  List.of(
                      CipherSuite.ofCode(0x1A1A),
                      CipherSuite.ofCode(0x1302),
                      CipherSuite.ofCode(0xFEFE)),
                  List.of(NamedGroup.X25519, NamedGroup.ofCode(0x2A2A), NamedGroup.ofCode(0x11EC)),
                  List.of(0),
                  List.of(NamedGroup.X25519),
                  List.of(SignatureScheme.ofCode(0x0804), SignatureScheme.ofCode(0x0999)),
                  "mx.contoso.com",
                  List.of("h2"),
                  List.of(0, 43))),
          new SessionEvent.Sslv2HelloReceived(AT, 0x0002, 7),
          new SessionEvent.TlsRefused(AT, TlsRefusal.FIN, TlsMismatch.VERSION, "below TLS 1.2"),
          new SessionEvent.SecretsLogged(
              AT,
              List.of(
                  new KeyLogLine(
                      KeyLogLine.Label.CLIENT_RANDOM,
                      new byte[32],
                      HexFormat.of().parseHex(SECRET)))),
          new SessionEvent.TlsEstablished(
              AT,
              TlsVersion.TLS_1_3,
              CipherSuite.ofCode(0x1302),
              NamedGroup.SECP384R1,
              false,
              "CN=client"),
          new SessionEvent.ClientCertificateShown(
              AT,
              new ClientIdentity(
                  "CN=client", "client", List.of("mail.contoso.com"), ClientVerdict.EXPIRED)),
          new SessionEvent.SessionTicketsSent(AT, 2),
          new SessionEvent.TlsFailed(AT, "handshake timed out"),
          new SessionEvent.Alert(AT, SessionEvent.Direction.RECEIVED, true, 48),
          new SessionEvent.Authenticated(AT, "LOGIN", "a@client.example"),
          new SessionEvent.AuthenticationFailed(AT, "XOAUTH2", null, "it is no JWT"),
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

  private OneOfEach() {}

  static SmtpSession session() {
    return new SmtpSession(
        3,
        Endpoint.CLIENT_SUBMISSION,
        new InetSocketAddress(Host.of("2001:db8::1").address(), 4711),
        new InetSocketAddress(Host.of("127.0.0.1").address(), 2587),
        Instant.parse("2026-11-23T09:00:00.123456789Z"),
        EVENTS);
  }
}
