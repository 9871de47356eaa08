package io.mockexo.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.mockexo.client.WireCapture.Segment;
import io.mockexo.fault.Drop;
import io.mockexo.fault.Fault;
import io.mockexo.server.MockExchangeOnlineServer;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What is dropped with FIN at any stage shows FIN on the wire, and what is reset shows RST. */
class FaultWireTest {

  @TestFactory
  Stream<DynamicTest> fin_alone_at_every_stage() {
    return capture(Drop.FIN, Segment::isFin, Segment::isRst);
  }

  @TestFactory
  Stream<DynamicTest> rst_alone_at_every_stage() {
    return capture(Drop.RST, Segment::isRst, Segment::isFin);
  }

  private static Stream<DynamicTest> capture(
      Drop how, Predicate<Segment> shown, Predicate<Segment> notShown) {
    List<Fault> faults = WholeCourse.drops(how).toList();
    List<List<Segment>> connections = capture(faults);
    return IntStream.range(0, faults.size())
        .mapToObj(
            i ->
                dynamicTest(
                    faults.get(i).toString(),
                    () ->
                        assertThat(connections.get(i))
                            .filteredOn(Segment::fromServer)
                            .anyMatch(shown)
                            .noneMatch(notShown)));
  }

  /** One connection after the other; the one behind the last shows that the last is over. */
  private static List<List<Segment>> capture(List<Fault> faults) {
    try (MockExchangeOnlineServer exchange = WholeCourse.server(faults.toArray(Fault[]::new));
        WireCapture wire = WireCapture.start(exchange.port())) {
      for (int number = 1; number <= faults.size(); number++) {
        WholeCourse.run(exchange);
        exchange.awaitSessions(number);
      }
      WholeCourse.run(exchange);
      assertThat(exchange.unfiredFaults()).isEmpty();
      return wire.connectionsBefore(faults.size() + 1);
    }
  }
}
