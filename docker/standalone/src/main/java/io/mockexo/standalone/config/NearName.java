package io.mockexo.standalone.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that a person most likely meant, if one is close enough to be worth saying. */
final class NearName {

  private NearName() {}

  /**
   * The candidate that is a slip away from {@code name}: at most a third of its letters wrong,
   * whatever the case and the signs between them. Empty if there is none, or more than one.
   */
  static Optional<String> among(Collection<String> candidates, String name) {
    String wanted = letters(name);
    int least = Math.max(1, wanted.length() / 3);
    List<String> nearest = new ArrayList<>();
    for (String candidate : candidates) {
      String there = letters(candidate);
      if (Math.abs(there.length() - wanted.length()) > least) {
        continue;
      }
      int distance = distance(wanted, there);
      if (distance < least) {
        nearest.clear();
        least = distance;
      }
      if (distance == least) {
        nearest.add(candidate);
      }
    }
    return nearest.size() == 1 ? Optional.of(nearest.get(0)) : Optional.empty();
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
