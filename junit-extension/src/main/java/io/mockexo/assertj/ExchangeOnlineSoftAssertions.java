package io.mockexo.assertj;

import java.util.function.Consumer;
import org.assertj.core.api.AbstractSoftAssertions;
import org.assertj.core.api.SoftAssertionsProvider;
import org.assertj.core.api.StandardSoftAssertionsProvider;

/**
 * Collects the failures of AssertJ's own assertions, and of those on what a client did, and reports
 * all of them.
 *
 * <pre>{@code
 * ExchangeOnlineSoftAssertions.assertSoftly(
 *     softly -> {
 *       softly.assertThat(sessions).deliveredOnce();
 *       softly.assertThat(sessions.last()).usedTlsAtLeast(TLS_1_2).hasServerName("mx.contoso.com");
 *     });
 * }</pre>
 *
 * @since 0.1
 */
public class ExchangeOnlineSoftAssertions extends AbstractSoftAssertions
    implements StandardSoftAssertionsProvider, ExchangeOnlineSoftAssertionsProvider {

  /** Runs assertions and fails with all that they found. */
  public static void assertSoftly(Consumer<ExchangeOnlineSoftAssertions> assertions) {
    SoftAssertionsProvider.assertSoftly(ExchangeOnlineSoftAssertions.class, assertions);
  }
}
