package io.mockexo.internal.smtp;

import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.internal.smtp.AuthExchange.Outcome;
import io.mockexo.internal.smtp.Step.Authentication;
import io.mockexo.internal.smtp.Step.Next;
import org.jspecify.annotations.Nullable;

/** AUTH on one connection (RFC 4954; facts 3.2), and what it has led to. */
final class AuthFlow {

  private final ExchangeProfile profile;
  private final ExchangeReplies replies;
  private final AuthReplies authReplies;
  private @Nullable AuthExchange open;
  private @Nullable String user;
  private @Nullable String failure;

  AuthFlow(ExchangeProfile profile, ExchangeReplies replies) {
    this.profile = profile;
    this.replies = replies;
    this.authReplies = new AuthReplies(replies);
  }

  /** Whether a continuation line is due. */
  boolean isOpen() {
    return open != null;
  }

  /** The user who is authenticated, or null. */
  @Nullable String user() {
    return user;
  }

  /** What the last AUTH with credentials was refused with, without its code, or null. */
  @Nullable String failure() {
    return failure;
  }

  /** As at the start of the connection. */
  void forget() {
    open = null;
    user = null;
    failure = null;
  }

  /** AUTH, in its place. It is offered only on client submission, and there only inside TLS. */
  Step begin(SmtpCommand.Auth command, boolean insideTls, boolean belowMinimum) {
    boolean offered = profile.endpoint() == Endpoint.CLIENT_SUBMISSION && insideTls;
    if (offered && belowMinimum) {
      return refusedAtOnce(command, replies.oldTlsNotSupported());
    }
    AuthExchange exchange =
        offered ? AuthExchange.of(command.mechanism(), profile.accounts()) : null;
    if (exchange == null) {
      return refusedAtOnce(command, authReplies.unrecognizedAuthenticationType());
    }
    open = exchange;
    return answered(exchange, exchange.begin(command.initialResponse()));
  }

  /** A continuation line. */
  Step line(byte[] line) {
    AuthExchange exchange = requireOpen();
    return answered(exchange, exchange.on(line));
  }

  /** A continuation line that is too long to be read. */
  Step lineTooLong() {
    return ended(requireOpen(), authReplies.authenticationLineTooLong(), false);
  }

  private AuthExchange requireOpen() {
    AuthExchange exchange = open;
    if (exchange == null) {
      throw new IllegalStateException("a continuation line without AUTH");
    }
    return exchange;
  }

  private Step answered(AuthExchange exchange, Outcome outcome) {
    return switch (outcome) {
      case ASK_USER_NAME -> Step.answer(authReplies.askUserName()).then(new Next.AuthLine());
      case ASK_PASSWORD -> Step.answer(authReplies.askPassword()).then(new Next.AuthLine());
      case ASK_TOKEN -> Step.answer(authReplies.askToken()).then(new Next.AuthLine());
      case ACCEPTED -> {
        user = exchange.user();
        yield ended(exchange, authReplies.authenticated(), true);
      }
      case WRONG_CREDENTIALS -> refused(exchange, AuthReplies.WRONG_CREDENTIALS);
      case TOKEN_REFUSED -> refused(exchange, AuthReplies.TOKEN_REFUSED);
      case CANCELED -> ended(exchange, authReplies.authenticationCanceled(), false);
      case NOT_BASE64 -> ended(exchange, authReplies.authenticationNotBase64(), false);
    };
  }

  private Step refused(AuthExchange exchange, String text) {
    failure = text;
    return ended(exchange, authReplies.authenticationFailed(text), false);
  }

  private Step ended(AuthExchange exchange, SmtpReply reply, boolean succeeded) {
    open = null;
    return Step.answer(reply)
        .ending(
            new Authentication(exchange.mechanism(), Redaction.user(exchange.user()), succeeded));
  }

  /** The name of the mechanism is the client's: it is recorded only if it is one. */
  static Step refusedAtOnce(SmtpCommand.Auth command, SmtpReply reply) {
    String mechanism = Redaction.mechanism(command.mechanism());
    return Step.answer(reply).ending(new Authentication(mechanism, null, false));
  }
}
