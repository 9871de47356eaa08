package io.mockexo.junit;

/**
 * What happened on the servers of a test that threw something. Suppressed by that, so that it is
 * printed with it; there is no place in the code that it could tell.
 */
final class SessionTranscripts extends RuntimeException {

  SessionTranscripts(String transcripts) {
    super(transcripts, null, false, false);
  }
}
