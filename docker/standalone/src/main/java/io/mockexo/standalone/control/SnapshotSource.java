package io.mockexo.standalone.control;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mockexo.client.wire.SessionForm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** A snapshot as JSON, of which only a piece is in memory at a time. */
final class SnapshotSource implements PiecewiseAnswer.Source {

  private static final int ENOUGH = 32 * 1024;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final JsonGenerator json;
  private final Iterator<SessionForm.Piece> pieces;

  SnapshotSource(ObjectMapper mapper, List<SessionForm.Piece> pieces) throws IOException {
    this.json = mapper.getFactory().createGenerator(bytes);
    this.pieces = pieces.iterator();
  }

  /**
   * The pieces of an object that has a snapshot in it, as its last value.
   *
   * @param head the values before it
   */
  static List<SessionForm.Piece> within(
      ObjectNode head, String name, List<SessionForm.Piece> snapshot) {
    List<SessionForm.Piece> pieces = new ArrayList<>();
    pieces.add(
        json -> {
          json.writeStartObject();
          for (Map.Entry<String, JsonNode> value : head.properties()) {
            json.writeFieldName(value.getKey());
            json.writeTree(value.getValue());
          }
          json.writeFieldName(name);
        });
    pieces.addAll(snapshot);
    pieces.add(JsonGenerator::writeEndObject);
    return pieces;
  }

  @Override
  public byte[] next() throws IOException {
    bytes.reset();
    while (pieces.hasNext() && bytes.size() < ENOUGH) {
      pieces.next().writeTo(json);
      json.flush();
    }
    return bytes.toByteArray();
  }
}
