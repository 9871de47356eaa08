package io.mockexo.client;

import static io.mockexo.fault.Fault.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.fault.Effect;
import io.mockexo.fault.Fault;
import io.mockexo.fault.Stage;
import io.mockexo.journal.SessionEvent.Closed;
import io.mockexo.journal.SmtpSession;
import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.server.MockExchangeOnlineServerBuilder;
import io.mockexo.tls.AlertDescription;
import io.mockexo.tls.TlsRefusal;
import io.mockexo.tls.TlsVersion;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What a receiver can do to TLS, and thereby to a client. */
sealed interface Trouble {

  /** One of each kind of effect; delays and drips go on, and do not trouble anybody. */
  List<Effect> EFFECTS =
      List.of(
          new Effect.Close(),
          new Effect.Reset(),
          new Effect.Stall(),
          new Effect.StopReading(),
          new Effect.Garbage(64),
          new Effect.Reply(454, List.of("4.7.0 TLS not available due to temporary reason"), false),
          new Effect.Alert(AlertDescription.HANDSHAKE_FAILURE));

  /** Every effect that is possible at each stage of TLS, and every refusal. */
  static List<Trouble> all() {
    Stream<Trouble> faults =
        EnumSet.range(Stage.STARTTLS, Stage.HANDSHAKE_DONE).stream()
            .flatMap(
                stage ->
                    EFFECTS.stream()
                        .filter(effect -> stage.possibleEffects().contains(effect.kind()))
                        .map(effect -> new Injected(at(stage).with(effect))));
    return Stream.concat(faults, Stream.of(TlsRefusal.values()).map(Refused::new)).toList();
  }

  /** The one that is written so. */
  static Trouble named(String text) {
    return all().stream()
        .filter(trouble -> trouble.toString().equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(text + " is none of " + all()));
  }

  /** The server that does it to its first connection, and waits for slow clients. */
  default MockExchangeOnlineServer start() {
    MockExchangeOnlineServerBuilder builder =
        MockExchangeOnlineServer.mx()
            .profile(profile -> profile.timeouts(t -> t.withCloseGrace(Duration.ofSeconds(30))));
    inject(builder);
    return builder.start();
  }

  /** Makes a server do it. */
  void inject(MockExchangeOnlineServerBuilder builder);

  /** Whether it has been done. */
  boolean hasHappened(MockExchangeOnlineServer exchange);

  /** The versions that can make a difference to the client. */
  Set<TlsVersion> versions();

  /** What it comes to for the client, wherever it is done. */
  String effect();

  /** Whether the session goes on after the client has left. */
  default boolean hidesTheEnd() {
    return false;
  }

  /**
   * The session has it, and says this.
   *
   * @param summaries what its summary can be, without the trouble itself
   */
  void assertRecorded(SmtpSession session, List<String> summaries);

  private static void assertClosed(SmtpSession session, Closed.Side by, Closed.End... how) {
    assertThat(session.closed())
        .hasValueSatisfying(
            closed -> {
              assertThat(closed.by()).isEqualTo(by);
              assertThat(closed.how()).isIn((Object[]) how);
            });
  }

  /** A fault of the script. */
  record Injected(Fault fault) implements Trouble {

    @Override
    public void inject(MockExchangeOnlineServerBuilder builder) {
      builder.onConnection(1, fault);
    }

    @Override
    public boolean hasHappened(MockExchangeOnlineServer exchange) {
      return exchange.unfiredFaults().isEmpty();
    }

    @Override
    public Set<TlsVersion> versions() {
      return fault.stage().compareTo(Stage.CLIENT_HELLO) < 0
          ? EnumSet.of(TlsVersion.TLS_1_3)
          : EnumSet.of(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3);
    }

    @Override
    public String effect() {
      return switch (fault.effect().kind()) {
        case GARBAGE, REPLY, ALERT -> fault.effect().kind().toString();
        default -> fault.effect().toString();
      };
    }

    @Override
    public boolean hidesTheEnd() {
      return fault.effect().kind() == Effect.Kind.STOP_READING;
    }

    @Override
    public void assertRecorded(SmtpSession session, List<String> summaries) {
      assertThat(session.faults()).extracting("fault").containsExactly(fault);
      if (hidesTheEnd()) {
        assertThat(session.summary()).startsWith("fault " + fault).endsWith(", still open");
        return;
      }
      assertThat(summaries)
          .as(session.transcript())
          .map(summary -> "fault " + fault + ", " + summary)
          .contains(session.summary());
      switch (fault.effect().kind()) {
        case DROP ->
            assertClosed(
                session,
                Closed.Side.SERVER,
                fault.effect() instanceof Effect.Reset ? Closed.End.RST : Closed.End.FIN);
        case ALERT -> assertClosed(session, Closed.Side.SERVER, Closed.End.FIN);
        case STALL -> assertClosed(session, Closed.Side.CLIENT, Closed.End.FIN, Closed.End.RST);
        default -> assertThat(session.isComplete()).isTrue();
      }
    }

    @Override
    public String toString() {
      return fault.toString();
    }
  }

  /** A refusal of clients below a floor, here TLS 1.3, since no JDK offers less than 1.2. */
  record Refused(TlsRefusal how) implements Trouble {

    @Override
    public void inject(MockExchangeOnlineServerBuilder builder) {
      builder.minimumTls(TlsVersion.TLS_1_3).refuseOldTlsWith(how);
    }

    @Override
    public boolean hasHappened(MockExchangeOnlineServer exchange) {
      return exchange.open().stream().anyMatch(session -> session.tlsRefused().isPresent());
    }

    @Override
    public Set<TlsVersion> versions() {
      return EnumSet.of(TlsVersion.TLS_1_2);
    }

    @Override
    public String effect() {
      return switch (how) {
        case FIN, RST -> "drop(" + how + ")";
        case ALERT -> "alert";
        case REPLY -> "reply";
        case STALL -> "stall()";
      };
    }

    @Override
    public void assertRecorded(SmtpSession session, List<String> summaries) {
      assertThat(session.tlsRefused().orElseThrow().how()).isEqualTo(how);
      assertThat(summaries).as(session.transcript()).contains(session.summary());
      switch (how) {
        case FIN, ALERT, REPLY -> assertClosed(session, Closed.Side.SERVER, Closed.End.FIN);
        case RST -> assertClosed(session, Closed.Side.SERVER, Closed.End.RST);
        case STALL -> assertClosed(session, Closed.Side.CLIENT, Closed.End.FIN, Closed.End.RST);
      }
    }

    @Override
    public String toString() {
      return "refuseOldTlsWith(" + how + ")";
    }
  }
}
