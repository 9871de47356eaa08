package io.mockexo.internal.smtp;

import io.mockexo.exchange.Middlebox;
import io.mockexo.internal.smtp.SmtpCommand.Malformed;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The middleboxes on the way between a client and Exchange, which knows nothing of them: they
 * rewrite what it says, and answer in its place. Inside TLS they see nothing.
 */
public final class Inspection {

  /** Facts 7 "Mailguard command filter", D. For a masked STARTTLS it is "like" this, V. */
  private static final SmtpReply UNRECOGNIZED = SmtpReply.of(500, "Command unrecognized");

  /** Facts 7 "Mailguard command filter", D. */
  private static final Set<String> PASSES =
      Set.of("HELO", "MAIL", "RCPT", "DATA", "RSET", "NOOP", "QUIT");

  private static final String STARTTLS = "STARTTLS";

  /** Facts 7 "ASA ESMTP inspection", V: as long as the keyword that it overwrites. */
  private static final String MASKED = "XXXXXXXA";

  /** Facts 7 "banner masked", D. */
  private static final Pattern UNMASKED = Pattern.compile("[^20 ]");

  private final Set<Middlebox> boxes;
  private final Witness witness;

  /** Is told before the client is. */
  public interface Witness {

    /**
     * A middlebox has changed something.
     *
     * @param original the line of Exchange that did not come through; null where a command did not
     */
    void acted(Middlebox box, @Nullable String original);
  }

  /** These middleboxes, which may be none. */
  public Inspection(Set<Middlebox> boxes, Witness witness) {
    this.boxes = boxes;
    this.witness = witness;
  }

  /** What the client gets of a greeting. */
  public Step greeting(Step exchange) {
    SmtpReply greeting = exchange.reply();
    if (greeting == null || !boxes.contains(Middlebox.MASKS_GREETING)) {
      return exchange;
    }
    witness.acted(Middlebox.MASKS_GREETING, greeting.text());
    return exchange.saying(
        SmtpReply.of(greeting.code(), UNMASKED.matcher(greeting.text()).replaceAll("*")));
  }

  /**
   * What the client gets for a command in cleartext.
   *
   * @param exchange what Exchange does, asked only if the command gets that far
   */
  public Step reply(SmtpCommand command, Supplier<Step> exchange) {
    for (Middlebox box : boxes) {
      if (stops(box, command)) {
        witness.acted(box, null);
        return Step.answer(UNRECOGNIZED);
      }
    }
    Step step = exchange.get();
    return command instanceof SmtpCommand.Ehlo ? ehlo(step) : step;
  }

  private Step ehlo(Step exchange) {
    SmtpReply reply = exchange.reply();
    if (reply == null || !reply.lines().contains(STARTTLS)) {
      return exchange;
    }
    List<String> lines = new ArrayList<>(reply.lines());
    if (boxes.contains(Middlebox.MASKS_STARTTLS)) {
      witness.acted(Middlebox.MASKS_STARTTLS, STARTTLS);
      lines.set(lines.indexOf(STARTTLS), MASKED);
    } else if (boxes.contains(Middlebox.STRIPS_STARTTLS)) {
      witness.acted(Middlebox.STRIPS_STARTTLS, STARTTLS);
      lines.remove(STARTTLS);
    }
    return exchange.saying(new SmtpReply(reply.code(), lines));
  }

  private static boolean stops(Middlebox box, SmtpCommand command) {
    return switch (box) {
      case MASKS_GREETING -> false;
      case MASKS_STARTTLS, STRIPS_STARTTLS -> isStartTls(command);
      case COMMAND_FILTER -> !passesFilter(command);
    };
  }

  private static boolean isStartTls(SmtpCommand command) {
    return command instanceof SmtpCommand.StartTls
        || (command instanceof Malformed malformed && malformed.verb().equals(STARTTLS));
  }

  private static boolean passesFilter(SmtpCommand command) {
    return command instanceof SmtpCommand.Helo
        || command instanceof SmtpCommand.Mail
        || command instanceof SmtpCommand.Rcpt
        || command instanceof SmtpCommand.Data
        || command instanceof SmtpCommand.Rset
        || command instanceof SmtpCommand.Noop
        || command instanceof SmtpCommand.Quit
        || (command instanceof Malformed malformed && PASSES.contains(malformed.verb()));
  }
}
