package io.mockexo.internal.smtp;

import io.mockexo.internal.smtp.SmtpCommand.Malformed;
import io.mockexo.internal.smtp.SmtpCommand.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads command lines. Every line is some command: there is no input for which it throws.
 *
 * <p>As lenient as Exchange is known or likely to be: verbs and keywords in any case, blanks around
 * the line and behind the colon of {@code FROM:} and {@code TO:}, paths without angle brackets, a
 * greeting without a domain.
 */
public final class SmtpCommandParser {

  private static final Set<String> VERBS =
      Set.of(
          "EHLO",
          "HELO",
          "MAIL",
          "RCPT",
          "DATA",
          "BDAT",
          "RSET",
          "NOOP",
          "VRFY",
          "EXPN",
          "HELP",
          "QUIT",
          "STARTTLS",
          "AUTH");

  private SmtpCommandParser() {}

  /** The command in {@code line}, which comes without its line end. */
  public static SmtpCommand parse(byte[] line) {
    // One character per byte, so that the length of a verb is its length on the wire.
    String text = Blanks.strip(new String(line, StandardCharsets.ISO_8859_1));
    int end = Blanks.wordEnd(text);
    String verb = verb(text);
    if (verb.isEmpty()) {
      return new SmtpCommand.Unknown(text.substring(0, end));
    }
    String arguments = readable(Blanks.strip(text.substring(end)));
    if (arguments == null) {
      return new Malformed(
          verb, verb.equals("BDAT") ? Problem.UNUSABLE_CHUNK_SIZE : Problem.INVALID_ARGUMENTS);
    }
    return switch (verb) {
      case "EHLO" -> hello(arguments) ? new SmtpCommand.Ehlo(arguments) : invalidDomain(verb);
      case "HELO" -> hello(arguments) ? new SmtpCommand.Helo(arguments) : invalidDomain(verb);
      case "MAIL" -> mail(arguments);
      case "RCPT" -> rcpt(arguments);
      case "BDAT" -> bdat(arguments);
      case "AUTH" -> auth(arguments);
      case "DATA" -> bare(verb, arguments, new SmtpCommand.Data());
      case "RSET" -> bare(verb, arguments, new SmtpCommand.Rset());
      case "QUIT" -> bare(verb, arguments, new SmtpCommand.Quit());
      case "STARTTLS" -> bare(verb, arguments, new SmtpCommand.StartTls());
      case "NOOP" -> new SmtpCommand.Noop();
      case "VRFY" -> new SmtpCommand.Vrfy();
      case "EXPN" -> new SmtpCommand.Expn();
      default -> new SmtpCommand.Help();
    };
  }

  /**
   * The verb in upper case by which {@link #parse} knows {@code line}, empty if it knows none. What
   * is told about a line is decided by this, so that it is never another command than was executed.
   */
  static String verb(String line) {
    String text = Blanks.strip(line);
    String verb = text.substring(0, Blanks.wordEnd(text)).toUpperCase(Locale.ROOT);
    return VERBS.contains(verb) ? verb : "";
  }

  /** UTF-8 (RFC 6531, section 3.3) without control characters, or null. */
  private static @Nullable String readable(String bytes) {
    String text;
    try {
      ByteBuffer raw = ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1));
      text = StandardCharsets.UTF_8.newDecoder().decode(raw).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
    return text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\t') ? null : text;
  }

  private static boolean hello(String domain) {
    return domain.isEmpty() || DomainSyntax.isHelloDomain(domain);
  }

  private static SmtpCommand invalidDomain(String verb) {
    return new Malformed(verb, Problem.INVALID_DOMAIN);
  }

  /** RFC 5321, section 4.1.1: a command without parameters answers 501 to parameters. */
  private static SmtpCommand bare(String verb, String arguments, SmtpCommand command) {
    return arguments.isEmpty() ? command : new Malformed(verb, Problem.INVALID_ARGUMENTS);
  }

  private static SmtpCommand mail(String arguments) {
    String text = behindKeyword(arguments, "FROM:");
    if (text == null) {
      return new Malformed("MAIL", Problem.INVALID_ARGUMENTS);
    }
    PathSyntax path = PathSyntax.read(text);
    if (path == null || !(path.isNull() || path.isMailbox())) {
      return new Malformed("MAIL", Problem.INVALID_REVERSE_PATH);
    }
    EsmtpParameters parameters = EsmtpParameters.ofMail(path.rest());
    Problem problem = parameters.problem();
    if (problem != null) {
      return new Malformed("MAIL", problem);
    }
    SmtpCommand.Mail mail = new SmtpCommand.Mail(path.mailbox(), parameters.values());
    // Without SMTPUTF8 the grammar of RFC 5321 holds, which is ASCII (RFC 6531, section 3.2).
    return mail.isSmtpUtf8() || DomainSyntax.isAscii(path.mailbox())
        ? mail
        : new Malformed("MAIL", Problem.INVALID_REVERSE_PATH);
  }

  private static SmtpCommand rcpt(String arguments) {
    String text = behindKeyword(arguments, "TO:");
    if (text == null) {
      return new Malformed("RCPT", Problem.INVALID_ARGUMENTS);
    }
    PathSyntax path = PathSyntax.read(text);
    if (path == null || !(path.isPostmaster() || path.isMailbox())) {
      return new Malformed("RCPT", Problem.INVALID_FORWARD_PATH);
    }
    EsmtpParameters parameters = EsmtpParameters.ofRcpt(path.rest());
    Problem problem = parameters.problem();
    return problem == null
        ? new SmtpCommand.Rcpt(path.mailbox(), parameters.values())
        : new Malformed("RCPT", problem);
  }

  private static @Nullable String behindKeyword(String arguments, String keyword) {
    return arguments.regionMatches(true, 0, keyword, 0, keyword.length())
        ? Blanks.strip(arguments.substring(keyword.length()))
        : null;
  }

  /** {@code chunk-size [SP "LAST"]} (RFC 3030, section 2). */
  private static SmtpCommand bdat(String arguments) {
    int end = Blanks.wordEnd(arguments);
    String size = arguments.substring(0, end);
    String marker = Blanks.strip(arguments.substring(end));
    boolean last = marker.equalsIgnoreCase("LAST");
    long octets = Decimal.isNumber(size) ? Decimal.saturated(size) : Long.MAX_VALUE;
    return octets == Long.MAX_VALUE || !(last || marker.isEmpty())
        ? new Malformed("BDAT", Problem.UNUSABLE_CHUNK_SIZE)
        : new SmtpCommand.Bdat(octets, last);
  }

  /** {@code mechanism [SP initial-response]} (RFC 4954, section 4). */
  private static SmtpCommand auth(String arguments) {
    int end = Blanks.wordEnd(arguments);
    String mechanism = arguments.substring(0, end).toUpperCase(Locale.ROOT);
    String response = Blanks.strip(arguments.substring(end));
    if (mechanism.isEmpty() || Blanks.wordEnd(response) < response.length()) {
      return new Malformed("AUTH", Problem.INVALID_ARGUMENTS);
    }
    return new SmtpCommand.Auth(mechanism, response.isEmpty() ? null : response);
  }
}
