package io.mockexo.standalone.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mockexo.client.wire.SessionForm;
import io.mockexo.client.wire.Wire;
import io.mockexo.journal.MailTransaction;
import io.mockexo.journal.MessageContent;
import io.mockexo.journal.SmtpSession;
import io.mockexo.standalone.evidence.capture.Capture;
import io.mockexo.standalone.evidence.capture.WireMemory;
import io.mockexo.standalone.evidence.capture.WireRecord;
import io.mockexo.standalone.evidence.log.ProtocolLog;
import io.mockexo.standalone.evidence.log.SenderWords;
import io.mockexo.tls.KeyLogLine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The evidence of one session: its transcript, its JSON, both sides' protocol logs, what the
 * sender's own log will say, the messages that it delivered and, if its bytes are kept, a capture.
 */
public final class SessionEvidence {

  private final ObjectMapper mapper = Wire.mapper();
  private final SessionForm form = new SessionForm(mapper, false);
  private final WireMemory wires;

  public SessionEvidence(WireMemory wires) {
    this.wires = wires;
  }

  /** What the names of its files begin with. */
  public static String name(String endpointName, SmtpSession session) {
    return EvidenceName.of(endpointName, session);
  }

  /** Where what passes on the wires is kept. */
  WireMemory wires() {
    return wires;
  }

  /**
   * The files, the JSON last. Messages for which the journal had no room are not among them.
   *
   * @param secrets whether the capture has the TLS secrets in it, if the session kept some, and
   *     credentials that could be read on the wire; its name says so then
   */
  public List<EvidenceFile> files(String endpointName, SmtpSession session, boolean secrets) {
    return files(endpointName, session, wires.of(endpointName, session), secrets);
  }

  /** As above, with a capture of this. */
  List<EvidenceFile> files(
      String endpointName, SmtpSession session, Optional<WireRecord> wire, boolean secrets) {
    String name = EvidenceName.of(endpointName, session);
    List<EvidenceFile> files = new ArrayList<>();
    files.add(text(name + ".txt", session::transcript));
    files.add(text(name + "-receive.log", () -> log(ProtocolLog.receive(endpointName), session)));
    files.add(text(name + "-send.log", () -> log(ProtocolLog.send(), session)));
    files.add(text(name + "-sender.txt", () -> SenderWords.of(session).toText()));
    List<MailTransaction> messages = session.deliveredMessages();
    for (int i = 0; i < messages.size(); i++) {
      MessageContent content = messages.get(i).content();
      if (content != null) {
        files.add(new EvidenceFile("%s-%d.eml".formatted(name, i + 1), false, content::openStream));
      }
    }
    wire.map(there -> secrets ? open(name, session, there) : shut(name, session, there))
        .ifPresent(files::add);
    files.add(text(name + EvidenceName.MARK, () -> form.write(session).toString()));
    return files;
  }

  private static String log(ProtocolLog log, SmtpSession session) {
    StringBuilder text = new StringBuilder();
    try {
      log.write(List.of(session), session.acceptedAt(), text);
    } catch (IOException e) {
      throw new AssertionError("a StringBuilder throws none", e);
    }
    return text.toString();
  }

  private static EvidenceFile open(String name, SmtpSession session, WireRecord wire) {
    List<KeyLogLine> keyLog = session.keyLog();
    boolean secret = !keyLog.isEmpty() || mayShowCredentials(session);
    return new EvidenceFile(
        name + (secret ? EvidenceName.SECRET_CAPTURE : EvidenceName.CAPTURE),
        secret,
        () -> Capture.withSecrets(wire, keyLog));
  }

  private static EvidenceFile shut(String name, SmtpSession session, WireRecord wire) {
    return new EvidenceFile(
        name + EvidenceName.CAPTURE,
        false,
        () -> mayShowCredentials(session) ? Capture.withoutReceived(wire) : Capture.open(wire));
  }

  /**
   * Whether a password may be read without decrypting anything. As long as a session goes on, one
   * may be on its way that no event tells of yet, and events that were left out tell nothing.
   */
  private static boolean mayShowCredentials(SmtpSession session) {
    return session.sentCredentialsInCleartext()
        || session.eventsDropped() > 0
        || !session.isComplete();
  }

  /** A text that is made when it is read. */
  @FunctionalInterface
  private interface Text {
    String write();
  }

  private static EvidenceFile text(String name, Text text) {
    return new EvidenceFile(
        name, false, () -> new ByteArrayInputStream(text.write().getBytes(UTF_8)));
  }
}
