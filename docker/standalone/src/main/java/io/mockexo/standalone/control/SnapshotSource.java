package io.mockexo.standalone.control;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mockexo.client.wire.SessionForm;
import io.mockexo.journal.Sessions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;

/** A snapshot as JSON, of which only a piece is in memory at a time. */
final class SnapshotSource implements PiecewiseAnswer.Source {

  private static final int ENOUGH = 32 * 1024;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final JsonGenerator json;
  private final Iterator<SessionForm.Piece> pieces;

  SnapshotSource(ObjectMapper mapper, SessionForm form, Sessions snapshot) throws IOException {
    this.json = mapper.getFactory().createGenerator(bytes);
    this.pieces = form.pieces(snapshot).iterator();
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
