package io.mockexo.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.mockexo.client.WireCapture.Segment;
import io.mockexo.fault.Drop;
import io.mockexo.fault.Fault;
import io.mockexo.journal.SessionEvent;
import io.mockexo.journal.SessionEvent.Alert;
import io.mockexo.journal.SessionEvent.Closed;
import io.mockexo.journal.SessionEvent.Closed.End;
import io.mockexo.journal.SessionEvent.Closed.Side;
import io.mockexo.journal.SessionEvent.Direction;
import io.mockexo.journal.SessionEvent.FaultInjected;
import io.mockexo.journal.SessionEvent.StrayBytes;
import io.mockexo.journal.SessionEvent.TransactionFailed;
import io.mockexo.journal.SmtpSession;
import io.mockexo.server.MockExchangeOnlineServer;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What is dropped with FIN at any stage shows FIN on the wire, and what is reset shows RST. Any
 * connection ends in one of these ways at last, so it must be the fault that has ended it.
 */
class FaultWireTest {

  /** A connection as it was seen from outside and from inside. */
  private record Dropped(List<Segment> segments, SmtpSession session) {}

  @TestFactory
  Stream<DynamicTest> fin_alone_at_every_stage() {
    return dropAtEveryStage(Drop.FIN, Segment::isFin, End.FIN);
  }

  @TestFactory
  Stream<DynamicTest> rst_alone_at_every_stage() {
    return dropAtEveryStage(Drop.RST, Segment::isRst, End.RST);
  }

  private static Stream<DynamicTest> dropAtEveryStage(
      Drop how, Predicate<Segment> shown, End recorded) {
    List<Fault> faults = WholeCourse.drops(how).toList();
    List<Dropped> connections = capture(faults);
    return IntStream.range(0, faults.size())
        .mapToObj(
            i ->
                dynamicTest(
                    faults.get(i).toString(),
                    () -> {
                      assertEndedByServer(connections.get(i).segments, shown);
                      assertCutByFault(connections.get(i).session, recorded);
                    }));
  }

  private static void assertEndedByServer(List<Segment> segments, Predicate<Segment> shown) {
    Predicate<Segment> end = segment -> segment.isFin() || segment.isRst();
    assertThat(segments).filteredOn(end).first().matches(Segment::fromServer, "is from the server");
    assertThat(segments)
        .filteredOn(Segment::fromServer)
        .filteredOn(end)
        .isNotEmpty()
        .allMatch(shown);
  }

  /** After the fault the server did nothing but end the connection; it did not reply to QUIT. */
  private static void assertCutByFault(SmtpSession session, End recorded) {
    List<SessionEvent> events = session.events();
    FaultInjected fault = session.events(FaultInjected.class).get(0);
    assertThat(events.subList(events.indexOf(fault) + 1, events.size()))
        .as(session.transcript())
        .filteredOn(event -> !isOfClient(event))
        .singleElement()
        .isInstanceOfSatisfying(
            Closed.class,
            closed -> {
              assertThat(closed.by()).isEqualTo(Side.SERVER);
              assertThat(closed.how()).isEqualTo(recorded);
            });
  }

  /** What a client still says to a connection that was dropped, and what became of its mail. */
  private static boolean isOfClient(SessionEvent event) {
    return event instanceof StrayBytes
        || event instanceof TransactionFailed
        || (event instanceof Alert alert && alert.direction() == Direction.RECEIVED);
  }

  /** One connection after the other; the one behind the last shows that the last is over. */
  private static List<Dropped> capture(List<Fault> faults) {
    try (MockExchangeOnlineServer exchange = WholeCourse.server(faults.toArray(Fault[]::new));
        WireCapture wire = WireCapture.start(exchange.port())) {
      for (int number = 1; number <= faults.size(); number++) {
        WholeCourse.run(exchange);
        exchange.awaitSessions(number);
      }
      WholeCourse.run(exchange);
      assertThat(exchange.unfiredFaults()).isEmpty();
      List<List<Segment>> connections = wire.connectionsBefore(faults.size() + 1);
      return IntStream.range(0, faults.size())
          .mapToObj(i -> new Dropped(connections.get(i), exchange.sessions().number(i + 1)))
          .toList();
    }
  }
}
