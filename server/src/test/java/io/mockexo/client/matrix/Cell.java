package io.mockexo.client.matrix;

/**
 * A client that meets a failure.
 *
 * @param number what tells it from the others: its receiver has an address of its own, since some
 *     senders remember of an address what went wrong there
 */
record Cell(Failure failure, Sender sender, Mode mode, int number) {

  /** Of the receiver. */
  String host() {
    return "127.77.%d.%d".formatted(number / 200, 1 + number % 200);
  }

  /** Of the recipient; tells a mail server which receiver is meant. */
  String domain() {
    return "cell-%d.example".formatted(number);
  }

  /** Whether the client offers TLS 1.2 at most. */
  boolean isOld() {
    return failure.isOfOldClients();
  }

  String recipient() {
    return "alice@" + domain();
  }

  /** As it is written in the data. */
  String row() {
    return sender + ", " + mode;
  }

  @Override
  public String toString() {
    return failure + ": " + row();
  }
}
