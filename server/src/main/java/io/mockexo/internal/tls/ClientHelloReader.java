package io.mockexo.internal.tls;

import io.mockexo.tls.AlertDescription;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a client begins with, before any TLS implementation sees it: a ClientHello cut
 * into records and segments as the client likes (RFC 8446, section 5.1), an SSLv2 hello, or
 * something else. Everything read is kept, so that the handshake can be run on it afterwards; that
 * is at most six times {@link #MAX_HELLO}, when each byte comes in a record of its own.
 */
final class ClientHelloReader {

  /** Far above any real hello; those with post-quantum key shares have a few thousand bytes. */
  static final int MAX_HELLO = 64 * 1024;

  private static final int CLIENT_HELLO = 1;
  private static final int MESSAGE_HEADER = 4;
  private static final HelloOutcome INCOMPLETE = new HelloOutcome.Incomplete();

  private final ByteBuilder received = new ByteBuilder();
  private final ByteBuilder message = new ByteBuilder();
  private int nextRecord;

  /** Reads on. Not to be called after an outcome other than {@link HelloOutcome.Incomplete}. */
  HelloOutcome read(byte[] bytes, int offset, int length) {
    received.append(bytes, offset, length);
    if (received.size() == 0) {
      return INCOMPLETE;
    }
    if (nextRecord == 0 && !isTls() && Sslv2Hello.isPossible(received)) {
      return readSslv2();
    }
    return readRecords();
  }

  /** All bytes so far; only the first {@link #helloSize()} of the array mean anything. */
  byte[] received() {
    return received.array();
  }

  /** How many of them make up the records of the hello, once it is complete. */
  int helloSize() {
    return nextRecord;
  }

  /** A copy of what stands behind the last whole record. */
  byte[] unread() {
    return Arrays.copyOfRange(received.array(), nextRecord, received.size());
  }

  private boolean isTls() {
    return TlsRecord.isPossible(received.array(), nextRecord, received.size() - nextRecord);
  }

  private HelloOutcome readSslv2() {
    if (!Sslv2Hello.isComplete(received)) {
      return INCOMPLETE;
    }
    HelloOutcome hello = Sslv2Hello.parse(received);
    return hello != null ? hello : new HelloOutcome.NotTls();
  }

  private HelloOutcome readRecords() {
    while (isTls() && received.size() - nextRecord >= TlsRecord.HEADER) {
      int type = received.uint8(nextRecord);
      int length = received.uint16(nextRecord + TlsRecord.LENGTH_AT);
      HelloOutcome violation = checkHeader(type, length);
      if (violation != null) {
        return violation;
      }
      int fragment = nextRecord + TlsRecord.HEADER;
      if (received.size() < fragment + length) {
        return INCOMPLETE;
      }
      nextRecord = fragment + length;
      HelloOutcome outcome =
          type == TlsRecord.ALERT ? readAlert(fragment, length) : readFragment(fragment, length);
      if (outcome != INCOMPLETE) {
        return outcome;
      }
    }
    return isTls() ? INCOMPLETE : new HelloOutcome.NotTls();
  }

  private @Nullable HelloOutcome checkHeader(int type, int length) {
    if (type != TlsRecord.HANDSHAKE && type != TlsRecord.ALERT) {
      return violation(
          AlertDescription.UNEXPECTED_MESSAGE, "a record of type " + type + " for a ClientHello");
    }
    if (length > TlsRecord.MAX_PLAINTEXT) {
      return violation(
          AlertDescription.RECORD_OVERFLOW, "a record of " + length + " bytes in plaintext");
    }
    if (length == 0) {
      // Forbidden for these types (RFC 8446, section 5.1), and could go on for ever.
      return violation(AlertDescription.UNEXPECTED_MESSAGE, "an empty record");
    }
    return null;
  }

  private HelloOutcome readAlert(int at, int length) {
    if (length != 2) {
      return violation(AlertDescription.DECODE_ERROR, "an alert of " + length + " bytes");
    }
    return new HelloOutcome.Alert(received.uint8(at) == 2, received.uint8(at + 1));
  }

  private HelloOutcome readFragment(int at, int length) {
    message.append(received.array(), at, length);
    if (message.uint8(0) != CLIENT_HELLO) {
      return violation(
          AlertDescription.UNEXPECTED_MESSAGE,
          "a handshake message of type " + message.uint8(0) + " for a ClientHello");
    }
    if (message.size() < MESSAGE_HEADER) {
      return INCOMPLETE;
    }
    int body = message.uint24(1);
    if (body > MAX_HELLO) {
      return violation(AlertDescription.ILLEGAL_PARAMETER, "a ClientHello of " + body + " bytes");
    }
    return message.size() < MESSAGE_HEADER + body ? INCOMPLETE : parse(body);
  }

  private HelloOutcome parse(int length) {
    try {
      WireReader body = new WireReader(message.array(), MESSAGE_HEADER, length);
      int recordVersion = received.uint16(TlsRecord.VERSION_AT);
      return new HelloOutcome.Complete(ClientHelloParser.parse(body, recordVersion));
    } catch (WireReader.MalformedException e) {
      return violation(AlertDescription.DECODE_ERROR, "malformed ClientHello: " + e.getMessage());
    }
  }

  private static HelloOutcome violation(AlertDescription alert, String reason) {
    return new HelloOutcome.Violation(alert, reason);
  }
}
