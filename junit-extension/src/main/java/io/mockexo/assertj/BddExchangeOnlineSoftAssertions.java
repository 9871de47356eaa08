package io.mockexo.assertj;

import java.util.function.Consumer;
import org.assertj.core.api.AbstractSoftAssertions;
import org.assertj.core.api.BDDSoftAssertionsProvider;
import org.assertj.core.api.SoftAssertionsProvider;

/**
 * {@link ExchangeOnlineSoftAssertions} in the words of behavior-driven development.
 *
 * @since 0.1
 */
public class BddExchangeOnlineSoftAssertions extends AbstractSoftAssertions
    implements BDDSoftAssertionsProvider, BddExchangeOnlineSoftAssertionsProvider {

  /** Runs assertions and fails with all that they found. */
  public static void thenSoftly(Consumer<BddExchangeOnlineSoftAssertions> assertions) {
    SoftAssertionsProvider.assertSoftly(BddExchangeOnlineSoftAssertions.class, assertions);
  }
}
