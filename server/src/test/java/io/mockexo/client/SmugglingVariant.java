package io.mockexo.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * What senders have tried for end-of-data, and what a mock does on meeting it within a message.
 * Only CRLF, a dot and CRLF end one (RFC 5321, section 4.1.1.4; the 354 of Exchange Online asks for
 * just that, facts 3.3, V); of a line that begins with a dot that dot is stuffing (section 4.5.2).
 * Everything else stays as it was sent: Exchange Online passes bare LF through (facts 3.3, D).
 * Where this says G, no transcript is known, and the mock goes by the RFC.
 */
public enum SmugglingVariant {
  CRLF_DOT_CRLF("\r\n.\r\n", Exchange.ENDS),
  CRLF_CRLF_DOT_CRLF("\r\n\r\n.\r\n", Exchange.ENDS),
  LF_CRLF_DOT_CRLF("\n\r\n.\r\n", Exchange.ENDS),
  CR_CRLF_DOT_CRLF("\r\r\n.\r\n", Exchange.ENDS),
  NUL_CRLF_DOT_CRLF("\0\r\n.\r\n", Exchange.ENDS),

  LF_DOT_LF("\n.\n", Exchange.PASSES_BARE_LF),
  LF_DOT_CRLF("\n.\r\n", Exchange.PASSES_BARE_LF),
  LF_DOT_CR("\n.\r", Exchange.PASSES_BARE_LF),
  LF_LF_DOT_LF_LF("\n\n.\n\n", Exchange.PASSES_BARE_LF),
  LF_CR_DOT_CRLF("\n\r.\r\n", Exchange.PASSES_BARE_LF),
  LF_NUL_DOT_LF("\n\0.\n", Exchange.PASSES_BARE_LF),
  LF_DOT_NUL_CRLF("\n.\0\r\n", Exchange.PASSES_BARE_LF),
  CRLF_LF_DOT_CRLF("\r\n\n.\r\n", Exchange.PASSES_BARE_LF),
  CR_CRLF_LF_DOT_CRLF("\r\r\n\n.\r\n", Exchange.PASSES_BARE_LF),
  NUL_CRLF_NUL_DOT_LF("\0\r\n\0.\n", Exchange.PASSES_BARE_LF),
  CR_NUL_LF_DOT_CRLF("\r\0\n.\r\n", Exchange.PASSES_BARE_LF),
  CRLF_DOT_LF("\r\n.\n", "\r\n\n", Exchange.PASSES_BARE_LF),
  CRLF_DOT_LF_CR("\r\n.\n\r", "\r\n\n\r", Exchange.PASSES_BARE_LF),
  CRLF_DOT_CR_NUL_LF("\r\n.\r\0\n", "\r\n\r\0\n", Exchange.PASSES_BARE_LF),

  CR_DOT_CR("\r.\r", Exchange.UNKNOWN),
  CR_DOT_LF("\r.\n", Exchange.UNKNOWN),
  CR_DOT_CRLF("\r.\r\n", Exchange.UNKNOWN),
  CR_CR_DOT_CR_CR("\r\r.\r\r", Exchange.UNKNOWN),
  CRLF_DOT_CR("\r\n.\r", "\r\n\r", Exchange.UNKNOWN),
  CRLF_DOT_CR_CRLF("\r\n.\r\r\n", "\r\n\r\r\n", Exchange.UNKNOWN),
  CRLF_CR_DOT_CRLF("\r\n\r.\r\n", Exchange.UNKNOWN),
  CRLF_DOT_CR_DOT_CRLF("\r\n.\r.\r\n", "\r\n\r.\r\n", Exchange.UNKNOWN),

  CRLF_NUL_DOT_CRLF("\r\n\0.\r\n", Exchange.UNKNOWN),
  CRLF_DOT_NUL_CRLF("\r\n.\0\r\n", "\r\n\0\r\n", Exchange.UNKNOWN),
  CR_NUL_DOT_CRLF("\r\0.\r\n", Exchange.UNKNOWN),
  NUL_DOT_NUL("\0.\0", Exchange.UNKNOWN),

  CRLF_DOT_DOT_CRLF("\r\n..\r\n", "\r\n.\r\n", Exchange.UNKNOWN),
  CRLF_DOT_SPACE_CRLF("\r\n. \r\n", "\r\n \r\n", Exchange.UNKNOWN),
  CRLF_SPACE_DOT_CRLF("\r\n .\r\n", Exchange.UNKNOWN),
  CRLF_DOT_VT_CRLF("\r\n.\u000b\r\n", "\r\n\u000b\r\n", Exchange.UNKNOWN),
  CRLF_DOT_NEL("\r\n.\u0085", "\r\n\u0085", Exchange.UNKNOWN);

  /** What the real one does with it, and how sure that is. */
  private enum Exchange {
    /** Takes it for end-of-data: facts 3.3, row DATA, V. */
    ENDS,
    /** Keeps it as it is, as content: facts 3.3, row bare LF, D. */
    PASSES_BARE_LF,
    /** Nothing is known: G. */
    UNKNOWN
  }

  private final String wire;
  private final String stored;
  private final boolean endsData;

  SmugglingVariant(String wire, Exchange exchange) {
    this(wire, wire, exchange);
  }

  SmugglingVariant(String wire, String stored, Exchange exchange) {
    this.wire = wire;
    this.endsData = exchange == Exchange.ENDS;
    this.stored = endsData ? wire.substring(0, wire.length() - ".\r\n".length()) : stored;
  }

  /** Whether it is end-of-data; those that are show that a test could tell. */
  public boolean endsData() {
    return endsData;
  }

  /** As it is sent. */
  public byte[] wire() {
    return wire.getBytes(ISO_8859_1);
  }

  /** What of it is content, as it is kept. */
  public byte[] stored() {
    return stored.getBytes(ISO_8859_1);
  }
}
