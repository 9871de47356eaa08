package io.mockexo.fault;

import io.mockexo.tls.AlertDescription;
import java.time.Duration;
import java.util.List;

/**
 * One thing that goes wrong on a connection: {@code at(CLIENT_HELLO).drop(RST)}. It fires the first
 * time that the connection meets its stage, unless it is {@link #everyTime} or {@link #onMessage}.
 *
 * @param stage when
 * @param afterBytes at {@link Stage#BODY}, how many bytes of the message have come, as they were
 *     sent; 0 at all other stages
 * @param effect what
 * @param message the number of the mail transaction on the connection, counted from 1 by MAIL
 *     commands, at which it fires; 0 for the first that comes
 * @param repeats whether it fires whenever its stage is met
 * @since 0.1
 */
public record Fault(Stage stage, long afterBytes, Effect effect, int message, boolean repeats) {

  /** Refuses what cannot happen, and says what can. */
  public Fault {
    stage.requirePossible(effect);
    if (stage == Stage.BODY ? afterBytes < 1 : afterBytes != 0) {
      throw new IllegalArgumentException(
          stage == Stage.BODY
              ? "at BODY it must be said after how many bytes, at least 1: at(BODY, 1000)"
              : "afterBytes has a meaning only at BODY, not at " + stage);
    }
    if (message < 0) {
      throw new IllegalArgumentException("messages are numbered from 1, not " + message);
    }
    if (message > 0 && !stage.isOfMessage()) {
      throw new IllegalArgumentException(
          stage + " belongs to no message, so it cannot be numbered");
    }
    if (message > 0 && repeats) {
      throw new IllegalArgumentException("a fault is either for one message or for every time");
    }
  }

  /** Begins a fault at a stage other than {@link Stage#BODY}. */
  public static At at(Stage stage) {
    return new At(stage, 0);
  }

  /**
   * Begins a fault at {@link Stage#BODY}.
   *
   * @param afterBytes how many bytes of the message have come, at least 1
   */
  public static At at(Stage stage, long afterBytes) {
    return new At(stage, afterBytes);
  }

  /** The same fault whenever its stage is met on the connection. */
  public Fault everyTime() {
    return new Fault(stage, afterBytes, effect, 0, true);
  }

  /**
   * The same fault at the n-th message of a connection that carries several.
   *
   * @param number counted from 1 by MAIL commands
   */
  public Fault onMessage(int number) {
    if (number < 1) {
      throw new IllegalArgumentException("messages are numbered from 1, not " + number);
    }
    return new Fault(stage, afterBytes, effect, number, false);
  }

  /**
   * The same reply, after which the connection is closed.
   *
   * @throws IllegalStateException if the effect is no reply
   */
  public Fault thenClose() {
    if (!(effect instanceof Effect.Answer answer)) {
      throw new IllegalStateException("only a reply can be followed by a close, not " + effect);
    }
    return new Fault(stage, afterBytes, answer.closing(), message, repeats);
  }

  /** As it is written in Java: {@code at(CLIENT_HELLO).drop(RST)}. */
  @Override
  public String toString() {
    String place = stage == Stage.BODY ? stage + ", " + afterBytes : stage.toString();
    String when = message > 0 ? ".onMessage(%d)".formatted(message) : "";
    return "at(%s).%s%s%s".formatted(place, effect, when, repeats ? ".everyTime()" : "");
  }

  /**
   * A stage that waits for its effect.
   *
   * @param afterBytes see {@link Fault#afterBytes}
   * @since 0.1
   */
  public record At(Stage stage, long afterBytes) {

    /** Ends the connection with FIN or RST. */
    public Fault drop(Drop how) {
      return with(how == Drop.FIN ? new Effect.Close() : new Effect.Reset());
    }

    /** Answers nothing any more, and goes on reading. */
    public Fault stall() {
      return with(new Effect.Stall());
    }

    /** Answers nothing and reads nothing any more. */
    public Fault stopReading() {
      return with(new Effect.StopReading());
    }

    /** Waits for so long, then goes on. */
    public Fault delay(Duration time) {
      return with(new Effect.Delay(time));
    }

    /** Sends everything from here on in pieces of {@code bytes}, with a pause after each. */
    public Fault drip(int bytes, Duration interval) {
      return with(new Effect.Drip(bytes, interval));
    }

    /** Sends so many bytes without meaning. */
    public Fault garbage(int bytes) {
      return with(new Effect.Garbage(bytes));
    }

    /**
     * Replies this.
     *
     * @param enhancedStatusCode as in RFC 3463, for example {@code 4.7.500}; it begins each line
     * @param lines the text after it; none for a reply that is a code alone
     */
    public Fault reply(int code, String enhancedStatusCode, String... lines) {
      List<String> texts = lines.length == 0 ? List.of("") : List.of(lines);
      return with(
          new Effect.Reply(
              code,
              texts.stream().map(text -> (enhancedStatusCode + " " + text).strip()).toList(),
              false));
    }

    /** Refuses in the words of Exchange. */
    public Fault reply(ExchangeError error) {
      return with(new Effect.Refusal(error, false));
    }

    /**
     * Replies this, as it is on the wire: {@code 451 4.7.500 Server busy}. Lines are separated by
     * LF. Or the name of an {@link ExchangeError}: {@code SERVER_BUSY}.
     */
    public Fault reply(String reply) {
      return with(ReplySyntax.parse(reply));
    }

    /** Sends a fatal alert and closes with FIN. */
    public Fault alert(AlertDescription description) {
      return with(new Effect.Alert(description));
    }

    /** Any effect. */
    public Fault with(Effect effect) {
      return new Fault(stage, afterBytes, effect, 0, false);
    }
  }
}
