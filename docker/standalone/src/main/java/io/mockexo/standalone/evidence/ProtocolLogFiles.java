package io.mockexo.standalone.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.mockexo.journal.SmtpSession;
import io.mockexo.standalone.evidence.log.ProtocolLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A protocol log of the whole run, in files as Exchange has them: a new one each day and when one
 * is full, and the oldest go when there are too many. They are in a folder of their own, since logs
 * of an Exchange server have the same names, and are not ours to go on with, or to delete. A
 * session that cannot be written whole is not in it.
 */
final class ProtocolLogFiles implements RunLog {

  /** Exchange's defaults for a file and for the folder (R2, protocol-logging). */
  private static final long MOST_BYTES = 10L << 20;

  private static final int MOST_FILES = 25;

  /** In the folder of the evidence. */
  static final String FOLDER = "protocol-logs";

  private final Function<String, ProtocolLog> logOf;
  private final long mostBytes;
  private final int mostFiles;
  private @Nullable LogName current;

  ProtocolLogFiles(Function<String, ProtocolLog> logOf) {
    this(logOf, MOST_BYTES, MOST_FILES);
  }

  /**
   * Files of a log.
   *
   * @param logOf the log of an endpoint, by its name
   * @param mostBytes after which a file is full
   */
  ProtocolLogFiles(Function<String, ProtocolLog> logOf, long mostBytes, int mostFiles) {
    this.logOf = logOf;
    this.mostBytes = mostBytes;
    this.mostFiles = mostFiles;
  }

  @Override
  public void append(Path folder, String endpointName, SmtpSession session) throws IOException {
    ProtocolLog log = logOf.apply(endpointName);
    Path logs = own(folder);
    LogName name = current(logs, log, session.acceptedAt());
    current = null; // should this fail, the file is looked at again
    append(logs.resolve(name.file()), log, session);
    current = name;
  }

  /** It is not made in a folder that has gone: nobody would look there. */
  private static Path own(Path folder) throws IOException {
    Path logs = folder.resolve(FOLDER);
    if (!Files.isDirectory(logs)) {
      Files.createDirectory(logs);
    }
    return logs;
  }

  private static void append(Path file, ProtocolLog log, SmtpSession session) throws IOException {
    try (FileChannel channel = FileChannel.open(file, CREATE, WRITE)) {
      long before = channel.size();
      StringBuilder text = new StringBuilder();
      if (before == 0) {
        log.write(List.of(), session.acceptedAt(), text);
      }
      log.write(session, text);
      write(channel, before, text);
    }
  }

  /** What is there already stays whole, whatever becomes of this. */
  private static void write(FileChannel channel, long before, CharSequence text)
      throws IOException {
    ByteBuffer bytes = UTF_8.encode(text.toString());
    try {
      channel.position(before);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      channel.truncate(before);
      throw e;
    }
  }

  /**
   * The folder is looked through only when another file begins: it may have many. A session that
   * began before midnight and ended after others is in the file of the new day.
   */
  private LogName current(Path folder, ProtocolLog log, Instant time) throws IOException {
    LogName today = LogName.of(log.fileName(time, 1)).orElseThrow();
    LogName present = current;
    if (present == null) {
      return next(folder, today);
    }
    boolean isOver = present.day().compareTo(today.day()) < 0;
    return isOver || isFull(folder, present)
        ? next(folder, LogName.later(present, today))
        : present;
  }

  private LogName next(Path folder, LogName first) throws IOException {
    NavigableSet<LogName> names = names(folder, first.prefix());
    LogName next =
        names.stream().filter(name -> name.day().equals(first.day())).reduce(first, LogName::later);
    if (isFull(folder, next) || isTorn(folder.resolve(next.file()))) {
      next = next.following();
    }
    names.remove(next);
    while (names.size() >= mostFiles) {
      Files.deleteIfExists(folder.resolve(names.pollFirst().file()));
    }
    return next;
  }

  private static NavigableSet<LogName> names(Path folder, String prefix) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> LogName.of(file.getFileName().toString()))
          .flatMap(Optional::stream)
          .filter(name -> name.prefix().equals(prefix))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private boolean isFull(Path folder, LogName name) throws IOException {
    Path file = folder.resolve(name.file());
    return Files.exists(file) && Files.size(file) >= mostBytes;
  }

  /** Whether a run was killed while it wrote a line. */
  private static boolean isTorn(Path file) throws IOException {
    if (!Files.exists(file)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, READ)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      return channel.size() > 0
          && channel.read(last, channel.size() - 1) == 1
          && last.get(0) != '\n';
    }
  }

  /** The name of a file: {@code RECV20230111-1.LOG}; they sort by their age. */
  private record LogName(String prefix, String day, int number) implements Comparable<LogName> {

    private static final Pattern FILE = Pattern.compile("(RECV|SEND)(\\d{8})-(\\d{1,6})\\.LOG");

    static Optional<LogName> of(String file) {
      Matcher name = FILE.matcher(file);
      return name.matches()
          ? Optional.of(new LogName(name.group(1), name.group(2), Integer.parseInt(name.group(3))))
          : Optional.empty();
    }

    String file() {
      return "%s%s-%d.LOG".formatted(prefix, day, number);
    }

    LogName following() {
      return new LogName(prefix, day, number + 1);
    }

    static LogName later(LogName a, LogName b) {
      return a.compareTo(b) > 0 ? a : b;
    }

    @Override
    public int compareTo(LogName other) {
      return Comparator.comparing(LogName::prefix)
          .thenComparing(LogName::day)
          .thenComparingInt(LogName::number)
          .compare(this, other);
    }
  }
}
