package io.mockexo.exchange;

/**
 * How relaying is refused to a client in cleartext where a connector asks for a certificate. The
 * sources differ (facts 4).
 *
 * @since 0.1
 */
public enum RelayRefusal {
  /** {@code 550 5.7.0 Relay Access Denied}: seed 0, of the fallback of such a client. D. */
  RELAY_ACCESS_DENIED_5_7_0,
  /** {@code 550 5.7.64 TenantAttribution; Relay Access Denied}: as to any other client. V. */
  TENANT_ATTRIBUTION_5_7_64
}
