package io.mockexo.tls;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the name that a person most likely meant. Case counts for nothing, nor do the signs between
 * letters and digits.
 *
 * @since 0.1
 */
public final class NearestName {

  private NearestName() {}

  /**
   * The candidate with the fewest wrong letters, ties in alphabetical order.
   *
   * @throws IllegalArgumentException if there are no candidates
   */
  public static String of(String name, Collection<String> candidates) {
    String wanted = letters(name);
    return candidates.stream()
        .min(
            Comparator.comparingInt((String candidate) -> distance(wanted, letters(candidate)))
                .thenComparing(Comparator.naturalOrder()))
        .orElseThrow(() -> new IllegalArgumentException("no candidates for '" + name + "'"));
  }

  /**
   * The one candidate that is only a slip away: at most a third of the letters wrong. Empty if
   * there is none, or more than one.
   */
  public static Optional<String> closeTo(String name, Collection<String> candidates) {
    String wanted = letters(name);
    int slip = Math.max(1, wanted.length() / 3);
    List<String> close =
        candidates.stream()
            .filter(candidate -> Math.abs(letters(candidate).length() - wanted.length()) <= slip)
            .toList();
    if (close.isEmpty()) {
      return Optional.empty();
    }
    String nearest = of(name, close);
    int least = distance(wanted, letters(nearest));
    long equallyNear =
        close.stream().filter(candidate -> distance(wanted, letters(candidate)) == least).count();
    return least <= slip && equallyNear == 1 ? Optional.of(nearest) : Optional.empty();
  }

  private static String letters(String name) {
    return name.replaceAll("[^A-Za-z0-9]", "").toUpperCase(Locale.ROOT);
  }

  /** How many letters are wrong, missing, too many, or have changed places with the next. */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int wrong = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(d[i - 1][j - 1] + wrong, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
