package io.mockexo.standalone.evidence;

import java.io.IOException;
import java.io.InputStream;

/**
 * A file of evidence.
 *
 * @param name its name, without a folder
 * @param secret whether it is for its owner alone
 * @param content made while it is read, so that it is never in memory as a whole
 */
public record EvidenceFile(String name, boolean secret, Content content) {

  /** What is in a file. */
  @FunctionalInterface
  public interface Content {
    /** Reads it from the beginning. */
    InputStream open() throws IOException;
  }
}
