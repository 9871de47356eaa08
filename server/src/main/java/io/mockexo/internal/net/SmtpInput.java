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

  /** A line that was too long; it has been skipped to its end. */
  record LineTooLong() implements SmtpInput {}

  /** DATA has come to its end-of-data. */
  record EndOfData(MessageCollector message) implements SmtpInput {}

  /** A BDAT chunk is complete. */
  record EndOfChunk(Step.Next.Chunk chunk) implements SmtpInput {}

  /** Nothing more will come; the last line may have stayed without its end. */
  final class EndOfInput implements SmtpInput {
    private final byte[] unfinishedLine;

    EndOfInput(byte[] unfinishedLine) {
      this.unfinishedLine = unfinishedLine;
    }

    byte[] unfinishedLine() {
      return unfinishedLine;
    }
  }
}
