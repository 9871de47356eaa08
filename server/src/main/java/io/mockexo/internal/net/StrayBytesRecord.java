package io.mockexo.internal.net;

import io.mockexo.internal.journal.SessionRecorder;
import io.mockexo.internal.smtp.StraySample;
import io.mockexo.journal.SessionEvent.StrayBytes;
import io.mockexo.journal.SessionEvent.StrayBytes.Place;

/** Writes bytes that nobody asked for into the journal, classified and redacted. */
final class StrayBytesRecord {

  private StrayBytesRecord() {}

  static void add(SessionRecorder recorder, Place place, byte[] bytes) {
    add(recorder, place, bytes, bytes.length);
  }

  /**
   * Writes them down.
   *
   * @param bytes the beginning
   * @param count how many there were
   */
  static void add(SessionRecorder recorder, Place place, byte[] bytes, long count) {
    StraySample sample = StraySample.of(bytes);
    recorder.add(new StrayBytes(recorder.now(), place, sample.kind(), count, sample.sample()));
  }
}
