package io.mockexo.internal.smtp;

import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.fault.ExchangeError;
import java.time.Clock;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Puts the names, addresses and dates of a session around the words of an {@link ExchangeError}.
 */
final class ErrorReplies {

  private final ExchangeReplies replies;
  private final ExchangeProfile profile;
  private final SessionStamp stamp;

  ErrorReplies(ExchangeReplies replies, ExchangeProfile profile, String sessionId, Clock clock) {
    this.replies = replies;
    this.profile = profile;
    this.stamp = new SessionStamp(sessionId, clock);
  }

  /**
   * The error in this session.
   *
   * @param user who is authenticated
   * @param sender the reverse-path of the open transaction
   */
  SmtpReply of(ExchangeError error, @Nullable String user, @Nullable String sender) {
    String words = filledIn(error.text(), user, sender);
    return profile.endpoint().isExchangeOnline()
        ? ended(error, words)
        : SmtpReply.of(error.code(), words);
  }

  private SmtpReply ended(ExchangeError error, String words) {
    return switch (error.trailer()) {
      case FRONT_END -> replies.negative(error.code(), words);
      case FILTER_AGENT -> replies.negative(error.code(), words + " " + stamp.ofFilterAgent());
      case MAILBOX_SERVER ->
          SmtpReply.of(
              error.code(),
              "%s [Hostname=%s]".formatted(words, MailboxServer.behind(profile.frontEnd())));
      case THREE_SERVERS ->
          replies.negative(
              error.code(),
              "%s %s %s"
                  .formatted(
                      words,
                      bracketOf(MailboxServer.behind(profile.frontEnd())),
                      bracketOf(MailboxServer.clientAccess(profile.frontEnd()))));
    };
  }

  private String bracketOf(String server) {
    return stamp.ofError(server, profile.asOf().errorsHaveSessionId());
  }

  /** Where there is no user or no sender, nobody stands in for them: {@code <>}, as for bounces. */
  private String filledIn(String text, @Nullable String user, @Nullable String sender) {
    String from = sender == null || sender.isEmpty() ? "<>" : sender;
    String domain = from.substring(from.lastIndexOf('@') + 1);
    return text.replace("<ip>", replies.client())
        .replace("<user>", user == null ? "<>" : user)
        .replace("<sender>", from)
        .replace("<sender domain>", domain)
        .replace("<SENDER DOMAIN>", domain.toUpperCase(Locale.ROOT));
  }
}
