package io.mockexo.standalone.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.journal.SmtpSession;
import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.standalone.evidence.log.ProtocolLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Protocol logs of a run. */
@Timeout(60)
class ProtocolLogFilesTest {

  @TempDir private Path folder;

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(logs())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private List<String> lines(String file) throws IOException {
    return Files.readAllLines(logs().resolve(file));
  }

  private Path logs() {
    return folder.resolve("protocol-logs");
  }

  private static SmtpSession session() throws IOException {
    try (MockExchangeOnlineServer exchange = MockExchangeOnlineServer.mx().start()) {
      TalkingClient.hello(exchange).deliver("hello\r\n").quit();
      return exchange.awaitSessions(1).only();
    }
  }

  /** The same session, accepted at another time. */
  private static SmtpSession at(SmtpSession session, Instant acceptedAt) {
    return new SmtpSession(
        session.number(),
        session.endpoint(),
        session.peer(),
        session.local().orElse(null),
        acceptedAt,
        session.events());
  }

  @Test
  void sessions_follow_each_other_behind_one_head() throws Exception {
    SmtpSession session = session();
    ProtocolLog log = ProtocolLog.receive("mx");
    ProtocolLogFiles files = new ProtocolLogFiles(ProtocolLog::receive);

    files.append(folder, "mx", session);
    files.append(folder, "mx", session);

    String name = log.fileName(session.acceptedAt(), 1);
    assertThat(names()).containsExactly(name);
    assertThat(lines(name).subList(0, 5)).isEqualTo(log.header(session.acceptedAt()));
    assertThat(lines(name)).hasSize(5 + 2 * log.lines(session).size());
    assertThat(lines(name).subList(5, 5 + log.lines(session).size())).isEqualTo(log.lines(session));
  }

  @Test
  void a_full_file_is_followed_by_another_and_the_oldest_goes() throws Exception {
    SmtpSession session = session();
    ProtocolLog log = ProtocolLog.send();
    Files.createDirectory(logs());
    Files.writeString(logs().resolve("SEND20200101-7.LOG"), "of long ago");
    Files.writeString(logs().resolve("RECV20200101-1.LOG"), "of another log");
    Files.writeString(logs().resolve("notes.txt"), "of somebody else");
    ProtocolLogFiles files = new ProtocolLogFiles(endpoint -> ProtocolLog.send(), 1, 2);

    for (int i = 0; i < 4; i++) {
      files.append(folder, "mx", session);
    }

    assertThat(names())
        .containsExactlyInAnyOrder(
            "RECV20200101-1.LOG",
            "notes.txt",
            log.fileName(session.acceptedAt(), 3),
            log.fileName(session.acceptedAt(), 4));
    assertThat(lines(log.fileName(session.acceptedAt(), 4))).hasSize(5 + log.lines(session).size());
  }

  @Test
  void a_later_run_goes_on_in_the_same_file_and_a_folder_that_is_made_anew_has_a_new_one()
      throws Exception {
    SmtpSession session = session();
    String name = ProtocolLog.receive("mx").fileName(session.acceptedAt(), 1);
    new ProtocolLogFiles(ProtocolLog::receive).append(folder, "mx", session);
    int once = lines(name).size();
    ProtocolLogFiles later = new ProtocolLogFiles(ProtocolLog::receive);

    later.append(folder, "mx", session);
    assertThat(lines(name)).hasSize(2 * once - 5);
    Files.delete(logs().resolve(name));
    later.append(folder, "mx", session);

    assertThat(lines(name)).hasSize(once);
  }

  @Test
  void logs_of_an_exchange_server_in_the_same_folder_are_left_alone() throws Exception {
    SmtpSession session = session();
    Path todays = folder.resolve(ProtocolLog.receive("mx").fileName(session.acceptedAt(), 1));
    Path old = Files.writeString(folder.resolve("RECV20200101-1.LOG"), "theirs");
    Files.writeString(todays, "theirs");

    new ProtocolLogFiles(ProtocolLog::receive, 1, 1).append(folder, "mx", session);

    assertThat(todays).hasContent("theirs");
    assertThat(old).hasContent("theirs");
  }

  @Test
  void half_a_line_of_a_killed_run_is_not_gone_on_with() throws Exception {
    SmtpSession session = session();
    ProtocolLog log = ProtocolLog.receive("mx");
    Files.createDirectory(logs());
    Path torn = logs().resolve(log.fileName(session.acceptedAt(), 1));
    Files.writeString(torn, "#Software: Microsoft Exchange Server\r\n2026-01-02T03:0");

    new ProtocolLogFiles(ProtocolLog::receive).append(folder, "mx", session);

    assertThat(torn).content().endsWith("2026-01-02T03:0");
    assertThat(lines(log.fileName(session.acceptedAt(), 2)))
        .startsWith(log.header(session.acceptedAt()).get(0));
  }

  @Test
  void a_session_of_before_midnight_does_not_bring_the_day_back() throws Exception {
    SmtpSession today = session();
    SmtpSession yesterday = at(today, today.acceptedAt().minus(Duration.ofDays(1)));
    ProtocolLogFiles files = new ProtocolLogFiles(ProtocolLog::receive);

    files.append(folder, "mx", today);
    files.append(folder, "mx", yesterday);

    assertThat(names()).containsExactly(ProtocolLog.receive("mx").fileName(today.acceptedAt(), 1));
  }
}
