package io.mockexo.assertj;

import io.mockexo.journal.MailTransaction;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stays of a message when a mailer makes it anew: subject and body. Message-ID, date, trace
 * and the boundaries of MIME parts are new each time.
 */
final class MessageText {

  private static final Pattern END_OF_HEADER = Pattern.compile("\\A\r?\n|\n\r?\n");

  /** With its continuation lines (RFC 5322, section 2.2.3). */
  private static final Pattern SUBJECT =
      Pattern.compile("(?im)^subject[ \t]*:(.*(?:\r?\n[ \t].*)*+)");

  /** RFC 2046, section 5.1.1. */
  private static final Pattern BOUNDARY =
      Pattern.compile("(?i)boundary[ \t]*=[ \t]*(?:\"([^\"\r\n]+)\"|([^\\s\";]+))");

  /** So much may a header be longer or shorter than that of another try at the same message. */
  private static final long HEADER_VARIES = 1024;

  private MessageText() {}

  /** Subject and body; empty if the message was not kept, or came in part. */
  static Optional<String> of(MailTransaction mail) {
    return Optional.ofNullable(mail.content())
        .map(content -> new String(content.toByteArray(), StandardCharsets.ISO_8859_1))
        .map(MessageText::of);
  }

  private static String of(String message) {
    String plain = withoutBoundaries(message);
    Matcher end = END_OF_HEADER.matcher(plain);
    boolean hasBody = end.find();
    Matcher subject = SUBJECT.matcher(hasBody ? plain.substring(0, end.start()) : plain);
    return (subject.find() ? subject.group(1).replaceAll("\\s+", " ").strip() : "")
        + "\n"
        + (hasBody ? plain.substring(end.end()) : "");
  }

  private static String withoutBoundaries(String message) {
    List<String> longestFirst =
        BOUNDARY
            .matcher(message)
            .results()
            .map(boundary -> boundary.group(1) == null ? boundary.group(2) : boundary.group(1))
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
    String plain = BOUNDARY.matcher(message).replaceAll("boundary");
    for (String boundary : longestFirst) {
      plain = plain.replace("--" + boundary, "--");
    }
    return plain;
  }

  /**
   * Whether two messages, of which at least one is not known as a whole, can have the same text by
   * their sizes: what came in part may have been longer.
   */
  static boolean canBeAlike(MailTransaction one, MailTransaction other) {
    long longer = other.size() - one.size();
    return (cameInPart(one) || longer <= HEADER_VARIES)
        && (cameInPart(other) || longer >= -HEADER_VARIES);
  }

  private static boolean cameInPart(MailTransaction mail) {
    return mail.outcome() == MailTransaction.Outcome.ABORTED;
  }
}
