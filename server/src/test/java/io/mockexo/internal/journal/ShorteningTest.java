package io.mockexo.internal.journal;

import static io.mockexo.internal.journal.Recording.open;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.journal.JournalLimits;
import io.mockexo.journal.SessionEvent;
import io.mockexo.journal.SessionEvent.AuthenticationFailed;
import io.mockexo.journal.SessionEvent.ClientCertificateShown;
import io.mockexo.journal.SessionEvent.TlsEstablished;
import io.mockexo.journal.SessionEvent.TlsFailed;
import io.mockexo.journal.SessionEvent.TlsRefused;
import io.mockexo.journal.SmtpSession;
import io.mockexo.tls.CipherSuite;
import io.mockexo.tls.ClientHello;
import io.mockexo.tls.ClientIdentity;
import io.mockexo.tls.ClientVerdict;
import io.mockexo.tls.TlsMismatch;
import io.mockexo.tls.TlsRefusal;
import io.mockexo.tls.TlsVersion;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShorteningTest {

  private static final Duration AT = Duration.ofMillis(1);
  private static final String LONG = "x".repeat(60_000);
  private static final String CUT = "x".repeat(500) + " ... (59500 more characters)";

  @Test
  void cuts_overlong_texts_and_says_by_how_much() {
    SmtpSession session =
        recorded(
            new AuthenticationFailed(AT, "LOGIN", LONG, null),
            new SessionEvent.ClientHelloReceived(AT, hello(LONG)),
            new TlsRefused(AT, TlsRefusal.FIN, TlsMismatch.VERSION, LONG),
            established(LONG),
            new TlsFailed(AT, LONG));

    assertThat(session.events(AuthenticationFailed.class).get(0).user()).isEqualTo(CUT);
    assertThat(session.clientHello().orElseThrow()).isEqualTo(hello(CUT));
    assertThat(session.tlsRefused().orElseThrow().reason()).isEqualTo(CUT);
    assertThat(session.tls().orElseThrow().clientCertificate()).isEqualTo(CUT);
    assertThat(session.events(TlsFailed.class).get(0).reason()).isEqualTo(CUT);
  }

  @Test
  void leaves_everything_else_as_it_is() {
    SessionEvent[] events = {
      new AuthenticationFailed(AT, "LOGIN", "x".repeat(500), null),
      new AuthenticationFailed(AT, "LOGIN", null, null),
      new SessionEvent.ClientHelloReceived(AT, hello(null)),
      established("CN=client.example"),
      new SessionEvent.CommandReceived(AT, false, "NOOP", LONG, false)
    };

    assertThat(recorded(events).events()).containsExactly(events);
  }

  @Test
  void does_not_cut_a_character_in_two() {
    String reason = "x".repeat(499) + "\ud83d\ude00";
    SmtpSession session = recorded(new TlsFailed(AT, reason));

    assertThat(session.events(TlsFailed.class).get(0).reason())
        .isEqualTo("x".repeat(499) + " ... (2 more characters)");
  }

  @Test
  void the_names_in_a_client_certificate_are_cut_and_counted() {
    String name = "x".repeat(500);
    ClientIdentity client =
        new ClientIdentity(
            name + "yz", name + "yz", Collections.nCopies(22, name + "yz"), ClientVerdict.TRUSTED);
    SmtpSession session = recorded(new ClientCertificateShown(AT, client));

    ClientIdentity kept = session.events(ClientCertificateShown.class).get(0).client();
    String cut = name + " ... (2 more characters)";
    assertThat(kept.subject()).isEqualTo(cut);
    assertThat(kept.commonName()).isEqualTo(cut);
    assertThat(kept.dnsNames()).hasSize(21).startsWith(cut).endsWith(cut, "... (2 more)");
  }

  private static SmtpSession recorded(SessionEvent... events) {
    Journal journal = Recording.journal(JournalLimits.defaults());
    SessionRecorder recorder = open(journal);
    for (SessionEvent event : events) {
      recorder.add(event);
    }
    return journal.openSessions().get(0);
  }

  private static SessionEvent established(String subject) {
    CipherSuite suite = CipherSuite.ofCode(0x1302);
    return new TlsEstablished(AT, TlsVersion.TLS_1_3, suite, null, false, subject);
  }

  private static ClientHello hello(String serverName) {
    return new ClientHello(
        0x0301,
        0x0303,
        List.of(0x0304),
        List.of(CipherSuite.ofCode(0x1302)),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        serverName,
        List.of("smtp"),
        List.of(43));
  }
}
