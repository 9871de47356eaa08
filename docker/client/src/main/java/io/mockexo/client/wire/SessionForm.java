package io.mockexo.client.wire;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mockexo.exchange.Endpoint;
import io.mockexo.journal.Attempts;
import io.mockexo.journal.SessionEvent;
import io.mockexo.journal.Sessions;
import io.mockexo.journal.SmtpSession;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sessions as JSON. A session is its events; what follows from them ({@code summary}, {@code
 * attempts}) is written for those who have no Java, and not read.
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
    ObjectNode node = mapper.createObjectNode();
    node.put("takenAt", snapshot.takenAt().map(Instant::toString).orElse(null))
        .put("open", snapshot.openCount())
        .put("evicted", snapshot.evicted())
        .put("quiet", snapshot.isQuiet());
    ArrayNode sessions = node.putArray("sessions");
    snapshot.forEach(session -> sessions.add(write(session)));
    Attempts attempts = snapshot.attempts();
    ArrayNode messages = node.putArray("messages");
    attempts.messages().forEach(message -> messages.add(AttemptsForm.of(message)));
    node.set("ambiguous", AttemptsForm.ambiguous(attempts));
    return node;
  }

  /** A session with its events. */
  public ObjectNode write(SmtpSession session) {
    ObjectNode node = head(session);
    node.put("complete", session.isComplete()).put("summary", session.summary());
    try {
      node.set("events", mapper.readTree(events.writeValueAsBytes(session.events())));
    } catch (IOException e) {
      throw new IllegalStateException("events can always be written", e);
    }
    return node;
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
