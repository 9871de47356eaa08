package io.mockexo.internal.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.mockexo.fuzz.Check;
import io.mockexo.fuzz.FuzzInput;
import io.mockexo.journal.SessionEvent;
import io.mockexo.journal.SessionEvent.CommandReceived;
import io.mockexo.journal.SessionEvent.MessageDataReceived;
import io.mockexo.journal.SessionEvent.ReplySent;
import io.mockexo.journal.SessionEvent.StrayBytes;
import io.mockexo.journal.SessionEvent.StrayBytes.Place;
import io.mockexo.journal.SmtpSession;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Everything from the decoder to the replies, told by a client that may do anything. The first byte
 * says what kind of connection it is ({@link FuzzedConnection}); of the rest {@code FE} ends a
 * segment, {@code FF} types credentials, and all else is sent as it is.
 */
public final class SmtpConnectionFuzzer {

  private static final int CUT = 0xFE;
  private static final int CREDENTIALS = 0xFF;

  private static final Pattern LAST_LINE = Pattern.compile("[2-5][0-9]{2} .*");
  private static final Pattern REPLIES =
      Pattern.compile("(?:(?:[2-5][0-9]{2}-[^\r\n]*\r\n)*[2-5][0-9]{2} [^\r\n]*\r\n)*");

  private SmtpConnectionFuzzer() {}

  public static void fuzzerTestOneInput(byte[] input) {
    FuzzInput fuzz = new FuzzInput(input);
    int flags = fuzz.next();
    try (LoggedErrors errors = new LoggedErrors()) {
      FuzzedConnection cut = new FuzzedConnection(flags);
      byte[] sent = play(cut, fuzz);
      cut.end();
      errors.checkThereAreNone();
      check(cut);

      FuzzedConnection whole = new FuzzedConnection(flags);
      whole.send(sent);
      whole.end();
      errors.checkThereAreNone();
      check(whole);
      if (!triedTls(cut.session())) {
        Check.same(whole.output(), cut.output(), "replies when sent at once, and cut");
        Check.same(lines(whole.session()), lines(cut.session()), "commands at once, and cut");
      }
    }
  }

  /** Sends what the input says; returns the bytes. */
  private static byte[] play(FuzzedConnection connection, FuzzInput fuzz) {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    ByteArrayOutputStream segment = new ByteArrayOutputStream();
    boolean triedAuth = false;
    while (fuzz.hasMore()) {
      int next = fuzz.next();
      if (next < CUT) {
        segment.write(next);
        continue;
      }
      send(connection, segment, sent);
      if (next == CREDENTIALS && readsCommands(connection.session(), sent)) {
        byte[] typed = Credentials.typed(fuzz.next(), fuzz.next(), triedAuth);
        triedAuth |= typed.length > 0;
        sent.writeBytes(typed);
        connection.send(typed);
      }
    }
    send(connection, segment, sent);
    return sent.toByteArray();
  }

  private static void send(
      FuzzedConnection connection, ByteArrayOutputStream segment, ByteArrayOutputStream sent) {
    byte[] bytes = segment.toByteArray();
    segment.reset();
    // A fuzzer finds out what it must not see recorded, and types it where that is no secret.
    if (!Credentials.areIn(new String(bytes, ISO_8859_1))) {
      sent.writeBytes(bytes);
      connection.send(bytes);
    }
  }

  /** Whether a line sent now is a command or an AUTH line: not content, and not a half of one. */
  private static boolean readsCommands(SmtpSession session, ByteArrayOutputStream sent) {
    byte[] bytes = sent.toByteArray();
    boolean atLineStart = bytes.length == 0 || bytes[bytes.length - 1] == '\n';
    List<SessionEvent> events = session.events();
    SessionEvent last = events.get(events.size() - 1);
    return atLineStart
        && last instanceof ReplySent reply
        && reply.code() != 354
        && !triedTls(session);
  }

  private static boolean triedTls(SmtpSession session) {
    return session.events().stream()
        .skip(1)
        .anyMatch(event -> event instanceof ReplySent reply && reply.code() == 220);
  }

  private static void check(FuzzedConnection connection) {
    SmtpSession session = connection.session();
    checkReplies(session, connection.output());
    String record = session + "\n" + session.events() + "\n" + session.transcript();
    Check.that(!Credentials.areIn(record), "credentials in %s", record);
  }

  private static void checkReplies(SmtpSession session, String output) {
    List<Integer> recorded = new ArrayList<>();
    boolean replyIsDue = false;
    boolean inData = false;
    for (SessionEvent event : session.events()) {
      if (event instanceof ReplySent reply) {
        Check.that(recorded.isEmpty() || replyIsDue, "a reply to nothing: %s", reply);
        recorded.add(reply.code());
        replyIsDue = false;
        inData = reply.code() == 354;
      } else if (event instanceof CommandReceived || isInsteadOfCommand(event)) {
        Check.that(!replyIsDue, "no reply to what came before %s", event);
        replyIsDue = true;
      } else if (event instanceof MessageDataReceived) {
        Check.that(inData != replyIsDue, "message data out of place");
        replyIsDue = true;
      }
    }
    String cleartext = triedTls(session) ? upToTls(output) : output;
    Check.that(REPLIES.matcher(cleartext).matches(), "malformed replies: %s", cleartext);
    List<Integer> seen =
        cleartext
            .lines()
            .filter(line -> LAST_LINE.matcher(line).matches())
            .map(line -> Integer.valueOf(line.substring(0, 3)))
            .toList();
    Check.same(recorded, seen, "replies recorded and sent");
  }

  /** A ClientHello without STARTTLS is answered, too, as the line that it is not. */
  private static boolean isInsteadOfCommand(SessionEvent event) {
    return event instanceof StrayBytes stray && stray.where() == Place.INSTEAD_OF_COMMAND;
  }

  /** A TLS alert may follow. */
  private static String upToTls(String output) {
    int start = output.lastIndexOf("\r\n220 ") + 2;
    return output.substring(0, output.indexOf("\r\n", start) + 2);
  }

  private static List<String> lines(SmtpSession session) {
    return session.events().stream()
        .filter(CommandReceived.class::isInstance)
        .map(event -> ((CommandReceived) event).line())
        .toList();
  }
}
