package io.mockexo.internal.smtp;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A command as a client sent it (RFC 5321, section 4.1), recognized but not yet judged: whether it
 * is in its place is for {@link SmtpDialogue} to say.
 */
public sealed interface SmtpCommand {

  /**
   * EHLO (RFC 5321, section 4.1.1.1).
   *
   * @param domain a domain or an address literal; empty when none was given
   */
  record Ehlo(String domain) implements SmtpCommand {}

  /** HELO, as {@link Ehlo}. */
  record Helo(String domain) implements SmtpCommand {}

  /**
   * MAIL (RFC 5321, section 4.1.1.2).
   *
   * @param reversePath the mailbox without angle brackets and source route; empty for the null
   *     reverse-path
   * @param parameters valid ones only, keywords in upper case
   */
  record Mail(String reversePath, Map<String, String> parameters) implements SmtpCommand {
    public Mail {
      parameters = Map.copyOf(parameters);
    }

    /**
     * The SIZE that was declared (RFC 1870, section 6), 0 without one. RFC 1870 allows twenty
     * digits; what a {@code long} cannot hold is {@link Long#MAX_VALUE}.
     */
    public long declaredSize() {
      return Decimal.saturated(parameters.getOrDefault("SIZE", "0"));
    }

    /** Whether BODY=BINARYMIME was declared (RFC 3030, section 3). */
    public boolean isBinaryMime() {
      return "BINARYMIME".equals(parameters.get("BODY"));
    }

    /** Whether SMTPUTF8 was asked for (RFC 6531, section 3.4). */
    public boolean isSmtpUtf8() {
      return parameters.containsKey("SMTPUTF8");
    }
  }

  /**
   * RCPT (RFC 5321, section 4.1.1.3).
   *
   * @param forwardPath the mailbox without angle brackets and source route; it may have characters
   *     beyond ASCII, which only a transaction with SMTPUTF8 allows
   * @param parameters valid ones only, keywords in upper case
   */
  record Rcpt(String forwardPath, Map<String, String> parameters) implements SmtpCommand {
    public Rcpt {
      parameters = Map.copyOf(parameters);
    }
  }

  /** DATA (RFC 5321, section 4.1.1.4). */
  record Data() implements SmtpCommand {}

  /** BDAT (RFC 3030, section 2). */
  record Bdat(long octets, boolean last) implements SmtpCommand {}

  /** RSET (RFC 5321, section 4.1.1.5). */
  record Rset() implements SmtpCommand {}

  /** NOOP (RFC 5321, section 4.1.1.9). */
  record Noop() implements SmtpCommand {}

  /** VRFY (RFC 5321, section 4.1.1.6). */
  record Vrfy() implements SmtpCommand {}

  /** EXPN (RFC 5321, section 4.1.1.7). */
  record Expn() implements SmtpCommand {}

  /** HELP (RFC 5321, section 4.1.1.8). */
  record Help() implements SmtpCommand {}

  /** QUIT (RFC 5321, section 4.1.1.10). */
  record Quit() implements SmtpCommand {}

  /** STARTTLS (RFC 3207, section 4). */
  record StartTls() implements SmtpCommand {}

  /**
   * AUTH (RFC 4954, section 4).
   *
   * @param mechanism in upper case
   * @param initialResponse as sent, {@code =} included; null without one
   */
  record Auth(String mechanism, @Nullable String initialResponse) implements SmtpCommand {

    /** Without the initial response, which is a credential. */
    @Override
    public String toString() {
      return "Auth[" + Redaction.mechanism(mechanism) + "]";
    }
  }

  /**
   * A line that begins with no verb of SMTP; an empty line too.
   *
   * @param verb up to the first blank, each byte as one character, whatever it was
   */
  record Unknown(String verb) implements SmtpCommand {}

  /**
   * A known verb with arguments that it does not take.
   *
   * @param verb in upper case
   */
  record Malformed(String verb, Problem problem) implements SmtpCommand {}

  /** What is wrong with the arguments of a command. */
  enum Problem {
    /**
     * Arguments where there must be none, none where there must be some, or such that cannot be
     * read.
     */
    INVALID_ARGUMENTS,
    /** EHLO or HELO with something that is neither domain nor address literal. */
    INVALID_DOMAIN,
    /** MAIL with something that is not a reverse-path. */
    INVALID_REVERSE_PATH,
    /** RCPT with something that is not a forward-path. */
    INVALID_FORWARD_PATH,
    /** A parameter of MAIL or RCPT that is unknown, or given twice. */
    UNRECOGNIZED_PARAMETER,
    /** BODY with an unknown type. */
    UNSUPPORTED_BODY_TYPE,
    /**
     * BDAT without a usable number of octets: from here on octets and commands cannot be told
     * apart.
     */
    UNUSABLE_CHUNK_SIZE
  }
}
