/**
 * What happened: every connection as an {@link io.mockexo.journal.SmtpSession} made of events, and
 * the sessions together as {@link io.mockexo.journal.Sessions}. All immutable; every fact beyond
 * the events is derived from them.
 */
@NullMarked
package io.mockexo.journal;

import org.jspecify.annotations.NullMarked;
