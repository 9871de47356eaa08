package io.mockexo.internal.net;

import io.mockexo.internal.journal.SessionRecorder;
import io.mockexo.internal.tls.TlsRecord;
import io.mockexo.journal.SessionEvent.Alert;
import io.mockexo.journal.SessionEvent.Direction;
import io.mockexo.journal.SessionEvent.StrayBytes;
import io.mockexo.journal.SessionEvent.StrayBytes.Kind;
import io.mockexo.journal.SessionEvent.StrayBytes.Place;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;

/**
 * What a client goes on sending when nobody answers any more. TLS records that lead are told apart
 * from what follows them: a client whose handshake was refused may send an alert and then, in the
 * clear, its mail. Of the latter the beginning is kept; nothing is executed.
 */
final class StrayInput {

  private static final int TEXT_KEPT = 1024;

  private static final int ALERT_LENGTH = 2;
  private static final int FATAL = 2;

  private final SessionRecorder recorder;
  private final InputRecord inputRecord;

  /** Inside TLS records are encrypted and no surprise: the client's close_notify is one. */
  private boolean insideTls;

  private final byte[] header = new byte[TlsRecord.HEADER];
  private int headerLength;
  private int recordLength;
  private int recordLeft;
  private int alertLevel;
  private long recordBytes;

  private boolean isText;
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private long textBytes;

  StrayInput(SessionRecorder recorder, InputRecord inputRecord) {
    this.recorder = recorder;
    this.inputRecord = inputRecord;
  }

  void tlsEstablished() {
    insideTls = true;
  }

  void add(ByteBuf bytes) {
    while (bytes.isReadable()) {
      if (isText) {
        addText(bytes);
      } else if (recordLeft == 0) {
        addToHeader(bytes.readByte());
      } else {
        addToRecord(bytes.readUnsignedByte());
      }
    }
  }

  /** Writes down what has come, apart from alerts, which were written when they came. */
  void record(Place place) {
    if (!isText) {
      beginText();
    }
    if (recordBytes > 0 && !insideTls) {
      recorder.add(new StrayBytes(recorder.now(), place, Kind.TLS_RECORD, recordBytes, ""));
    }
    if (textBytes > 0) {
      inputRecord.stray(place, text.toByteArray(), textBytes, recordBytes > 0);
    }
  }

  private void addToHeader(byte b) {
    header[headerLength++] = b;
    if (!isPossibleHeader()) {
      beginText();
    } else if (headerLength == TlsRecord.HEADER) {
      recordLength = ((header[3] & 0xFF) << 8) | (header[4] & 0xFF);
      recordLeft = recordLength;
      headerLength = 0;
      recordBytes += isPlaintextAlert() ? 0 : TlsRecord.HEADER + recordLength;
    }
  }

  private boolean isPossibleHeader() {
    int length = ((header[3] & 0xFF) << 8) | (header[4] & 0xFF);
    return TlsRecord.isPossible(header, 0, headerLength)
        && (headerLength < TlsRecord.HEADER || length <= TlsRecord.MAX_CIPHERTEXT);
  }

  private void addToRecord(int b) {
    recordLeft--;
    if (!isPlaintextAlert()) {
      return;
    }
    if (recordLeft > 0) {
      alertLevel = b;
    } else {
      recorder.add(new Alert(recorder.now(), Direction.RECEIVED, alertLevel == FATAL, b));
    }
  }

  private boolean isPlaintextAlert() {
    return !insideTls && header[0] == TlsRecord.ALERT && recordLength == ALERT_LENGTH;
  }

  private void beginText() {
    isText = true;
    text.write(header, 0, headerLength);
    textBytes = headerLength;
  }

  private void addText(ByteBuf bytes) {
    int length = bytes.readableBytes();
    byte[] kept = new byte[Math.min(length, TEXT_KEPT - Math.min(TEXT_KEPT, text.size()))];
    bytes.readBytes(kept);
    bytes.skipBytes(length - kept.length);
    text.write(kept, 0, kept.length);
    textBytes += length;
  }
}
