package io.mockexo.internal.smtp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Finds the Message-ID header field (RFC 5322, section 3.6.4) in a message that comes in pieces. A
 * line ends with LF, with or without CR, as Exchange lets bare LF pass (facts 3.3). One instance
 * reads one message.
 */
final class MessageIdFinder {

  /** How much of a message is looked at; Exchange's own limit for a header (facts 8). */
  static final int REACH = 256 * 1024;

  /** A longer one is no Message-ID: the longest line of RFC 5322, section 2.1.1. */
  static final int MAX_LENGTH = 998;

  private static final byte[] NAME = "message-id".getBytes(StandardCharsets.US_ASCII);

  private State state = State.LINE_START;
  private int looked;
  private int nameMatched;
  private boolean inField;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
  private @Nullable String messageId;

  private enum State {
    LINE_START,
    /** Behind a CR at the start of a line: the header ends if LF follows. */
    EMPTY_LINE,
    /** Within a field name that may still become ours. */
    NAME,
    /** Behind our name, before its colon: the obsolete syntax allows blanks there. */
    COLON,
    /** Within the body of our field. */
    BODY,
    /** Within a line that is of no interest. */
    OTHER,
    DONE
  }

  /** Looks at the next piece. */
  void add(byte[] bytes, int offset, int length) {
    int end = offset + Math.min(length, REACH - looked);
    for (int i = offset; i < end && state != State.DONE; i++) {
      step(bytes[i]);
    }
    looked += end - offset;
    if (looked == REACH) {
      inField = false;
      state = State.DONE;
    }
  }

  /** Says that the message is complete: a field may end there. */
  void end() {
    if (inField) {
      closeField();
    }
    state = State.DONE;
  }

  /** Whether nothing that follows can change the result. */
  boolean isDone() {
    return state == State.DONE;
  }

  /** The Message-ID found so far. */
  @Nullable String messageId() {
    return messageId;
  }

  private void step(byte b) {
    switch (state) {
      case LINE_START -> startLine(b);
      case EMPTY_LINE -> state = b == '\n' ? State.DONE : State.OTHER;
      case NAME -> {
        if (toLowerCase(b) != NAME[nameMatched]) {
          state = afterOther(b);
        } else if (++nameMatched == NAME.length) {
          state = State.COLON;
        }
      }
      case COLON -> {
        if (b == ':') {
          inField = true;
          state = State.BODY;
        } else if (!Blanks.isBlank(b)) {
          state = afterOther(b);
        }
      }
      case BODY -> {
        if (b == '\n') {
          state = State.LINE_START;
        } else {
          append(b);
        }
      }
      case OTHER -> state = afterOther(b);
      case DONE -> {}
    }
  }

  private void startLine(byte b) {
    if (inField && Blanks.isBlank(b)) {
      state = State.BODY;
      append(b);
      return;
    }
    if (inField) {
      closeField();
      if (state == State.DONE) {
        return;
      }
    }
    if (b == '\n') {
      state = State.DONE;
    } else if (b == '\r') {
      state = State.EMPTY_LINE;
    } else {
      nameMatched = 0;
      state = State.NAME;
      step(b);
    }
  }

  /** Beyond what can be a Message-ID the rest is dropped. */
  private void append(byte b) {
    if (body.size() <= 2 * MAX_LENGTH) {
      body.write(b);
    }
  }

  private static State afterOther(byte b) {
    return b == '\n' ? State.LINE_START : State.OTHER;
  }

  private void closeField() {
    inField = false;
    boolean cut = body.size() > 2 * MAX_LENGTH;
    messageId = cut ? null : identifier(body.toString(StandardCharsets.UTF_8));
    body.reset();
    if (messageId != null) {
      state = State.DONE;
    }
  }

  /**
   * What stands between angle brackets, these included, else the whole. It will be quoted in a
   * reply and compared with others, so what is empty, overlong or has control characters is none.
   */
  private static @Nullable String identifier(String fieldBody) {
    String unfolded = fieldBody.replaceAll("\r(?=[ \t]|\\z)", "");
    int open = unfolded.indexOf('<');
    int close = unfolded.indexOf('>', open + 1);
    String id =
        Blanks.strip(open >= 0 && close > open ? unfolded.substring(open, close + 1) : unfolded);
    boolean usable =
        !id.isEmpty() && id.length() <= MAX_LENGTH && id.chars().noneMatch(Character::isISOControl);
    return usable ? id : null;
  }

  private static int toLowerCase(byte b) {
    return b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b;
  }
}
