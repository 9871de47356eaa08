package io.mockexo.internal.net;

import io.mockexo.internal.smtp.MessageCollector;
import io.mockexo.internal.smtp.Step;

/** What the {@link SmtpCommandDecoder} makes of the bytes that come in. */
sealed interface SmtpInput {

  /** A line without its end. */
  final class Line implements SmtpInput {
    private final byte[] bytes;

    Line(byte[] bytes) {
      this.bytes = bytes;
    }

    byte[] bytes() {
      return bytes;
    }
  }

  /**
   * A line that was too long and has been skipped.
   *
   * @param finished whether to its end, or else to the end of all input
   */
  record LineTooLong(boolean finished) implements SmtpInput {}

  /** DATA has come to its end-of-data. */
  record EndOfData(MessageCollector message) implements SmtpInput {}

  /** So many bytes of the message have come as were asked for; more may follow. */
  record BodyReached(long bytes) implements SmtpInput {}

  /** A BDAT chunk is complete. */
  record EndOfChunk(Step.Next.Chunk chunk) implements SmtpInput {}

  /** A line that stayed without its end, because nothing more will come. */
  final class UnfinishedLine implements SmtpInput {
    private final byte[] bytes;

    UnfinishedLine(byte[] bytes) {
      this.bytes = bytes;
    }

    byte[] bytes() {
      return bytes;
    }
  }

  /** Nothing more will come. */
  record EndOfInput() implements SmtpInput {}
}
