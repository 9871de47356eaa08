package io.mockexo.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes without saying, so that {@code docker run IMAGE --config c.yaml} is enough. */
@Timeout(60)
class CommandDefaultsTest {

  @Test
  void an_option_without_a_command_is_one_of_serve() {
    assertThat(MockExchangeOnline.withCommand("--config", "c.yaml"))
        .containsExactly("serve", "--config", "c.yaml");
    assertThat(MockExchangeOnline.withCommand("--mx-port=0"))
        .containsExactly("serve", "--mx-port=0");
  }

  @Test
  void a_command_is_left_alone_and_so_is_what_the_program_itself_knows() {
    assertThat(MockExchangeOnline.withCommand("health", "--url=x"))
        .containsExactly("health", "--url=x");
    assertThat(MockExchangeOnline.withCommand("--help")).containsExactly("--help");
    assertThat(MockExchangeOnline.withCommand("-V")).containsExactly("-V");
    assertThat(MockExchangeOnline.withCommand()).isEmpty();
  }

  @Test
  void the_environment_can_tell_the_addresses() throws Exception {
    ProcessBuilder program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                MockExchangeOnline.class.getName(),
                "--mx-port=0",
                "--submission-port=0",
                "--control-port=0")
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    program.environment().put("MOCKEXO_HOST", "0.0.0.0");
    program.environment().put("MOCKEXO_CONTROL_HOST", "0.0.0.0");
    Process process = program.start();
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      assertThat(out.readLine()).startsWith("mx: MX on 0.0.0.0:");
      assertThat(out.readLine()).startsWith("client-submission: CLIENT_SUBMISSION on 0.0.0.0:");
      assertThat(out.readLine()).contains("http://0.0.0.0:");
    } finally {
      process.destroyForcibly();
    }
  }
}
