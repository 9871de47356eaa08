package io.mockexo.assertj;

import io.mockexo.journal.Attempt;
import io.mockexo.journal.SmtpSession;
import io.mockexo.tls.TlsVersion;
import java.util.function.Function;

/**
 * Two messages by their Message-IDs that may be one, see {@link Lookalikes}.
 *
 * @param chain the earlier message for the recipient that both have
 * @param earlier the last try of that, which failed, or may have for all that the client heard
 * @param later the next try with the same text
 * @param sure whether the text is known to be the same, and not only not known to differ
 */
record Lookalike(Chain chain, Attempt earlier, Attempt later, boolean sure) {

  /** What to do about it. */
  static final String WAY_OUT =
      """
      If that is one message, keep its Message-ID; Transport.send makes a new one each time:
        message.saveChanges(); // once
        transport.sendMessage(message, message.getAllRecipients()); // for each try
      With Spring's JavaMailSender send the same MimeMessage again.
      If these are several, give each an endpoint, or a port, of its own""";

  /**
   * What was seen: {@code session 2 came after 451 4.7.0 no in session 1 with the same text ...}.
   */
  String told(Function<SmtpSession, String> name) {
    SmtpSession before = earlier.session();
    boolean onTheSame = before == later.session();
    String words =
        ending().is(Ending.Kind.DELIVERED)
            ? "a reply to end-of-data that may not have arrived"
            : ending().words();
    String in = words.isEmpty() || onTheSame ? "" : " in ";
    String cause = words + in + (onTheSame ? "" : name.apply(before));
    return "%s %s%s with %s text and another Message-ID"
        .formatted(
            name.apply(later.session()),
            onTheSame ? "went on" : "came",
            cause.isEmpty() ? "" : " after " + cause,
            sure ? "the same" : "perhaps the same");
  }

  /** How the earlier try ended for the recipient. */
  Ending ending() {
    return chain.ending(earlier);
  }

  /** Whether the later one would be a fallback to cleartext if they were one message. */
  boolean wouldFallBackToCleartext() {
    return earlier.triedTls() && later.isInCleartext();
  }

  /** Whether the later one would be a fallback to a lower version if they were one message. */
  boolean wouldLowerTlsVersion() {
    TlsVersion before = earlier.session().highestTlsOffered().orElse(null);
    TlsVersion now = later.session().highestTlsOffered().orElse(null);
    return before != null && now != null && now.compareTo(before) < 0;
  }

  /**
   * Whether the later one would be for somebody who had the message, or had been refused for good.
   */
  boolean wouldBeNeedless() {
    return Chain.of(chain.message()).stream()
        .filter(other -> later.recipients().contains(other.recipient()))
        .anyMatch(other -> other.isOver());
  }
}
