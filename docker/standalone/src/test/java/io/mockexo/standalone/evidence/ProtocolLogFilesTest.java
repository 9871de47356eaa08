package io.mockexo.standalone.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.journal.SmtpSession;
import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.standalone.evidence.log.ProtocolLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private List<String> lines(String file) throws IOException {
    return Files.readAllLines(folder.resolve(file));
  }

  private static SmtpSession session() throws IOException {
    try (MockExchangeOnlineServer exchange = MockExchangeOnlineServer.mx().start()) {
      TalkingClient.hello(exchange).deliver("hello\r\n").quit();
      return exchange.awaitSessions(1).only();
    }
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
    ProtocolLog log = ProtocolLog.send("mx");
    Files.writeString(folder.resolve("SEND20200101-7.LOG"), "of long ago");
    Files.writeString(folder.resolve("RECV20200101-1.LOG"), "of another log");
    Files.writeString(folder.resolve("notes.txt"), "of somebody else");
    ProtocolLogFiles files = new ProtocolLogFiles(ProtocolLog::send, 1, 2);

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
    Files.delete(folder.resolve(name));
    later.append(folder, "mx", session);

    assertThat(lines(name)).hasSize(once);
  }
}
