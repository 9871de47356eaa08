package io.mockexo.client.matrix;

import java.util.Locale;

/** How much a sender cares about TLS. */
enum Mode {
  /** It is told not to use it. */
  OFF,
  /** It uses it where it can. */
  OPPORTUNISTIC,
  /** It sends nothing without it. */
  REQUIRED,
  /** Nor to a certificate that is not in order. */
  VERIFIED;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
