package io.mockexo.internal.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.mockexo.fuzz.Check;
import io.mockexo.fuzz.FuzzInput;
import java.io.ByteArrayOutputStream;

/**
 * Compares {@link DotUnstuffer} with the two sentences of RFC 5321, section 4.5.2, read literally.
 * The first byte says how long the pieces are that the rest comes in.
 */
public final class DotUnstufferFuzzer {

  private DotUnstufferFuzzer() {}

  public static void fuzzerTestOneInput(byte[] input) {
    FuzzInput fuzz = new FuzzInput(input);
    int piece = Math.max(1, fuzz.next());
    byte[] wire = fuzz.rest();
    String behindCrlf = "\r\n" + new String(wire, ISO_8859_1);
    int end = behindCrlf.indexOf("\r\n.\r\n");
    String stuffed = end < 0 ? behindCrlf : behindCrlf.substring(0, end + 2);
    String expected = stuffed.replace("\r\n.", "\r\n").substring(2);

    ByteArrayOutputStream decoded = new ByteArrayOutputStream();
    DotUnstuffer unstuffer = new DotUnstuffer(decoded::write);
    int actualEnd = DotUnstuffer.MORE;
    for (int at = 0; at < wire.length && actualEnd < 0; at += piece) {
      actualEnd = unstuffer.feed(wire, at, Math.min(piece, wire.length - at));
    }

    String actual = decoded.toString(ISO_8859_1);
    if (end >= 0) {
      Check.same(end + 3, actualEnd, "end of data");
      Check.same(expected, actual, "content");
    } else {
      Check.same(DotUnstuffer.MORE, actualEnd, "end of data");
      // A CR behind a lone dot is held back: it may be the one of end-of-data.
      int heldBack = behindCrlf.endsWith("\r\n.\r") ? 1 : 0;
      Check.same(expected.substring(0, expected.length() - heldBack), actual, "content so far");
    }
  }
}
