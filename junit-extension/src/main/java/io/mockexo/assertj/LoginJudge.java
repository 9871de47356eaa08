package io.mockexo.assertj;

import io.mockexo.journal.SessionEvent;
import io.mockexo.journal.SessionEvent.Authenticated;
import io.mockexo.journal.SessionEvent.AuthenticationFailed;
import io.mockexo.journal.SessionEvent.CommandReceived;
import io.mockexo.journal.SessionEvent.ReplySent;
import io.mockexo.journal.SessionEvent.StrayBytes;
import io.mockexo.journal.SmtpSession;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Judges that a client did not go on guessing after AUTH was refused for good. */
final class LoginJudge {

  /** Of the other 5xx replies up to here AUTH itself is the mistake (RFC 4954, section 4). */
  private static final int MECHANISM_UNKNOWN = 504;

  /**
   * One AUTH.
   *
   * @param user for whom; null if that is not known
   * @param refusedAt when it was refused for good; null if it was not
   * @param reply what it was answered with at last; null for nothing
   */
  private record Login(
      SmtpSession session,
      Instant begunAt,
      @Nullable String user,
      @Nullable Instant refusedAt,
      @Nullable ReplySent reply) {

    boolean isAfter(Login refused) {
      boolean someoneElse =
          user != null && refused.user != null && !user.equalsIgnoreCase(refused.user);
      return !equals(refused)
          && refused.refusedAt != null
          && !someoneElse
          && !begunAt.isBefore(refused.refusedAt);
    }
  }

  private final Snapshot snapshot;

  LoginJudge(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  Optional<Finding> stoppedAfterFailure() {
    List<Login> logins =
        snapshot.sessions().stream()
            .flatMap(session -> logins(session).stream())
            .sorted(Comparator.comparing(Login::begunAt))
            .toList();
    List<Login> refused = logins.stream().filter(login -> login.refusedAt != null).toList();
    List<Finding> again = new ArrayList<>();
    for (Login login : logins) {
      refused.stream()
          .filter(login::isAfter)
          .findFirst()
          .ifPresent(before -> again.add(again(login, before)));
    }
    return Finding.first(
        () -> Finding.ofAll(again),
        snapshot::notQuiet,
        () ->
            refused.isEmpty()
                ? Finding.of("no AUTH was refused for good", snapshot.sessions())
                : Optional.empty());
  }

  private Finding again(Login login, Login refused) {
    boolean same = login.session == refused.session;
    String user = refused.user == null ? "" : " for " + refused.user;
    return new Finding(
        "%s sent AUTH again%s, after %s%s"
            .formatted(
                snapshot.name(login.session),
                user,
                said(refused.reply),
                same ? "" : " in " + snapshot.name(refused.session)),
        List.of(refused.session, login.session));
  }

  private static String said(@Nullable ReplySent reply) {
    return reply == null ? "it was refused" : reply.code() + " " + reply.lines().get(0);
  }

  /** The journal has the reply to AUTH directly before what came of it. */
  private static List<Login> logins(SmtpSession session) {
    List<Login> logins = new ArrayList<>();
    Instant begunAt = null;
    ReplySent reply = null;
    for (SessionEvent event : session.events()) {
      Instant at = session.acceptedAt().plus(event.at());
      if (event instanceof CommandReceived command && command.verb().equals("AUTH")) {
        if (begunAt != null) {
          logins.add(new Login(session, begunAt, null, null, null));
        }
        begunAt = at;
      } else if (event instanceof StrayBytes stray && stray.kind().isAuth()) {
        logins.add(new Login(session, at, null, null, null));
      } else if (event instanceof ReplySent sent) {
        reply = sent;
      } else if (event instanceof AuthenticationFailed failed) {
        Instant refusedAt = reply != null && isForGood(reply) ? at : null;
        logins.add(
            new Login(session, begunAt == null ? at : begunAt, failed.user(), refusedAt, reply));
        begunAt = null;
      } else if (event instanceof Authenticated done) {
        logins.add(new Login(session, begunAt == null ? at : begunAt, done.user(), null, reply));
        begunAt = null;
      }
    }
    if (begunAt != null) {
      logins.add(new Login(session, begunAt, null, null, null));
    }
    return logins;
  }

  /** A temporary failure, and a mechanism that the server does not have, invite another try. */
  private static boolean isForGood(ReplySent reply) {
    return reply.code() / 100 == 5 && reply.code() > MECHANISM_UNKNOWN;
  }
}
