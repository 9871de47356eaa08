package io.mockexo.client.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mockexo.journal.Attempt;
import io.mockexo.journal.Attempts;
import io.mockexo.journal.CleartextReason;
import io.mockexo.journal.LaterTry;
import io.mockexo.journal.MailTransaction;
import io.mockexo.journal.MessageAttempts;
import io.mockexo.journal.MessageIdentity;
import io.mockexo.tls.TlsVersion;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The attempts at a message as JSON, under the names of the journal; sessions are told by their
 * numbers.
 *
 * <p>A client that never comes to MAIL and never gives up makes one message of thousands of
 * attempts, and each is news. So only the last are listed, and the others counted: earlier lines
 * had them.
 */
public final class AttemptsForm {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private static final int LISTED = 50;

  private AttemptsForm() {}

  /** The attempts at one message, and what they mean together. */
  public static ObjectNode of(MessageAttempts message) {
    ObjectNode node = NODES.objectNode();
    node.set("message", message.identity().map(AttemptsForm::identity).orElse(null));
    node.set("recipients", texts(message.recipients()));
    List<Attempt> listed = last(message.attempts());
    node.put("earlierAttempts", message.attempts().size() - listed.size());
    ArrayNode attempts = node.putArray("attempts");
    listed.forEach(attempt -> attempts.add(attempt(attempt, message.cleartextReason(attempt))));
    ArrayNode laterTries = node.putArray("laterTries");
    message.laterTries().stream()
        .filter(later -> listed.contains(later.attempt()))
        .map(AttemptsForm::laterTry)
        .forEach(laterTries::add);
    return node.put("delivered", !message.deliveries().isEmpty())
        .put("fellBackToCleartext", message.fellBackToCleartext())
        .put("fellBackToLowerTls", message.fellBackToLowerTls())
        .put("retried", message.retried())
        .put("retriedAfterTlsFailure", message.retriedAfterTlsFailure())
        .put("neverTriedTls", message.neverTriedTls())
        .set("duplicatedRecipients", texts(message.duplicatedRecipients()));
  }

  /** The attempts that could be at more than one message, and what is so whichever it was. */
  public static ObjectNode ambiguous(Attempts attempts) {
    ObjectNode node = NODES.objectNode();
    List<Attempt> listed = last(attempts.ambiguous());
    node.put("earlierAttempts", attempts.ambiguous().size() - listed.size());
    ArrayNode array = node.putArray("attempts");
    listed.forEach(attempt -> array.add(attempt(attempt, Optional.empty())));
    return node.put("fellBackToCleartext", attempts.fellBackToCleartext())
        .put("fellBackToLowerTls", attempts.fellBackToLowerTls())
        .put("retriedAfterTlsFailure", attempts.retriedAfterTlsFailure());
  }

  private static List<Attempt> last(List<Attempt> attempts) {
    return attempts.subList(Math.max(0, attempts.size() - LISTED), attempts.size());
  }

  private static ObjectNode identity(MessageIdentity identity) {
    return NODES
        .objectNode()
        .put("reversePath", identity.reversePath())
        .put("messageId", identity.messageId())
        .put("bodyHash", identity.bodyHash());
  }

  private static ObjectNode attempt(Attempt attempt, Optional<CleartextReason> why) {
    Optional<MailTransaction> mail = attempt.transaction();
    return NODES
        .objectNode()
        .put("session", attempt.session().number())
        .put("outcome", mail.map(transaction -> transaction.outcome().name()).orElse("NO_MAIL"))
        .put("replyCode", mail.map(MailTransaction::replyCode).orElse(0))
        .put("mailOver", mailOver(attempt))
        .put("cleartextReason", why.map(Enum::name).orElse(null))
        .put("triedTls", attempt.triedTls())
        .put("failedTls", attempt.failedTls())
        .put("offeredTls", attempt.session().highestTlsOffered().map(Enum::name).orElse(null));
  }

  private static String mailOver(Attempt attempt) {
    String cleartextOrNot = attempt.isInCleartext() ? "CLEARTEXT" : "NONE";
    return attempt.usedTls().map(TlsVersion::name).orElse(cleartextOrNot);
  }

  private static ObjectNode laterTry(LaterTry later) {
    return NODES
        .objectNode()
        .put("attempt", later.attempt().session().number())
        .put("previous", later.previous().session().number())
        .put("comparedWith", later.comparedWith().session().number())
        .put("kind", later.kind().name())
        .put("gap", later.gap().map(gap -> BigDecimal.valueOf(gap.toNanos(), 9)).orElse(null));
  }

  private static ArrayNode texts(Collection<String> texts) {
    ArrayNode array = NODES.arrayNode();
    texts.forEach(array::add);
    return array;
  }
}
