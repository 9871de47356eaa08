package io.mockexo.standalone.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.exchange.Throttling;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the lab runs with, and {@code serve} by itself does not. */
class LabConfigurationTest {

  @Test
  void the_lab_limits_its_clients() {
    Configuration lab = ConfigurationReader.read(Path.of("..", "lab", "mock.yaml"));
    ExchangeProfile mx = lab.endpoints().get(0).profile().build();
    ExchangeProfile submission = lab.endpoints().get(1).profile().build();

    assertThat(mx.throttling().greylisting()).isPositive();
    assertThat(mx.maxRecipientsPerDomain()).isEqualTo(200);
    assertThat(submission.throttling()).isEqualTo(Throttling.published(Endpoint.CLIENT_SUBMISSION));
    assertThat(submission.tarpit()).isEqualTo(Duration.ofSeconds(5));
    assertThat(submission.tenant().accounts()).hasSize(1);
  }

  @Test
  void serve_by_itself_does_not() {
    assertThat(Configuration.defaults().endpoints())
        .extracting(endpoint -> endpoint.profile().build())
        .allSatisfy(
            profile -> {
              assertThat(profile.throttling()).isEqualTo(Throttling.none());
              assertThat(profile.tarpit()).isZero();
            });
  }
}
