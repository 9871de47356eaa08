package io.mockexo.standalone.control;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mockexo.client.wire.SessionForm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;

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
