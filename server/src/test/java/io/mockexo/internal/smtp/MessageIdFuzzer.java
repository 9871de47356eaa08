package io.mockexo.internal.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.mockexo.fuzz.Check;
import io.mockexo.fuzz.FuzzInput;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Compares {@link MessageIdFinder} with a search that has the whole message before it. The first
 * byte says how long the pieces are that the rest comes in.
 */
public final class MessageIdFuzzer {

  private static final Pattern FIELD = Pattern.compile("(?i)Message-ID[ \t]*:(.*)", Pattern.DOTALL);
  private static final Pattern BRACKETED = Pattern.compile("<[^>]*>", Pattern.DOTALL);

  private MessageIdFuzzer() {}

  public static void fuzzerTestOneInput(byte[] input) {
    FuzzInput fuzz = new FuzzInput(input);
    int piece = Math.max(1, fuzz.next());
    byte[] message = fuzz.rest();

    MessageIdFinder finder = new MessageIdFinder();
    for (int at = 0; at < message.length; at += piece) {
      finder.add(message, at, Math.min(piece, message.length - at));
    }
    finder.end();

    Check.that(finder.isDone(), "not done");
    Check.same(search(new String(message, ISO_8859_1)), finder.messageId(), "Message-ID");
  }

  private static @Nullable String search(String message) {
    for (String field : fields(message)) {
      Matcher matcher = FIELD.matcher(field);
      String id = matcher.matches() ? identifier(matcher.group(1)) : null;
      if (id != null) {
        return id;
      }
    }
    return null;
  }

  /** The header's fields, unfolded by leaving out the line feeds. */
  private static List<String> fields(String message) {
    List<String> fields = new ArrayList<>();
    boolean afterField = false;
    for (String line : message.split("(?<=\n)", -1)) {
      String content = line.endsWith("\n") ? line.substring(0, line.length() - 1) : line;
      if (line.equals("\n") || line.equals("\r\n")) {
        break;
      }
      if (afterField && (content.startsWith(" ") || content.startsWith("\t"))) {
        fields.set(fields.size() - 1, fields.get(fields.size() - 1) + content);
      } else {
        fields.add(content);
        // A line without a colon is no field, and nothing continues it.
        afterField = FIELD.matcher(content).matches();
      }
    }
    return fields;
  }

  private static @Nullable String identifier(String body) {
    if (body.length() > 2 * MessageIdFinder.MAX_LENGTH) {
      return null;
    }
    String text = new String(body.getBytes(ISO_8859_1), UTF_8).replaceAll("\r([ \t])", "$1");
    text = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    Matcher bracketed = BRACKETED.matcher(text);
    String id = bracketed.find() ? bracketed.group() : text.replaceAll("^[ \t]+|[ \t]+$", "");
    boolean usable =
        !id.isEmpty()
            && id.length() <= MessageIdFinder.MAX_LENGTH
            && id.chars().noneMatch(Character::isISOControl);
    return usable ? id : null;
  }
}
