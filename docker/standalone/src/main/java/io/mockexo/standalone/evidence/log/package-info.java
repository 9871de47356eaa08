/**
 * Recorded sessions in the words that administrators know: protocol logs, queue errors, TLS tables.
 */
@NullMarked
package io.mockexo.standalone.evidence.log;

import org.jspecify.annotations.NullMarked;
