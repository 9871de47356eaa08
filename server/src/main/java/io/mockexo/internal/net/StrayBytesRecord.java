package io.mockexo.internal.net;

import io.mockexo.internal.journal.SessionRecorder;
import io.mockexo.internal.smtp.StraySample;
import io.mockexo.journal.SessionEvent.StrayBytes;
import io.mockexo.journal.SessionEvent.StrayBytes.Kind;
import io.mockexo.journal.SessionEvent.StrayBytes.Place;

/** Writes bytes that nobody asked for into the journal, classified and redacted. */
final class StrayBytesRecord {

  private StrayBytesRecord() {}

  static void add(SessionRecorder recorder, Place place, byte[] bytes) {
    add(recorder, place, StraySample.of(bytes), bytes.length);
  }

  static void add(SessionRecorder recorder, Place place, StraySample sample, long count) {
    recorder.add(new StrayBytes(recorder.now(), place, sample.kind(), count, sample.sample()));
  }

  static boolean isTls(StraySample sample) {
    return sample.kind() == Kind.TLS_ALERT || sample.kind() == Kind.TLS_RECORD;
  }
}
