package io.mockexo.client.matrix;

import java.util.List;

/** A program that sends mail. */
sealed interface Client permits OneShot, MailServer {

  /** The modes that it has. */
  List<Mode> modes();
}
