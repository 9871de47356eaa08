package io.mockexo.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.mockexo.client.ClientErrors.Row;
import io.mockexo.journal.SmtpSession;
import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.tls.TlsVersion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Real clients say of every trouble with TLS what {@code client-errors.md} says that they say, and
 * none of the other things that are written there; and the session knows what was done to them.
 */
class ClientErrorsTest {

  /** Some clients wait for seconds, so several run at a time. */
  private static final int AT_A_TIME = 6;

  private final ClientErrors document = ClientErrors.read(Path.of("client-errors.md"));

  /** A client that meets a trouble, and what the document says of it. */
  private record Case(Trouble trouble, TlsVersion version, Row row) {
    @Override
    public String toString() {
      return "%s, %s, %s".formatted(trouble, row.client(), version);
    }
  }

  private record Seen(MailClient.Outcome outcome, SmtpSession session) {}

  @Test
  void every_client_is_in_the_document_once_with_every_trouble_in_every_version() {
    for (Trouble trouble : Trouble.all()) {
      for (MailClient client : MailClient.values()) {
        for (TlsVersion version : trouble.versions()) {
          assertThat(document.rows())
              .filteredOn(row -> row.isFor(trouble, client, version))
              .as("%s, %s, %s", trouble, client, version)
              .hasSize(1);
        }
      }
    }
  }

  @Test
  void the_index_has_the_causes_of_every_message() {
    assertThat(String.join("\n", document.index()))
        .isEqualTo(String.join("\n", document.derivedIndex()));
  }

  @TestFactory
  Stream<DynamicTest> the_client_says_what_is_in_the_document() throws InterruptedException {
    List<Case> cases = cases();
    List<Future<Seen>> seen = runAll(cases);
    return IntStream.range(0, cases.size())
        .mapToObj(
            i -> dynamicTest(cases.get(i).toString(), () -> check(cases.get(i), get(seen.get(i)))));
  }

  private List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Row row : document.rows()) {
      for (Trouble trouble : row.troubles()) {
        row.versions().forEach(version -> cases.add(new Case(trouble, version, row)));
      }
    }
    return cases;
  }

  private static List<Future<Seen>> runAll(List<Case> cases) throws InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(AT_A_TIME);
    try {
      return pool.invokeAll(cases.stream().map(one -> (Callable<Seen>) () -> run(one)).toList());
    } finally {
      pool.shutdown();
    }
  }

  private static Seen run(Case one) {
    try (MockExchangeOnlineServer exchange = one.trouble().start()) {
      BooleanSupplier enough =
          () -> one.row().says().waits() && one.trouble().hasHappened(exchange);
      MailClient.Outcome outcome = one.row().client().send(exchange, one.version(), enough);
      SmtpSession session =
          one.trouble().hidesTheEnd()
              ? exchange.open().get(0)
              : exchange.awaitSessions(1).number(1);
      return new Seen(outcome, session);
    }
  }

  private static Seen get(Future<Seen> seen) throws Throwable {
    try {
      return seen.get();
    } catch (ExecutionException e) {
      throw e.getCause(); // a missing tool, too
    }
  }

  private void check(Case one, Seen seen) {
    assertThat(one.row().says().alternatives())
        .as("what is seen in %s", seen.outcome())
        .anyMatch(alternative -> alternative.isSeenIn(seen.outcome()));
    assertThat(seen.outcome().said()).doesNotContain(others(one.row()));
    one.trouble().assertRecorded(seen.session(), one.row().session().fragments());
  }

  private String[] others(Row row) {
    return document.saidElsewhere(row).toArray(String[]::new);
  }
}
