package io.mockexo.internal.smtp;

/** How much of what clients send may still be kept in memory. */
@FunctionalInterface
public interface ByteBudget {

  /** Takes {@code bytes} out of the budget; false, and nothing taken, if there is no room. */
  boolean reserve(long bytes);
}
