package io.mockexo.internal.smtp;

import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.exchange.Throttling.Limit;
import io.mockexo.internal.smtp.Step.Reached;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What is refused, or delayed, in one dialogue because its client does too much. */
final class Throttle {

  private final ExchangeProfile profile;
  private final ThrottleReplies replies;
  private final Limits limits;
  private final String client;
  private boolean oneTooMany;

  Throttle(ExchangeProfile profile, ThrottleReplies replies, Limits limits, String client) {
    this.profile = profile;
    this.replies = replies;
    this.limits = limits;
    this.client = client;
  }

  /** A refusal, and the limit that is its reason. */
  record Refusal(SmtpReply reply, Reached reached) {}

  /** Why the client is not greeted, or null if it is; on premises. */
  @Nullable Refusal ofConnection() {
    return profile.endpoint() == Endpoint.CONSUMER_MX || limits.hasConnection()
        ? null
        : tooManyConnections(replies.tooManyConnectionsPerSource());
  }

  /** Why MAIL is refused, or null; on the consumer MX. */
  @Nullable Refusal ofMail() {
    if (!limits.hasConnection()) {
      return tooManyConnections(replies.tooManyConnections());
    }
    Duration left = limits.refusesMail();
    return left.isZero()
        ? null
        : new Refusal(replies.rateLimited(), new Reached(Limit.REPUTATION_LIMIT, client, left));
  }

  private Refusal tooManyConnections(SmtpReply reply) {
    return new Refusal(reply, new Reached(Limit.MAX_CONNECTIONS_PER_CLIENT, client, Duration.ZERO));
  }

  /** Why RCPT is refused, or null; on MX. */
  @Nullable Refusal ofRcpt(String reversePath, String forwardPath) {
    Duration left = limits.refusesRcpt(reversePath, forwardPath);
    return left.isZero()
        ? null
        : new Refusal(replies.serverBusy(), new Reached(Limit.GREYLISTING, client, left));
  }

  /** A mail transaction begins; whether it is one too many is decided now, and told at its end. */
  void transactionBegun(@Nullable String user) {
    oneTooMany = user != null && !limits.takesSubmission(user);
  }

  /** The mail transaction, if one was open, has ended. */
  void transactionEnded() {
    limits.submissionEnded();
  }

  /** Why a message is refused, or null; on client submission. */
  @Nullable Refusal ofMessage(@Nullable String user) {
    return user == null || !oneTooMany
        ? null
        : new Refusal(
            replies.tooManyParallelSubmissions(user),
            new Reached(Limit.PARALLEL_SUBMISSIONS, user, Duration.ZERO));
  }

  /** Why an accepted message is delivered later, or null. */
  @Nullable Reached ofDelivery(@Nullable String user) {
    Duration delay = user == null ? Duration.ZERO : limits.delaysDelivery(user);
    return user == null || delay.isZero()
        ? null
        : new Reached(Limit.MESSAGES_PER_MINUTE, user, delay);
  }
}
