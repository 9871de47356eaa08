package io.mockexo.internal.journal;

import io.mockexo.journal.MailTransaction;
import io.mockexo.journal.MailTransaction.Recipient;
import io.mockexo.journal.SessionEvent;
import io.mockexo.journal.SessionEvent.Authenticated;
import io.mockexo.journal.SessionEvent.AuthenticationFailed;
import io.mockexo.journal.SessionEvent.ClientCertificateShown;
import io.mockexo.journal.SessionEvent.ClientHelloReceived;
import io.mockexo.journal.SessionEvent.CommandReceived;
import io.mockexo.journal.SessionEvent.LimitReached;
import io.mockexo.journal.SessionEvent.MessageAccepted;
import io.mockexo.journal.SessionEvent.MiddleboxActed;
import io.mockexo.journal.SessionEvent.ReplySent;
import io.mockexo.journal.SessionEvent.SecretsLogged;
import io.mockexo.journal.SessionEvent.StrayBytes;
import io.mockexo.journal.SessionEvent.TlsEstablished;
import io.mockexo.journal.SessionEvent.TlsFailed;
import io.mockexo.journal.SessionEvent.TlsRefused;
import io.mockexo.journal.SessionEvent.TransactionFailed;
import io.mockexo.tls.ClientHello;
import io.mockexo.tls.ClientIdentity;
import io.mockexo.tls.NamedGroup;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Estimates the memory of an event, without the content of a message, which is reserved apart. Errs
 * on the large side: a text that several events share is counted in each. The numbers are those of
 * a 64-bit JVM with compressed references.
 */
final class EventSize {

  /** A session without its events: recorder, log, peer, place on the shelf, and its two ends. */
  static final long SESSION = 640;

  /** The record, its Duration and its place in the log, which may be half empty. */
  private static final int EVENT = 72;

  /** Headers of a String and of its bytes, with padding. */
  private static final int STRING = 48;

  private static final int LIST = 48;

  /** A small record or an Integer, and the reference to it. */
  private static final int ELEMENT = 32;

  /** Of these the argument is kept once more, as the name of the client. */
  private static final Set<String> HELLO = Set.of("EHLO", "HELO");

  private EventSize() {}

  static long of(SessionEvent event) {
    return EVENT + contents(event);
  }

  /** What a recipient takes, in an open transaction and in an ended one. */
  static long of(Recipient recipient) {
    return ELEMENT + of(recipient.forwardPath()) + of(recipient.replyText());
  }

  private static long contents(SessionEvent event) {
    if (event instanceof CommandReceived command) {
      long line = of(command.line());
      return line + of(command.verb()) + (HELLO.contains(command.verb()) ? line : 0);
    }
    if (event instanceof ReplySent reply) {
      return LIST + sum(reply.lines(), EventSize::of);
    }
    if (event instanceof StrayBytes stray) {
      return of(stray.sample());
    }
    if (event instanceof MiddleboxActed acted) {
      return of(acted.original());
    }
    if (event instanceof LimitReached reached) {
      return ELEMENT + of(reached.whose());
    }
    if (event instanceof SecretsLogged secrets) {
      return LIST + sum(secrets.lines(), line -> ELEMENT + of(line.text()));
    }
    if (event instanceof MessageAccepted accepted) {
      return of(accepted.transaction());
    }
    if (event instanceof TransactionFailed failed) {
      return of(failed.transaction());
    }
    if (event instanceof Authenticated done) {
      return of(done.mechanism()) + of(done.user());
    }
    if (event instanceof AuthenticationFailed failed) {
      return of(failed.mechanism()) + of(failed.user()) + of(failed.reason());
    }
    return ofTls(event);
  }

  private static long ofTls(SessionEvent event) {
    if (event instanceof ClientHelloReceived received) {
      return of(received.hello());
    }
    if (event instanceof TlsRefused refused) {
      return of(refused.reason());
    }
    if (event instanceof TlsEstablished tls) {
      NamedGroup group = tls.group();
      long parameters = named(tls.cipherSuite().name()) + (group == null ? 0 : named(group.name()));
      return parameters + of(tls.clientCertificate());
    }
    if (event instanceof ClientCertificateShown shown) {
      return of(shown.client());
    }
    return event instanceof TlsFailed failed ? of(failed.reason()) : 0;
  }

  private static long of(MailTransaction transaction) {
    long size = EVENT + of(transaction.reversePath()) + of(transaction.replyText());
    size += of(transaction.messageId()) + of(transaction.bodyHash());
    size += of(transaction.authenticatedUser());
    for (var parameter : transaction.parameters().entrySet()) {
      size += of(parameter.getKey()) + of(parameter.getValue());
    }
    size += transaction.content() == null ? 0 : EVENT;
    return size + 2 * LIST + sum(transaction.recipients(), EventSize::of);
  }

  private static long of(ClientIdentity client) {
    long names = of(client.subject()) + of(client.commonName());
    return ELEMENT + names + LIST + sum(client.dnsNames(), EventSize::of);
  }

  private static long of(ClientHello hello) {
    long codes =
        (long) hello.supportedVersions().size()
            + hello.ecPointFormats().size()
            + hello.extensionTypes().size();
    return EVENT
        + 8 * LIST
        + codes * ELEMENT
        + sum(hello.cipherSuites(), suite -> named(suite.name()))
        + sum(hello.groups(), group -> named(group.name()))
        + sum(hello.keyShareGroups(), group -> named(group.name()))
        + sum(hello.signatureSchemes(), scheme -> named(scheme.name()))
        + sum(hello.alpnProtocols(), EventSize::of)
        + of(hello.serverName());
  }

  /** A code point; names are shared by all, except those made of a code that has none. */
  private static long named(String name) {
    return ELEMENT + (name.startsWith("0x") ? of(name) : 0);
  }

  private static <T> long sum(List<T> elements, ToLongFunction<T> size) {
    return elements.stream().mapToLong(size).sum();
  }

  private static long of(@Nullable String text) {
    if (text == null) {
      return 0;
    }
    boolean isLatin1 = text.chars().allMatch(c -> c <= 0xFF);
    return STRING + (isLatin1 ? 1L : 2L) * text.length();
  }
}
