package io.mockexo.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.tls.AlertDescription;
import io.mockexo.tls.CertificateFlaw;
import io.mockexo.tls.CipherSuite;
import io.mockexo.tls.ClientCertificateMode;
import io.mockexo.tls.TlsJudgement;
import io.mockexo.tls.TlsPolicy;
import io.mockexo.tls.TlsPolicyBuilder;
import io.mockexo.tls.TlsVersion;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.bouncycastle.tls.TlsSession;
import org.bouncycastle.tls.TlsUtils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which sessions are resumed, and which are not although a client asks for it. */
class ResumptionTest {

  private static final String GCM = "ECDHE-ECDSA-AES128-GCM-SHA256";
  private static final String CBC = "ECDHE-ECDSA-AES128-SHA";

  private static final TlsPolicy POLICY =
      Fixture.permissive().toBuilder().sessionResumption(true).build();

  private final ResumableSessions sessions = new ResumableSessions();

  /** What the last handshake came to. */
  private RecordedEvents events = new RecordedEvents();

  private TlsServerEngine talk(TlsPolicy policy, MemoryClient client) throws Exception {
    events = new RecordedEvents();
    TlsServerEngine engine = Fixture.engine(policy, sessions, events);
    MemoryClient.talk(client, engine);
    return engine;
  }

