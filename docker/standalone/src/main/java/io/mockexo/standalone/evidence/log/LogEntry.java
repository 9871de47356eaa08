package io.mockexo.standalone.evidence.log;

import java.time.Duration;

/**
 * One line of a protocol log, without what is the same in all lines of its session.
 *
 * @param at the time since the connection was accepted
 * @param connected whether the connection has been made: before that a sender has no local endpoint
 */
record LogEntry(Duration at, Event event, String data, String context, boolean connected) {

  /** What a line tells (facts 6.2). */
  enum Event {
    CONNECT("+"),
    DISCONNECT("-"),
    SENT(">"),
    RECEIVED("<"),
    INFORMATION("*");

    private final String sign;

    Event(String sign) {
      this.sign = sign;
    }

    /** How it is written. */
    String sign() {
      return sign;
    }
  }

  static LogEntry line(Duration at, Event event, String data) {
    return new LogEntry(at, event, data, "", true);
  }

  static LogEntry information(Duration at, String data, String context) {
    return new LogEntry(at, Event.INFORMATION, data, context, true);
  }

  static LogEntry disconnect(Duration at, String context) {
    return new LogEntry(at, Event.DISCONNECT, "", context, true);
  }
}
