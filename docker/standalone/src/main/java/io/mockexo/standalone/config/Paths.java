package io.mockexo.standalone.config;

import io.mockexo.client.wire.Setting;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Paths in a configuration. */
final class Paths {

  private Paths() {}

  /** What cannot be a path may have characters in it that spoil a terminal: it is not quoted. */
  static Path of(Setting file) {
    try {
      return Path.of(file.text());
    } catch (InvalidPathException e) {
      throw file.error("this cannot be the path of a file: " + e.getReason());
    }
  }
}