  private TlsSession session(TlsPolicy policy, TlsVersion version, String suite) throws Exception {
    BcClient client = BcClient.offering(version, suite);
    talk(policy, client);
    assertThat(events.lines).last().asString().startsWith("established").doesNotEndWith("resumed");
    return client.session();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLS_1_0", "TLS_1_1", "TLS_1_2"})
  void a_bouncy_castle_client_resumes_its_session_and_speaks(TlsVersion version) throws Exception {
    TlsSession session = session(POLICY, version, CBC);

    BcClient client = BcClient.resuming(session, version, CBC);
    TlsServerEngine engine = talk(POLICY, client);
    client.send("hello".getBytes(StandardCharsets.US_ASCII));
    MemoryClient.talk(client, engine);

    assertThat(events.lines).last().asString().endsWith("_SHA null resumed");
    assertThat(engine.pendingPlaintext()).isEqualTo(5);
  }

  /** It keeps sessions by host and port in its context, as in any Java program. */
  @Test
  void a_jdk_client_resumes_its_session() throws Exception {
    SSLContext context = Fixture.AUTHORITY.trustAnchor().clientSslContext();
    talk(POLICY, new JdkClient(context, "localhost", "TLSv1.2"));
    assertThat(events.lines).last().asString().startsWith("established").doesNotEndWith("resumed");
    talk(POLICY, new JdkClient(context, "localhost", "TLSv1.2"));
    assertThat(events.lines).last().asString().startsWith("established").endsWith("resumed");
  }

  @Test
  void a_jdk_client_that_comes_back_with_a_ticket_shakes_hands_anew() throws Exception {
    TlsPolicy policy = POLICY.toBuilder().sessionTickets(2).build();
    SSLContext context = Fixture.AUTHORITY.trustAnchor().clientSslContext();
    for (boolean offersTicket : new boolean[] {false, true}) {
      JdkClient client = new JdkClient(context, "localhost", "TLSv1.3");
      TlsServerEngine engine = talk(policy, client);
      assertThat(engine.sendTickets()).isEqualTo(2);
      engine.write(new byte[] {'h', 'i'}, 0, 2);
      MemoryClient.talk(client, engine);

      assertThat(client.received()).isEqualTo("hi");
      assertThat(events.hellos.get(0).extensionTypes().contains(41)).isEqualTo(offersTicket);
      assertThat(events.lines)
          .last()
          .asString()
          .startsWith("established")
          .doesNotEndWith("resumed");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLS_1_2", "TLS_1_3"})
  void a_bouncy_castle_client_takes_the_tickets_that_there_are(TlsVersion version)
      throws Exception {
    boolean isTls13 = version == TlsVersion.TLS_1_3;
    BcClient client = BcClient.offering(version, isTls13 ? "TLS_AES_128_GCM_SHA256" : GCM);
    TlsServerEngine engine = talk(POLICY.toBuilder().sessionTickets(2).build(), client);

    assertThat(engine.sendTickets()).isEqualTo(isTls13 ? 2 : 0);
    engine.write(new byte[] {'h', 'i'}, 0, 2);
    MemoryClient.talk(client, engine);
    assertThat(client.received()).isEqualTo("hi");
  }

  @Test
  void a_connection_that_is_not_established_gets_no_tickets() throws Exception {
    TlsPolicy policy = POLICY.toBuilder().sessionTickets(2).build();
    TlsServerEngine engine = Fixture.engine(policy, sessions, events);
    assertThat(engine.sendTickets()).isZero();
    byte[] hello = BcClient.offering(TlsVersion.TLS_1_3, "TLS_AES_128_GCM_SHA256").output();
    engine.receive(hello, 0, hello.length);
    assertThat(engine.sendTickets()).isZero();
  }

  static Stream<UnaryOperator<TlsPolicyBuilder>> other_rules() {
    return Stream.of(
        t -> t.sessionResumption(false),
        t -> t.encryptThenMac(true),
        t -> t.certificateFlaw(CertificateFlaw.WRONG_HOST),
        t -> t.clientCertificate(ClientCertificateMode.NOT_ASKED),
        t -> t.clientAuthorities(Fixture.AUTHORITY.trustAnchor()),
        t -> t.cipherSuites(CBC));
  }

  @ParameterizedTest
  @MethodSource("other_rules")
  void a_session_is_not_resumed_where_a_full_handshake_would_differ(
      UnaryOperator<TlsPolicyBuilder> other) throws Exception {
    TlsSession session = session(POLICY, TlsVersion.TLS_1_2, GCM);

    talk(
        other.apply(POLICY.toBuilder()).build(),
        BcClient.resuming(session, TlsVersion.TLS_1_2, GCM, CBC));

    assertThat(events.lines).last().asString().startsWith("established").doesNotEndWith("resumed");
  }

  @Test
  void rules_that_have_nothing_to_do_with_it_may_change() throws Exception {
    TlsSession session = session(POLICY, TlsVersion.TLS_1_2, GCM);

    talk(
        POLICY.toBuilder().minimumTls(TlsVersion.TLS_1_2).sessionTickets(1).build(),
        BcClient.resuming(session, TlsVersion.TLS_1_2, GCM));

    assertThat(events.lines).last().asString().endsWith("resumed");
  }

  @Test
  void a_session_is_not_resumed_for_another_host() {
    SessionTerms one = terms("mail.contoso.com");

    assertThat(one.holdUnder(terms("mail.contoso.com"))).isTrue();
    assertThat(one.holdUnder(terms("mail.fabrikam.com"))).isFalse();
    assertThat(one.holdUnder(terms(null))).isFalse();
  }

  /** Without it a session could be resumed by whoever sits in the middle (RFC 7627, section 1). */
  @Test
  void a_session_without_the_extended_master_secret_is_not_remembered() throws Exception {
    BcClient first = BcClient.withoutExtendedMasterSecret(null, TlsVersion.TLS_1_2, GCM);
    talk(POLICY, first);
    talk(POLICY, BcClient.withoutExtendedMasterSecret(first.session(), TlsVersion.TLS_1_2, GCM));

    assertThat(events.lines).last().asString().startsWith("established").doesNotEndWith("resumed");
  }

  @Test
  void an_unknown_session_id_of_any_length_leads_to_a_full_handshake() throws Exception {
    TlsSession session = session(POLICY, TlsVersion.TLS_1_2, GCM);
    for (int length = 1; length <= 32; length++) {
      byte[] id = new byte[length];
      new Random(length).nextBytes(id);
      TlsSession forged = TlsUtils.importSession(id, session.exportSessionParameters());
      talk(POLICY, BcClient.resuming(forged, TlsVersion.TLS_1_2, GCM));
      assertThat(events.lines).last().asString().startsWith("established");
      assertThat(events.lines).last().asString().doesNotEndWith("resumed");
    }
  }

  /** Who knows an id, which was sent in the clear, still lacks the secret (RFC 5246, 7.2.2). */
  @Test
  void a_stolen_id_is_of_no_use_and_ends_the_session() throws Exception {
    TlsSession victim = session(POLICY, TlsVersion.TLS_1_2, GCM);
    TlsSession own = session(POLICY, TlsVersion.TLS_1_2, GCM);
    TlsSession stolen =
        TlsUtils.importSession(victim.getSessionID(), own.exportSessionParameters());

    talk(POLICY, BcClient.resuming(stolen, TlsVersion.TLS_1_2, GCM));
    assertThat(events.lines).contains("failed").noneMatch(line -> line.startsWith("established"));
    talk(POLICY, BcClient.resuming(victim, TlsVersion.TLS_1_2, GCM));
    assertThat(events.lines).last().asString().startsWith("established").doesNotEndWith("resumed");
  }

  @Test
  void a_fatal_alert_ends_the_session() throws Exception {
    BcClient client = BcClient.offering(TlsVersion.TLS_1_2, GCM);
    talk(POLICY, client).fatalAlert(AlertDescription.INTERNAL_ERROR);
    talk(POLICY, BcClient.resuming(client.session(), TlsVersion.TLS_1_2, GCM));

    assertThat(events.lines).last().asString().startsWith("established").doesNotEndWith("resumed");
  }

  @Test
  void the_sessions_used_last_are_remembered() throws Exception {
    TlsSession used = session(POLICY, TlsVersion.TLS_1_2, GCM);
    TlsSession idle = session(POLICY, TlsVersion.TLS_1_2, GCM);
    talk(POLICY, BcClient.resuming(used, TlsVersion.TLS_1_2, GCM));
    for (int i = 0; i < ResumableSessions.REMEMBERED - 1; i++) {
      session(POLICY, TlsVersion.TLS_1_2, GCM);
    }

    talk(POLICY, BcClient.resuming(used, TlsVersion.TLS_1_2, GCM));
    assertThat(events.lines).last().asString().endsWith("resumed");
    talk(POLICY, BcClient.resuming(idle, TlsVersion.TLS_1_2, GCM));
    assertThat(events.lines).last().asString().doesNotEndWith("resumed");
  }

  @Test
  void every_byte_of_a_hello_that_asks_for_a_session_may_be_wrong() throws Exception {
    int length = Integer.MAX_VALUE;
    for (int at = 0; at < length; at++) {
      // A failed attempt is the end of a session, for both sides.
      TlsSession session = session(POLICY, TlsVersion.TLS_1_2, GCM);
      BcClient client = BcClient.resuming(session, TlsVersion.TLS_1_2, GCM);
      byte[] hello = client.output();
      length = hello.length;
      hello[at] ^= 0x55;
      client.input(answerTo(hello, POLICY));
    }
  }

  @Test
  void every_byte_of_a_hello_that_offers_a_ticket_may_be_wrong() throws Exception {
    byte[] hello = helloWithTicket();
    for (int at = 0; at < hello.length; at++) {
      byte[] wrong = hello.clone();
      wrong[at] ^= 0x55;
      answerTo(wrong, POLICY);
    }
  }

  @Test
  void an_offer_of_a_ticket_that_is_cut_short_is_refused() throws Exception {
    byte[] hello = helloWithTicket();
    ByteBuffer whole = ByteBuffer.wrap(hello);
    int extension = startOfPreSharedKey(whole);
    int extensions = startOfExtensions(whole);
    for (int cut = 1; cut <= hello.length - extension - 4; cut++) {
      ByteBuffer shorter = ByteBuffer.wrap(Arrays.copyOf(hello, hello.length - cut));
      for (int length : new int[] {3, 7, extensions, extension + 2}) {
        shorter.putShort(length, (short) (shorter.getShort(length) - cut));
      }
      answerTo(shorter.array(), POLICY);
      assertThat(events.lines).as("without %d bytes", cut).contains("failed");
      assertThat(events.lines.get(events.lines.size() - 2)).startsWith("alertSent fatal");
    }
  }

  /** What the server says to a ClientHello, after which the client is gone. */
  private byte[] answerTo(byte[] hello, TlsPolicy policy) {
    events = new RecordedEvents();
    TlsServerEngine engine = Fixture.engine(policy, sessions, events);
    engine.receive(hello, 0, hello.length);
    byte[] answer = MemoryClient.drain(engine);
    engine.inputClosed();
    assertThat(events.lines.stream().filter("failed"::equals).count())
        .as("%s", events.lines)
        .isLessThanOrEqualTo(1);
    return answer;
  }

  private byte[] helloWithTicket() throws Exception {
    SSLContext context = Fixture.AUTHORITY.trustAnchor().clientSslContext();
    JdkClient first = new JdkClient(context, "localhost", "TLSv1.3");
    TlsServerEngine engine = talk(POLICY.toBuilder().sessionTickets(1).build(), first);
    engine.sendTickets();
    MemoryClient.talk(first, engine);
    return new JdkClient(context, "localhost", "TLSv1.3").output();
  }

  /** It is the last extension (RFC 8446, section 4.2.11). */
  private static int startOfPreSharedKey(ByteBuffer hello) {
    for (int at = 0; at + 4 < hello.capacity(); at++) {
      boolean lastsToTheEnd = (hello.getShort(at + 2) & 0xFFFF) == hello.capacity() - at - 4;
      if (hello.getShort(at) == 41 && lastsToTheEnd) {
        return at;
      }
    }
    throw new AssertionError("the client offers no ticket");
  }

  /** Of the length that all extensions have together. */
  private static int startOfExtensions(ByteBuffer hello) {
    for (int at = 9 + 34; at + 2 < hello.capacity(); at++) {
      if ((hello.getShort(at) & 0xFFFF) == hello.capacity() - at - 2) {
        return at;
      }
    }
    throw new AssertionError("the client has no extensions");
  }

  private static SessionTerms terms(@Nullable String serverName) {
    TlsJudgement.Accept decision =
        new TlsJudgement.Accept(TlsVersion.TLS_1_2, CipherSuite.named(GCM), null, false);
    return new SessionTerms(POLICY, decision, serverName);
  }
}
