package io.mockexo.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.client.WireCapture.Segment;
import io.mockexo.fault.Drop;
import io.mockexo.fault.Fault;
import io.mockexo.journal.SessionEvent.Direction;
import io.mockexo.journal.WireListener;
import io.mockexo.server.MockExchangeOnlineServer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a listener is shown of a server's side is what a packet capture has of it. */
class WireListenerWireTest {

  private final Map<Integer, Side> shown = new ConcurrentHashMap<>();

  /** How many bytes a server has sent, and how it has ended the connection. */
  private static final class Side implements WireListener.Connection {
    private long received;
    private long bytes;
    private boolean fin;
    private boolean rst;

    @Override
    public void bytes(Duration at, Direction direction, ByteBuffer part) {
      if (direction == Direction.SENT) {
        bytes += part.remaining();
      } else {
        received += part.remaining();
      }
    }

    @Override
    public void fin(Duration at, Direction direction) {
      fin |= direction == Direction.SENT;
    }

    @Override
    public void rst(Duration at, Direction direction) {
      rst |= direction == Direction.SENT;
    }

    @Override
    public void closed(Duration at) {}
  }

  private static long length(List<Segment> segments, boolean fromServer) {
    return segments.stream()
        .filter(segment -> segment.fromServer() == fromServer)
        .mapToLong(Segment::length)
        .sum();
  }

  @ParameterizedTest
  @EnumSource(Drop.class)
  void wherever_a_connection_is_dropped(Drop how) {
    List<Fault> faults = WholeCourse.drops(how).toList();
    try (MockExchangeOnlineServer exchange =
            WholeCourse.builder(faults.toArray(Fault[]::new))
                .wireListener(
                    session -> shown.computeIfAbsent(session.number(), number -> new Side()))
                .start();
        WireCapture wire = WireCapture.start(exchange.port())) {
      exchange.clientSslContext(); // it may take longer than the server waits behind its FIN
      for (int number = 1; number <= faults.size() + 1; number++) {
        WholeCourse.run(exchange);
        exchange.awaitSessions(number);
      }
      List<List<Segment>> connections = wire.connectionsBefore(faults.size() + 1);

      for (int i = 0; i < faults.size(); i++) {
        List<Segment> segments = connections.get(i);
        List<Segment> own = segments.stream().filter(Segment::fromServer).toList();
        Side side = shown.get(i + 1);
        String fault = faults.get(i).toString();
        assertThat(side.bytes).as(fault).isEqualTo(length(segments, true));
        assertThat(side.received).as(fault).isLessThanOrEqualTo(length(segments, false));
        assertThat(side.fin).as(fault).isEqualTo(own.stream().anyMatch(Segment::isFin));
        assertThat(side.rst).as(fault).isEqualTo(own.stream().anyMatch(Segment::isRst));
      }
    }
  }
}
