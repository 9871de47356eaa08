package io.mockexo.journal;

import io.mockexo.fault.Stage;
import io.mockexo.journal.SessionEvent.Alert;
import io.mockexo.journal.SessionEvent.ClientHelloReceived;
import io.mockexo.journal.SessionEvent.Closed;
import io.mockexo.journal.SessionEvent.CommandReceived;
import io.mockexo.journal.SessionEvent.FaultInjected;
import io.mockexo.journal.SessionEvent.ReplySent;
import io.mockexo.journal.SessionEvent.Sslv2HelloReceived;
import io.mockexo.journal.SessionEvent.TlsEstablished;
import io.mockexo.journal.SessionEvent.TlsFailed;
import io.mockexo.journal.SessionEvent.TlsRefused;
import io.mockexo.tls.ClientHello;
import io.mockexo.tls.TlsVersion;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What became of TLS on a connection. */
record TlsFacts(Events events, DialogueFacts dialogue) {

  List<ClientHello> clientHellos() {
    return events.stream(ClientHelloReceived.class).map(ClientHelloReceived::hello).toList();
  }

  Optional<ClientHello> clientHello() {
    return events.first(ClientHelloReceived.class).map(ClientHelloReceived::hello);
  }

  Optional<TlsVersion> highestOffered() {
    Optional<TlsVersion> version = clientHello().flatMap(ClientHello::highestVersion);
    return version.isPresent()
        ? version
        : events
            .first(Sslv2HelloReceived.class)
            .flatMap(hello -> TlsVersion.ofCode(hello.version()));
  }

  boolean tried() {
    ReplySent reply = dialogue.startTlsReply();
    return events.has(ClientHelloReceived.class)
        || events.has(Sslv2HelloReceived.class)
        || (reply != null && reply.code() == 220);
  }

  boolean failed() {
    boolean over =
        events.has(Closed.class) || events.has(TlsRefused.class) || events.has(TlsFailed.class);
    return over && tried() && !events.has(TlsEstablished.class);
  }

  /** QUIT says nothing but that: Postfix ends so when it distrusts the certificate. */
  boolean abandoned() {
    return events.has(TlsEstablished.class)
        && events.has(Closed.class)
        && (wasEndedByClient() || saidInside("QUIT"))
        && !wasKeptWaiting()
        && commandsInside().allMatch(command -> command.verb().equals("QUIT"));
  }

  private boolean wasEndedByClient() {
    return events.last(Closed.class).filter(end -> end.by() == Closed.Side.CLIENT).isPresent()
        || events.stream(Alert.class).anyMatch(TlsFacts::isFatalFromClient);
  }

  private boolean saidInside(String verb) {
    return commandsInside().anyMatch(command -> command.verb().equals(verb));
  }

  private Stream<CommandReceived> commandsInside() {
    return events.stream(CommandReceived.class).filter(CommandReceived::insideTls);
  }

  /**
   * Whether a fault ended the dialogue right after the handshake: the client left because of it.
   */
  private boolean wasKeptWaiting() {
    return events.stream(FaultInjected.class)
        .map(injected -> injected.fault().fault())
        .anyMatch(fault -> fault.stage() == Stage.HANDSHAKE_DONE && !fault.effect().goesOn());
  }

  private static boolean isFatalFromClient(Alert alert) {
    return alert.fatal() && alert.direction() == SessionEvent.Direction.RECEIVED;
  }
}
