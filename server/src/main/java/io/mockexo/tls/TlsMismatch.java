package io.mockexo.tls;

/**
 * What a client and a {@link TlsPolicy} do not have in common.
 *
 * @since 0.1
 */
public enum TlsMismatch {
  /** The protocol version: the client's are all too old, or all too new. */
  VERSION,
  /** The cipher suite, for the highest version that both allow. */
  CIPHER_SUITE,
  /** The group of the key exchange, or the signature scheme, that the common suites need. */
  GROUP_OR_SIGNATURE_SCHEME
}
