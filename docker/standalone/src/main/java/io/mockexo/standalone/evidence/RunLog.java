package io.mockexo.standalone.evidence;

import io.mockexo.journal.SmtpSession;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A file of the whole run, in the folder of the evidence, that every session adds to, as protocol
 * logs are.
 */
@FunctionalInterface
public interface RunLog {

  /**
   * Adds a complete session; called on one thread, in the order of completion.
   *
   * @param folder that of the evidence
   */
  void append(Path folder, String endpointName, SmtpSession session) throws IOException;
}
