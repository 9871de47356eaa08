package io.mockexo.internal.journal;

import io.mockexo.journal.MailTransaction;
import io.mockexo.journal.SessionEvent;
import io.mockexo.journal.SessionEvent.ClientHelloReceived;
import io.mockexo.journal.SessionEvent.CommandReceived;
import io.mockexo.journal.SessionEvent.MessageAccepted;
import io.mockexo.journal.SessionEvent.ReplySent;
import io.mockexo.journal.SessionEvent.StrayBytes;
import io.mockexo.journal.SessionEvent.TransactionFailed;
import io.mockexo.tls.ClientHello;
import org.jspecify.annotations.Nullable;

/**
 * Estimates the memory of an event, without the content of a message, which is reserved apart. Errs
 * on the large side; exactness would buy nothing.
 */
final class EventSize {

  /** The record, its Duration and its place in the list. */
  private static final int EVENT = 64;

  /** Headers of a String and of its bytes. */
  private static final int STRING = 48;

  private static final int RECIPIENT = 32;

  private EventSize() {}

  static long of(SessionEvent event) {
    if (event instanceof CommandReceived command) {
      return EVENT + of(command.verb()) + of(command.line());
    }
    if (event instanceof ReplySent reply) {
      return EVENT + of(reply.lines());
    }
    if (event instanceof StrayBytes stray) {
      return EVENT + of(stray.sample());
    }
    if (event instanceof ClientHelloReceived received) {
      return EVENT + of(received.hello());
    }
    if (event instanceof MessageAccepted accepted) {
      return EVENT + of(accepted.transaction());
    }
    if (event instanceof TransactionFailed failed) {
      return EVENT + of(failed.transaction());
    }
    return EVENT + STRING;
  }

  private static long of(MailTransaction transaction) {
    long size = of(transaction.reversePath()) + of(transaction.replyText());
    size += of(transaction.messageId()) + of(transaction.bodyHash());
    size += of(transaction.authenticatedUser());
    for (var parameter : transaction.parameters().entrySet()) {
      size += of(parameter.getKey()) + of(parameter.getValue());
    }
    for (MailTransaction.Recipient recipient : transaction.recipients()) {
      size += RECIPIENT + of(recipient.forwardPath()) + of(recipient.replyText());
    }
    return EVENT + size;
  }

  private static long of(ClientHello hello) {
    long codePoints =
        (long) hello.supportedVersions().size()
            + hello.cipherSuites().size()
            + hello.groups().size()
            + hello.keyShareGroups().size()
            + hello.signatureSchemes().size()
            + hello.extensionTypes().size();
    return EVENT + STRING * codePoints + of(hello.alpnProtocols()) + of(hello.serverName());
  }

  private static long of(Iterable<String> texts) {
    long size = 0;
    for (String text : texts) {
      size += of(text);
    }
    return size;
  }

  private static long of(@Nullable String text) {
    return text == null ? 0 : STRING + text.length();
  }
}
