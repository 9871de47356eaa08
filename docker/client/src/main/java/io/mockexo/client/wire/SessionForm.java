package io.mockexo.client.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.mockexo.exchange.Endpoint;
import io.mockexo.journal.Attempts;
import io.mockexo.journal.SessionEvent;
import io.mockexo.journal.Sessions;
import io.mockexo.journal.SmtpSession;
import io.mockexo.journal.TlsRptFailure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Sessions as JSON. A session is its events; what follows from them ({@code summary}, {@code
 * tlsRpt}, {@code attempts}) is written for those who have no Java, and not read.
 */
public final class SessionForm {

  private static final TypeReference<List<SessionEvent>> EVENTS = new TypeReference<>() {};

  private final ObjectMapper mapper;
  private final ObjectWriter events;

  /**
   * A form.
   *
   * @param mapper from {@link Wire}
   * @param contents whether messages are written with their bytes
   */
  public SessionForm(ObjectMapper mapper, boolean contents) {
    this.mapper = mapper;
    this.events = mapper.writerFor(EVENTS).withAttribute(Wire.CONTENTS, contents);
  }

  /** A snapshot, and what the attempts in it mean together. */
  public ObjectNode write(Sessions snapshot) {
    try (TokenBuffer buffer = new TokenBuffer(mapper, false)) {
      write(snapshot, buffer);
      return mapper.readTree(buffer.asParser());
    } catch (IOException e) {
      throw new IllegalStateException("a snapshot can always be written", e);
    }
  }

  /** As {@link #write(Sessions)}, with only one session at a time in memory. */
  public void write(Sessions snapshot, JsonGenerator json) throws IOException {
    for (Piece piece : pieces(snapshot)) {
      piece.writeTo(json);
    }
  }

  /** Writes something of a snapshot. */
  @FunctionalInterface
  public interface Piece {
    void writeTo(JsonGenerator json) throws IOException;
  }

  /**
   * The pieces of {@link #write(Sessions)} in order, none of which is made before it is written.
   */
  public List<Piece> pieces(Sessions snapshot) {
    return pieces(snapshot, this::write);
  }

  /** As {@link #pieces(Sessions)}, with another form of the single session. */
  public List<Piece> pieces(Sessions snapshot, Function<SmtpSession, ObjectNode> single) {
    List<Piece> pieces = new ArrayList<>();
    pieces.add(json -> begin(snapshot, json));
    snapshot.forEach(session -> pieces.add(json -> mapper.writeTree(json, single.apply(session))));
    pieces.add(JsonGenerator::writeEndArray);
    Attempts attempts = snapshot.attempts();
    pieces.add(json -> json.writeArrayFieldStart("messages"));
    attempts
        .messages()
        .forEach(message -> pieces.add(json -> mapper.writeTree(json, AttemptsForm.of(message))));
    pieces.add(json -> end(attempts, json));
    return pieces;
  }

  private static void begin(Sessions snapshot, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("takenAt", snapshot.takenAt().map(Instant::toString).orElse(null));
    json.writeNumberField("open", snapshot.openCount());
    json.writeNumberField("evicted", snapshot.evicted());
    json.writeBooleanField("quiet", snapshot.isQuiet());
    json.writeArrayFieldStart("sessions");
  }

  private void end(Attempts attempts, JsonGenerator json) throws IOException {
    json.writeEndArray();
    json.writeFieldName("ambiguous");
    mapper.writeTree(json, AttemptsForm.ambiguous(attempts));
    json.writeEndObject();
  }

  /** A session with its events. */
  public ObjectNode write(SmtpSession session) {
    ObjectNode node = head(session);
    node.put("complete", session.isComplete()).put("summary", session.summary());
    node.set("tlsRpt", TlsRptFailure.of(session).map(SessionForm::tlsRpt).orElse(null));
    try {
      node.set("events", mapper.readTree(events.writeValueAsBytes(session.events())));
    } catch (IOException e) {
      throw new IllegalStateException("events can always be written", e);
    }
    return node;
  }

  private static ObjectNode tlsRpt(TlsRptFailure failure) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("resultType", failure.resultType().toString())
        .put("inferred", failure.inferred())
        .put("reason", failure.reason());
  }

  /** Who a session is with, and when it began. */
  public ObjectNode head(SmtpSession session) {
    ObjectNode node =
        mapper
            .createObjectNode()
            .put("endpoint", session.endpoint().name())
            .put("number", session.number())
            .put("peer", new Host(session.peer().getAddress()).toString())
            .put("peerPort", session.peer().getPort());
    session
        .local()
        .ifPresent(
            local ->
                node.put("local", new Host(local.getAddress()).toString())
                    .put("localPort", local.getPort()));
    return node.put("acceptedAt", session.acceptedAt().toString());
  }

  /** A snapshot that was written by {@link #write(Sessions)}. */
  public Sessions readSnapshot(JsonNode node) {
    List<SmtpSession> sessions = new ArrayList<>();
    node.get("sessions").forEach(session -> sessions.add(readSession(session)));
    return new Sessions(
        sessions,
        node.path("evicted").asInt(),
        node.path("open").asInt(),
        node.path("quiet").asBoolean(),
        Optional.ofNullable(node.get("takenAt"))
            .filter(JsonNode::isTextual)
            .map(time -> Instant.parse(time.asText()))
            .orElse(null));
  }

  /** A session that was written by {@link #write(SmtpSession)}. */
  public SmtpSession readSession(JsonNode node) {
    try {
      return new SmtpSession(
          node.get("number").asInt(),
          Endpoint.valueOf(node.get("endpoint").asText()),
          address(node, "peer", "peerPort"),
          node.has("local") ? address(node, "local", "localPort") : null,
          Instant.parse(node.get("acceptedAt").asText()),
          mapper.readValue(mapper.treeAsTokens(node.get("events")), EVENTS));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "session %s is not in the form that this version reads".formatted(node.get("number")), e);
    }
  }

  private static InetSocketAddress address(JsonNode node, String host, String port) {
    return new InetSocketAddress(
        Host.of(node.get(host).asText()).address(), node.get(port).asInt());
  }
}
