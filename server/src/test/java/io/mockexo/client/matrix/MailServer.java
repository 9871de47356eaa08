package io.mockexo.client.matrix;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A client that queues, tries again when it thinks fit, and writes a log. */
abstract non-sealed class MailServer implements Client {

  static final String HOST_NAME = "sender.example";

  /** Seconds for an answer to STARTTLS and for each step of the handshake. */
  static final int PATIENCE = 5;

  /** The receiver of a cell's message. */
  record Route(String host, int port) {}

  @Override
  public List<Mode> modes() {
    return List.of(Mode.OPPORTUNISTIC, Mode.REQUIRED, Mode.VERIFIED);
  }

  /**
   * Starts one for all cells.
   *
   * @param ca a file with the certificate to trust
   */
  abstract Running start(Map<Cell, Route> routes, Path ca);

  /** One that runs. */
  interface Running extends AutoCloseable {

    /** Queues the message of a cell. */
    void submit(Cell cell);

    /**
     * What its log has of that message so far, in short; the last line begins with {@code sent} or
     * {@code bounced} when it is done with it.
     */
    List<String> log(Cell cell);

    @Override
    void close();
  }
}
