package io.mockexo.standalone.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.standalone.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The tests of {@code docker/examples}, which are what users of other languages begin with. */
@Timeout(120)
class ExamplesTest {

  private static final Path EXAMPLES = Path.of("..", "examples");

  private final TestProgram program = TestProgram.start();

  @AfterEach
  void stop() {
    program.close();
  }

  private Tool.Run run(Tool tool, Path folder, String... arguments)
      throws IOException, InterruptedException {
    Map<String, String> environment =
        Map.of(
            "MOCKEXO_CONTROL",
            "http://127.0.0.1:" + program.control.port(),
            "PYTHONDONTWRITEBYTECODE",
            "1");
    return tool.run(folder, environment, "", arguments);
  }

  @Test
  void node() throws Exception {
    Path folder = EXAMPLES.resolve("node");
    if (!Files.isDirectory(folder.resolve("node_modules/nodemailer"))) {
      throw Tool.missing("nodemailer is not installed: npm ci in docker/examples/node installs it");
    }
    assertPassed(run(Tool.NODE, folder, "--test"), "# pass 2\n");
  }

  @Test
  void python() throws Exception {
    assertPassed(run(Tool.PYTHON, EXAMPLES.resolve("python"), "-m", "unittest"), "Ran 2 tests ");
  }

  /** That nobody connected would mean that another program was tested. */
  private void assertPassed(Tool.Run run, String summary) {
    assertThat(run.output()).contains(summary);
    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(program.mx.accepted()).isPositive();
  }
}
