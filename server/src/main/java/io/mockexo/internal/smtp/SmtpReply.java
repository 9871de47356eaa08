package io.mockexo.internal.smtp;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A reply (RFC 5321, section 4.2).
 *
 * @param code the reply code
 * @param lines the text of each line, without code and separator; never empty
 */
public record SmtpReply(int code, List<String> lines) {

  public SmtpReply {
    lines = List.copyOf(lines);
    if (lines.isEmpty()) {
      throw new IllegalArgumentException("a reply has at least one line");
    }
  }

  /** A reply of one line. */
  public static SmtpReply of(int code, String text) {
    return new SmtpReply(code, List.of(text));
  }

  /** Whether the code is 2xx or 3xx. */
  public boolean isPositive() {
    return code < 400;
  }

  /** Whether it is one after which the server closes (RFC 5321, section 4.2.2). */
  boolean announcesClose() {
    return code == 421;
  }

  /** The text of the first line, which is all of it but for EHLO. */
  public String text() {
    return lines.get(0);
  }

  /** The bytes on the wire: {@code 250-first}, {@code 250 last}, each ended by CRLF. */
  public byte[] toWire() {
    StringBuilder wire = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      boolean last = i == lines.size() - 1;
      wire.append(code).append(last ? ' ' : '-').append(lines.get(i)).append("\r\n");
    }
    return wire.toString().getBytes(StandardCharsets.UTF_8);
  }
}
