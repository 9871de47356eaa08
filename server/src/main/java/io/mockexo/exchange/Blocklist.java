package io.mockexo.exchange;

import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The clients whose addresses are banned from sending. A listed client's MAIL is accepted and its
 * RCPT answered with {@code 550 5.7.606} (facts 4). Immutable.
 *
 * @param clients who is listed
 * @param hidesStartTls whether STARTTLS is not offered to them, and refused if sent (seed 1, 2014);
 *     a transcript of 2025 shows it on offer to a listed client (facts 12, item 4)
 * @since 0.1
 */
public record Blocklist(List<CidrBlock> clients, boolean hidesStartTls) {

  public Blocklist {
    clients = List.copyOf(clients);
  }

  /** Nobody is listed; whoever will be is not offered STARTTLS. */
  public static Blocklist empty() {
    return new Blocklist(List.of(), true);
  }

  /** Whether {@code client} is listed. */
  public boolean lists(InetAddress client) {
    return entryFor(client).isPresent();
  }

  /** The first entry that {@code client} falls in; empty if it is not listed. */
  public Optional<CidrBlock> entryFor(InetAddress client) {
    return clients.stream().filter(block -> block.contains(client)).findFirst();
  }

  Blocklist of(Collection<String> cidrs) {
    return new Blocklist(cidrs.stream().map(CidrBlock::parse).toList(), hidesStartTls);
  }

  Blocklist hiding(boolean startTls) {
    return new Blocklist(clients, startTls);
  }
}
