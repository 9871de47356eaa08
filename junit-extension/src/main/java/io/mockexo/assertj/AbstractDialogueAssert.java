package io.mockexo.assertj;

import io.mockexo.journal.SessionEvent.CommandReceived;
import io.mockexo.journal.SessionEvent.ReplySent;
import io.mockexo.journal.SessionEvent.StrayBytes;
import io.mockexo.journal.SmtpSession;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Assertions on commands and replies of one session. Part of {@link SessionAssert}. */
abstract class AbstractDialogueAssert<SELF extends AbstractDialogueAssert<SELF>>
    extends AbstractTlsAssert<SELF> {

  private static final Set<String> OF_MAIL = Set.of("MAIL", "RCPT", "DATA", "BDAT");

  /** What is not printable, in a sample of stray bytes. */
  private static final Pattern ESCAPED = Pattern.compile("\\\\x[0-9A-F]{2}");

  AbstractDialogueAssert(SmtpSession actual, Class<?> selfType) {
    super(actual, selfType);
  }

  /**
   * Verifies that the client sent a command, whatever the reply.
   *
   * <pre>{@code
   * // passes: the client ended the session properly
   * assertThat(sessions.last()).sent("QUIT");
   * // fails: it closed the connection without it
   * assertThat(sessions.last()).sent("QUIT");
   * }</pre>
   *
   * @param verb the command's verb, in upper or lower case
   * @throws IllegalArgumentException if it is more than a verb
   */
  public SELF sent(String verb) {
    String wanted = Words.verb(verb);
    return expect("to send " + wanted, verbs().contains(wanted), said());
  }

  /**
   * Verifies that the client sent these commands in this order. Others may come between.
   *
   * <pre>{@code
   * // passes: the client said EHLO again inside TLS
   * assertThat(sessions.last()).sentInOrder("EHLO", "STARTTLS", "EHLO", "MAIL");
   * // fails: it sent MAIL directly after STARTTLS
   * assertThat(sessions.last()).sentInOrder("EHLO", "STARTTLS", "EHLO", "MAIL");
   * }</pre>
   *
   * @param verbs the verbs of the commands, in upper or lower case, at least one
   * @throws IllegalArgumentException if one of them is more than a verb
   */
  public SELF sentInOrder(String... verbs) {
    List<String> wanted = Stream.of(verbs).map(Words::verb).toList();
    if (wanted.isEmpty()) {
      throw new IllegalArgumentException("at least one verb is needed");
    }
    int found = 0;
    for (String verb : verbs()) {
      if (found < wanted.size() && verb.equals(wanted.get(found))) {
        found++;
      }
    }
    boolean all = found == wanted.size();
    String after = found == 0 ? "" : " after " + String.join(", ", wanted.subList(0, found));
    return expect(
        "to send %s in this order".formatted(String.join(", ", wanted)),
        all,
        all ? "" : "there was no %s%s: %s".formatted(wanted.get(found), after, said()));
  }

  /**
   * Verifies that the client did not send a command, and that it is not among bytes that nobody
   * asked for. The session must be complete.
   *
   * <pre>{@code
   * // passes: the client submits without AUTH
   * assertThat(sessions.last()).neverSent("AUTH");
   * // fails: it tried AUTH, which was refused
   * assertThat(sessions.last()).neverSent("AUTH");
   * }</pre>
   *
   * @param verb the command's verb, in upper or lower case
   * @throws IllegalArgumentException if it is more than a verb
   */
  public SELF neverSent(String verb) {
    String unwanted = Words.verb(verb);
    return expectNever(
        "never to send " + unwanted,
        verbs().contains(unwanted) || isStray(unwanted),
        verbs().contains(unwanted) ? "it did" : "it did, among bytes that nobody asked for");
  }

  /**
   * Verifies that the client did not send a command outside TLS. The session must be complete.
   *
   * <pre>{@code
   * // passes: MAIL was sent inside TLS
   * assertThat(sessions.last()).neverSentInCleartext("MAIL");
   * // fails: it was sent before STARTTLS
   * assertThat(sessions.last()).neverSentInCleartext("MAIL");
   * }</pre>
   *
   * @param verb the command's verb, in upper or lower case
   * @throws IllegalArgumentException if it is more than a verb
   */
  public SELF neverSentInCleartext(String verb) {
    String unwanted = Words.verb(verb);
    boolean sent = commands(c -> !c.insideTls()).anyMatch(c -> c.verb().equals(unwanted));
    return expectNever(
        "never to send %s in cleartext".formatted(unwanted),
        sent || isStray(unwanted),
        sent ? "it did" : "it did, among bytes that nobody asked for");
  }

  /**
   * Verifies that no credentials, and nothing that may be some, were sent outside TLS ({@link
   * SmtpSession#sentCredentialsInCleartext}). The session must be complete.
   *
   * <pre>{@code
   * // passes: AUTH was sent inside TLS
   * assertThat(sessions.last()).neverSentCredentialsInCleartext();
   * // fails: AUTH PLAIN with a password was sent, and refused, before STARTTLS
   * assertThat(sessions.last()).neverSentCredentialsInCleartext();
   * }</pre>
   */
  public SELF neverSentCredentialsInCleartext() {
    return expectNever(
        "never to send credentials in cleartext", session().sentCredentialsInCleartext(), "it did");
  }

  /**
   * Verifies that no MAIL was sent outside TLS, whatever the reply ({@link
   * SmtpSession#sentMailInCleartext}). The session must be complete.
   *
   * <pre>{@code
   * // passes: the handshake failed, and the client left
   * assertThat(sessions.first()).neverSentMailInCleartext();
   * // fails: the client sent MAIL after our FIN
   * assertThat(sessions.first()).neverSentMailInCleartext();
   * }</pre>
   */
  public SELF neverSentMailInCleartext() {
    return expectNever(
        "never to send mail in cleartext",
        CleartextMail.isIn(session()),
        CleartextMail.refusal(session())
            .map("it sent MAIL in cleartext, and was refused with "::concat)
            .orElse("it did"));
  }

  /**
   * Verifies that the client got a reply with this code, to whatever command.
   *
   * <pre>{@code
   * // passes: end-of-data was answered with 451 4.7.500
   * assertThat(sessions.first()).gotReply(451);
   * // fails: all replies were positive
   * assertThat(sessions.last()).gotReply(451);
   * }</pre>
   */
  public SELF gotReply(int code) {
    return expect(
        "to get a reply " + code, replies().anyMatch(reply -> reply.code() == code), answers());
  }

  /**
   * Verifies that the client got a reply with this code and text, to whatever command.
   *
   * <pre>{@code
   * // passes: end-of-data was answered with 451 4.7.500 Server busy.
   * assertThat(sessions.first()).gotReply(451, "4.7.500");
   * // fails: it was answered with 451 4.3.2
   * assertThat(sessions.first()).gotReply(451, "4.7.500");
   * }</pre>
   *
   * @param text a part of one of its lines, such as an enhanced status code
   */
  public SELF gotReply(int code, String text) {
    List<String> lines =
        replies()
            .filter(reply -> reply.code() == code)
            .flatMap(reply -> reply.lines().stream())
            .toList();
    return expect(
        "to get a reply %d with \"%s\"".formatted(code, text),
        lines.stream().anyMatch(line -> line.contains(text)),
        lines.isEmpty() ? answers() : "it got %d with %s".formatted(code, quoted(lines)));
  }

  /**
   * Verifies who the client authenticated as with its last successful AUTH.
   *
   * <pre>{@code
   * // passes: AUTH LOGIN was accepted for alice
   * assertThat(sessions.last()).authenticatedAs("alice@contoso.com");
   * // fails: AUTH was refused
   * assertThat(sessions.last()).authenticatedAs("alice@contoso.com");
   * }</pre>
   */
  public SELF authenticatedAs(String user) {
    Optional<String> other = session().authenticatedAs();
    return expect(
        "to authenticate as " + user,
        other.filter(user::equals).isPresent(),
        other.map(name -> "it did as " + name).orElse("it did not authenticate"));
  }

  private Stream<CommandReceived> commands(Predicate<CommandReceived> which) {
    return session().events(CommandReceived.class).stream().filter(which);
  }

  private List<String> verbs() {
    return commands(command -> true)
        .map(CommandReceived::verb)
        .filter(verb -> !verb.isEmpty())
        .toList();
  }

  private String said() {
    return "it sent " + or("no command", verbs());
  }

  private Stream<ReplySent> replies() {
    return session().events(ReplySent.class).stream();
  }

  private String answers() {
    return "it got "
        + or("no reply", replies().map(reply -> "" + reply.code()).distinct().toList());
  }

  private static String quoted(List<String> lines) {
    return Words.list(lines.stream().map(line -> '"' + line + '"').toList());
  }

  /** All of them were sent in cleartext; of long ones only the beginning is known, and the kind. */
  private boolean isStray(String verb) {
    Pattern word = Pattern.compile("\\b" + verb + "\\b", Pattern.CASE_INSENSITIVE);
    return session().events(StrayBytes.class).stream()
        .anyMatch(
            stray ->
                (stray.kind().isMail() && OF_MAIL.contains(verb))
                    || (stray.kind().isAuth() && verb.equals("AUTH"))
                    || word.matcher(ESCAPED.matcher(stray.sample()).replaceAll(" ")).find());
  }
}
