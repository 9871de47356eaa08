package io.mockexo.internal.smtp;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the reply to an accepted message tells of it.
 *
 * @param number which one of the session, from 1
 * @param messageId null when it has none
 * @param size in bytes
 * @param took from the first of DATA or BDAT to end-of-data
 */
record MailReceipt(int number, @Nullable String messageId, long size, Duration took) {}
