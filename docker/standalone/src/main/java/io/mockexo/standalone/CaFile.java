package io.mockexo.standalone;

import io.mockexo.standalone.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The file that clients are told to trust: the certificate of the test CA. */
final class CaFile {

  private CaFile() {}

  /**
   * Writes the certificate, over that of an earlier run if there is one.
   *
   * @throws ConfigurationException if that cannot be
   */
  static void write(Path path, String caPem) {
    try {
      Files.writeString(path, caPem);
    } catch (NoSuchFileException e) {
      throw refused(path, "there is no such folder");
    } catch (IOException e) {
      throw refused(path, Files.isDirectory(path) ? "this is a folder" : "cannot be written");
    }
  }

  private static ConfigurationException refused(Path path, String reason) {
    return new ConfigurationException("--ca-file: %s: %s".formatted(path, reason));
  }
}
