package io.mockexo.exchange;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * The clients whose addresses are banned from sending. Immutable.
 *
 * @param kind whose list it is, and so what listed clients are told
 * @param code the last part of {@code 5.7.606} to {@code 5.7.649}, for {@link
 *     BlocklistKind#MICROSOFT}
 * @param clients who is listed
 * @param hidesStartTls whether STARTTLS is not offered to them, and refused if sent
 * @since 0.1
 */
public record Blocklist(
    BlocklistKind kind, int code, List<CidrBlock> clients, boolean hidesStartTls) {

  static final int FIRST_CODE = 606;
  private static final int LAST_CODE = 649;

  /**
   * A list.
   *
   * @throws IllegalArgumentException if there is no such code
   */
  public Blocklist {
    clients = List.copyOf(clients);
    if (code < FIRST_CODE || code > LAST_CODE) {
      throw new IllegalArgumentException(
          "blocklistCode is a number from %d to %d, not %d".formatted(FIRST_CODE, LAST_CODE, code));
    }
  }

  /** Whether {@code client} is listed. */
  public boolean lists(InetAddress client) {
    return entryFor(client).isPresent();
  }

  /** The first entry that {@code client} falls in; empty if it is not listed. */
  public Optional<CidrBlock> entryFor(InetAddress client) {
    return clients.stream().filter(block -> block.contains(client)).findFirst();
  }
}
