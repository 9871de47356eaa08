package io.mockexo.client.matrix;

import io.mockexo.client.Tool;

/** Scripts that print what they caught on a line behind {@code told:}. */
final class Scripts {

  private static final String TOLD = "told: ";

  private Scripts() {}

  static String told(Tool.Run run) {
    String end = OneShot.told(run, line -> false);
    if (run.exitCode() == 0) {
      return "no error";
    }
    if (end.equals(OneShot.NO_END)) {
      return end;
    }
    int begin = run.output().indexOf(TOLD);
    return Plain.text(
        begin < 0
            ? run.output().strip().lines().reduce((a, b) -> b).orElse("")
            : run.output().substring(begin + TOLD.length()).replaceAll("\\s+", " "));
  }
}
