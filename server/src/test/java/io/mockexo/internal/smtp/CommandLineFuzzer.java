package io.mockexo.internal.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.mockexo.fuzz.Check;

/** A line, whatever it holds, is some command, and can be recorded. */
public final class CommandLineFuzzer {

  private static final String SECRET = "QWxhZGRpbjpPcGVuU2VzYW1l";

  private CommandLineFuzzer() {}

  public static void fuzzerTestOneInput(byte[] line) {
    SmtpCommand command = SmtpCommandParser.parse(line);
    Check.that(!command.toString().isEmpty(), "no command");
    String text = new String(line, ISO_8859_1);
    Check.same(
        command.getClass(), parse(" \t" + text + "\t ").getClass(), "with blanks around: " + text);
    if (command instanceof SmtpCommand.Bdat bdat) {
      Check.that(bdat.octets() >= 0 && bdat.octets() < Long.MAX_VALUE, "size %s", bdat);
    }

    checkRecorded(Redaction.commandLine(line, false).text(), Redaction.MAX_LENGTH);
    checkRecorded(Redaction.commandLine(line, true).text(), Redaction.MAX_LENGTH);
    checkRecorded(Redaction.authLine(line).text(), Redaction.MAX_LENGTH);
    checkRecorded(StraySample.of(line, false).sample(), StraySample.MAX_LENGTH);
    checkRedacted(text);
  }

  /** What stands behind AUTH is never recorded, whatever bytes are before it and between. */
  private static void checkRedacted(String text) {
    // A line end ends what AUTH asks for. What is behind it may be a command, and is shown as one:
    // nobody would choose RCPT TO:<...> as a password, and a mistake in it is worth seeing.
    String oneLine = text.replaceAll("[\r\n]", "");
    if (oneLine.contains(SECRET)) {
      return; // a fuzzer finds out what it must not see recorded, and puts it elsewhere
    }
    checkHidden("AUTH " + oneLine + " " + SECRET);
    checkHidden(text + "\rAUTH " + SECRET);
    checkHidden("AUTH " + text + "\r" + SECRET);
  }

  private static void checkHidden(String line) {
    byte[] bytes = line.getBytes(ISO_8859_1);
    Check.that(Redaction.triesAuth(bytes), "not seen: %s", line);
    for (String recorded :
        new String[] {
          Redaction.commandLine(bytes, false).text(),
          Redaction.commandLine(bytes, true).text(),
          SmtpCommandParser.parse(bytes).toString(),
          StraySample.of(bytes, false).sample(),
        }) {
      Check.that(!recorded.contains(SECRET), "recorded: %s", recorded);
    }
  }

  private static void checkRecorded(String recorded, int limit) {
    int mark = " ... (2147483647 more bytes) <redacted>".length();
    Check.that(recorded.length() <= limit + mark, "%d characters", recorded.length());
    Check.that(recorded.chars().noneMatch(Character::isISOControl), "control: %s", recorded);
  }

  private static SmtpCommand parse(String line) {
    return SmtpCommandParser.parse(line.getBytes(ISO_8859_1));
  }
}
