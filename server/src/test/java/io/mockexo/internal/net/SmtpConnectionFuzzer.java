package io.mockexo.internal.net;

import io.mockexo.fuzz.Check;
import io.mockexo.fuzz.FuzzInput;
import io.mockexo.journal.SessionEvent;
import io.mockexo.journal.SessionEvent.CommandReceived;
import io.mockexo.journal.SessionEvent.MessageDataReceived;
import io.mockexo.journal.SessionEvent.ReplySent;
import io.mockexo.journal.SessionEvent.StrayBytes;
import io.mockexo.journal.SessionEvent.StrayBytes.Place;
import io.mockexo.journal.SmtpSession;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Everything from the decoder to the replies, told by a client that may do anything. The first byte
 * says what kind of connection it is ({@link FuzzedConnection}), the rest what is sent ({@link
 * FuzzedClient}).
 */
public final class SmtpConnectionFuzzer {

  private static final Pattern REPLY_LINE =
      Pattern.compile("(?<code>[2-5][0-9]{2})(?<more>[- ])[^\r\n]*\r\n");

  private SmtpConnectionFuzzer() {}

  public static void fuzzerTestOneInput(byte[] input) {
    FuzzInput fuzz = new FuzzInput(input);
    int flags = fuzz.next();
    try (LoggedErrors errors = new LoggedErrors()) {
      FuzzedConnection cut = new FuzzedConnection(flags);
      byte[] sent = new FuzzedClient(cut, fuzz).play();
      cut.end();
      errors.checkThereAreNone();
      check(cut);

      FuzzedConnection whole = new FuzzedConnection(flags);
      whole.send(sent);
      whole.end();
      errors.checkThereAreNone();
      check(whole);
      if (!cut.hasTriedTls()) {
        Check.same(whole.output(), cut.output(), "replies when sent at once, and cut");
        Check.same(lines(whole.session()), lines(cut.session()), "commands at once, and cut");
      }
    }
  }

  private static void check(FuzzedConnection connection) {
    SmtpSession session = connection.session();
    checkReplies(
        session, connection.hasTriedTls() ? upToTls(connection.output()) : connection.output());
    String record = session + "\n" + session.events() + "\n" + session.transcript();
    Check.that(!Credentials.areIn(record), "credentials in %s", record);
  }

  private static void checkReplies(SmtpSession session, String cleartext) {
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
    Check.same(recorded, codes(cleartext), "replies recorded and sent");
  }

  /** Of the replies, which may have several lines each. */
  private static List<Integer> codes(String cleartext) {
    List<Integer> codes = new ArrayList<>();
    boolean moreLines = false;
    for (String line : cleartext.split("(?<=\n)", 0)) {
      Matcher matcher = REPLY_LINE.matcher(line);
      Check.that(matcher.matches(), "malformed reply: %s", line);
      moreLines = matcher.group("more").equals("-");
      if (!moreLines) {
        codes.add(Integer.valueOf(matcher.group("code")));
      }
    }
    Check.that(!moreLines, "a reply without its last line: %s", cleartext);
    return codes;
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
