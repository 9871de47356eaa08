/**
 * What a TLS handshake is about: versions, cipher suites, the ClientHello as received, and the
 * policy that judges it. No type here does any I/O.
 */
@NullMarked
package io.mockexo.tls;

import org.jspecify.annotations.NullMarked;
