package io.mockexo.tls;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Finds the name that a person most likely meant. */
public final class NearestName {

  private NearestName() {}

  /** The candidate with the least edit distance to {@code name}, ties in alphabetical order. */
  public static String of(String name, Collection<String> candidates) {
    String wanted = name.toUpperCase(Locale.ROOT);
    return candidates.stream()
        .min(
            Comparator.comparingInt(
                    (String candidate) -> distance(wanted, candidate.toUpperCase(Locale.ROOT)))
                .thenComparing(Comparator.naturalOrder()))
        .orElseThrow(() -> new IllegalArgumentException("no candidates for '" + name + "'"));
  }

  /** Levenshtein distance, one row at a time. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitution = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substitution, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
