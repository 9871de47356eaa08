package io.mockexo.standalone.control;

import io.mockexo.standalone.evidence.EvidenceFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** An archive of files, which is made while it is sent. */
final class ZipSource implements PiecewiseAnswer.Source {

  private static final int PIECE = 32 * 1024;

  private final Iterator<EvidenceFile> files;
  private final ByteArrayOutputStream made = new ByteArrayOutputStream();
  private final ZipOutputStream zip = new ZipOutputStream(made);
  private @Nullable InputStream present;
  private boolean finished;

  ZipSource(Iterator<EvidenceFile> files) {
    this.files = files;
  }

  @Override
  public byte[] next() throws IOException {
    made.reset();
    while (made.size() == 0 && !finished) {
      advance();
    }
    return made.toByteArray();
  }

  private void advance() throws IOException {
    if (present != null) {
      byte[] piece = present.readNBytes(PIECE);
      zip.write(piece);
      if (piece.length < PIECE) {
        present.close();
        present = null;
        zip.closeEntry();
      }
    } else if (files.hasNext()) {
      EvidenceFile file = files.next();
      zip.putNextEntry(new ZipEntry(file.name()));
      present = file.content().open();
    } else {
      zip.finish();
      finished = true;
    }
  }
}
