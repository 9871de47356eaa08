package io.mockexo.internal.smtp;

import io.mockexo.exchange.Account;
import io.mockexo.exchange.AuthRefusal;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.internal.smtp.AuthExchange.Outcome;
import io.mockexo.internal.smtp.Step.Authentication;
import io.mockexo.internal.smtp.Step.Next;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** AUTH on one connection (RFC 4954; facts 3.2), and what it has led to. */
final class AuthFlow {

  private final ExchangeProfile profile;
  private final ExchangeReplies replies;
  private final AuthReplies authReplies;
  private final InstantSource clock;
  private @Nullable AuthExchange open;
  private @Nullable String user;
  private @Nullable String failure;
  private boolean tried;

  AuthFlow(ExchangeProfile profile, ExchangeReplies replies, InstantSource clock) {
    this.profile = profile;
    this.replies = replies;
    this.authReplies = new AuthReplies(replies);
    this.clock = clock;
  }

  /** Whether a continuation line is due. */
  boolean isOpen() {
    return open != null;
  }

  /** The user who is authenticated, or null. */
  @Nullable String user() {
    return user;
  }

  /** What the last AUTH with credentials was refused with, without what ends it, or null. */
  @Nullable String failure() {
    return failure;
  }

  /** Whether AUTH was tried on this connection: what is no command may then be a credential. */
  boolean wasTried() {
    return tried;
  }

  /** As at the start of the connection. */
  void forget() {
    open = null;
    user = null;
    failure = null;
  }

  /** AUTH, in its place; what is not on offer is not known. */
  Step begin(SmtpCommand.Auth command, Peer peer) {
    tried = true;
    List<String> mechanisms = AuthOffer.of(profile, peer.isInsideTls());
    SmtpReply oldTls = oldTlsRefused(peer);
    if (!mechanisms.isEmpty() && oldTls != null) {
      return refusedAtOnce(command, oldTls);
    }
    AuthExchange exchange =
        mechanisms.contains(command.mechanism())
            ? AuthExchange.of(command.mechanism(), profile.tenant(), clock)
            : null;
    if (exchange == null) {
      return refusedAtOnce(command, authReplies.unrecognizedAuthenticationType());
    }
    open = exchange;
    return answered(exchange, exchange.begin(command.initialResponse()));
  }

  /** Facts 3.2: below the floor 421 4.7.66, on the legacy endpoint without opt-in 5.7.67. */
  private @Nullable SmtpReply oldTlsRefused(Peer peer) {
    if (peer.isBelowMinimum()) {
      return replies.oldTlsNotSupported();
    }
    return peer.isInsideOldTls() && !profile.tenant().allowLegacyTlsClients()
        ? authReplies.oldTlsNotSupportedByOrganization()
        : null;
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
      case ASK_NTLM -> Step.answer(authReplies.askNtlm()).then(new Next.AuthLine());
      case ACCEPTED, WRONG_CREDENTIALS, TOKEN_REFUSED -> judged(exchange, outcome);
      case CANCELED -> ended(exchange, authReplies.authenticationCanceled(), false);
      case NOT_BASE64 -> ended(exchange, authReplies.authenticationNotBase64(), false);
    };
  }

  /** A refusal by policy comes whatever the credentials are; that it hides which they were, G. */
  private Step judged(AuthExchange exchange, Outcome outcome) {
    AuthRefusal byPolicy = refusalByPolicy(exchange);
    if (byPolicy != null) {
      return refused(exchange, authReplies.refused(byPolicy), null);
    }
    if (outcome == Outcome.ACCEPTED) {
      user = exchange.user();
      return ended(exchange, authReplies.authenticated(), true);
    }
    return refused(
        exchange,
        outcome == Outcome.TOKEN_REFUSED
            ? authReplies.tokenRefused()
            : authReplies.wrongCredentials(),
        exchange.reason());
  }

  private @Nullable AuthRefusal refusalByPolicy(AuthExchange exchange) {
    Stream<AuthRefusal> ofMailbox =
        profile.tenant().accounts().stream()
            .filter(account -> account.isOf(exchange.user()))
            .map(Account::refusal)
            .filter(Objects::nonNull);
    return Stream.concat(Stream.ofNullable(profile.tenant().authRefusal()), ofMailbox)
        .filter(refusal -> refusal.concerns(exchange.mechanism()))
        .findFirst()
        .orElse(null);
  }

  private Step refused(
      AuthExchange exchange, AuthReplies.Refused refused, @Nullable String reason) {
    failure = refused.code() + " " + refused.text();
    return ended(exchange, authReplies.authenticationFailed(refused), false, reason);
  }

  private Step ended(AuthExchange exchange, SmtpReply reply, boolean succeeded) {
    return ended(exchange, reply, succeeded, null);
  }

  private Step ended(
      AuthExchange exchange, SmtpReply reply, boolean succeeded, @Nullable String reason) {
    open = null;
    String shown = Redaction.user(exchange.user());
    return Step.answer(reply)
        .ending(new Authentication(exchange.mechanism(), shown, succeeded, reason));
  }

  /** The name of the mechanism is the client's: it is recorded only if it is one. */
  static Step refusedAtOnce(SmtpCommand.Auth command, SmtpReply reply) {
    String mechanism = Redaction.mechanism(command.mechanism());
    return Step.answer(reply).ending(new Authentication(mechanism, null, false, null));
  }
}
