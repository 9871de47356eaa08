package io.mockexo.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.mockexo.exchange.Endpoint;
import io.mockexo.server.MockExchange;
import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.tls.TlsVersion;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is told to somebody who declares a server in a way that cannot work. */
@SuppressWarnings("unused")
class MisusedServerTest {

  static class StaticFinalNull {
    @MockExchangeOnline private static final MockExchangeOnlineServer exchange = null;

    @Test
    void test() {}
  }

  static class FinalNull {
    @MockExchangeOnline private final MockExchangeOnlineServer exchange = null;

    @Test
    void test() {}
  }

  static class WrongType {
    @MockExchangeOnline String exchange;

    @Test
    void test() {}
  }

  static class WrongParameter {
    @Test
    void test(@MockExchangeOnline Object exchange) {}
  }

  static class AttributesOfAdopted {
    @MockExchangeOnline(minimumTls = TlsVersion.TLS_1_3, blockClients = "10.0.0.0/8")
    MockExchange exchange = MockExchangeOnlineServer.mx().build();

    @Test
    void test() {}
  }

  static class ClosedOne {
    @MockExchangeOnline MockExchangeOnlineServer exchange = closed();

    private static MockExchangeOnlineServer closed() {
      MockExchangeOnlineServer server = MockExchangeOnlineServer.mx().start();
      server.close();
      return server;
    }

    @Test
    void test() {}
  }

  static class TwoVersions {
    @MockExchangeOnline(minimumTls = {TlsVersion.TLS_1_2, TlsVersion.TLS_1_3})
    MockExchange exchange;

    @Test
    void test() {}
  }

  static class NoSuchSuite {
    @MockExchangeOnline(cipherSuites = "TLS_AES_256_GCM_SHA348")
    MockExchange exchange;

    @Test
    void test() {}
  }

  static class AccountsOfMx {
    @MockExchangeOnline(accounts = @MailAccount(user = "alice@contoso.com", password = "s3cret"))
    MockExchange exchange;

    @Test
    void test() {}
  }

  static class SameUserTwice {
    @MockExchangeOnline(
        endpoint = Endpoint.CLIENT_SUBMISSION,
        accounts = {
          @MailAccount(user = "alice@contoso.com", password = "s3cret"),
          @MailAccount(user = "Alice@contoso.com", accessToken = "s3cret")
        })
    MockExchange exchange;

    @Test
    void test() {}
  }

  static class NoCredentials {
    @MockExchangeOnline(
        endpoint = Endpoint.CLIENT_SUBMISSION,
        accounts = @MailAccount(user = "alice@contoso.com"))
    MockExchange exchange;

    @Test
    void test() {}
  }

  static class DomainsOfSubmission {
    @MockExchangeOnline(endpoint = Endpoint.CLIENT_SUBMISSION, acceptedDomains = "contoso.com")
    MockExchange exchange;

    @Test
    void test() {}
  }

  static class UnknownScenario {
    @MockExchangeOnline(scenario = "throtled")
    MockExchange exchange;

    @Test
    void test() {}
  }

  static class ScenarioOfAnotherEndpoint {
    @MockExchangeOnline(scenario = "throttled", endpoint = Endpoint.CLIENT_SUBMISSION)
    MockExchange exchange;

    @Test
    void test() {}
  }

  static class OptionalOfBuilt {
    @MockExchangeOnline(optionalFaults = true)
    MockExchange exchange;

    @Test
    void test() {}
  }

  static Stream<Arguments> misuse() {
    return Stream.of(
        arguments(
            StaticFinalNull.class,
            "@MockExchangeOnline on field exchange of StaticFinalNull: it is final and null, so that"
                + " no server can be put into it. Leave out final: @MockExchangeOnline static"
                + " MockExchangeOnlineServer exchange;"),
        arguments(
            FinalNull.class,
            "@MockExchangeOnline on field exchange of FinalNull: it is final and null, so that no"
                + " server can be put into it. Leave out final: @MockExchangeOnline"
                + " MockExchangeOnlineServer exchange;"),
        arguments(
            WrongType.class,
            "@MockExchangeOnline on field exchange of WrongType: its type is String, but it has to"
                + " be MockExchangeOnlineServer or MockExchange"),
        arguments(
            WrongParameter.class,
            "@MockExchangeOnline on parameter 1 of WrongParameter.test: its type is Object, but it"
                + " has to be MockExchangeOnlineServer or MockExchange"),
        arguments(
            AttributesOfAdopted.class,
            "@MockExchangeOnline on field exchange of AttributesOfAdopted: it has a value already,"
                + " so that minimumTls and blockClients would have no effect. Either say it where"
                + " the server is made, for example"
                + " MockExchangeOnlineServer.mx().minimumTls(TLS_1_3).build(), or leave the field"
                + " without a value"),
        arguments(
            ClosedOne.class,
            "@MockExchangeOnline on field exchange of ClosedOne: the server in it has been closed,"
                + " and cannot be started again. Let every test make a new one, or start it yourself"
                + " where it is made: .start()"),
        arguments(
            TwoVersions.class,
            "@MockExchangeOnline on field exchange of TwoVersions: minimumTls has 2 values; it is an"
                + " array only so that it can be left out, write one value without braces"),
        arguments(
            NoSuchSuite.class,
            "@MockExchangeOnline on field exchange of NoSuchSuite: cipher suite"
                + " 'TLS_AES_256_GCM_SHA348' is not known; the nearest that can be negotiated is"
                + " TLS_AES_256_GCM_SHA384"),
        arguments(
            AccountsOfMx.class,
            "@MockExchangeOnline on field exchange of AccountsOfMx: accounts have no effect on MX,"
                + " which has no AUTH; write endpoint = CLIENT_SUBMISSION"),
        arguments(
            SameUserTwice.class,
            "@MockExchangeOnline on field exchange of SameUserTwice: accounts have Alice@contoso.com"
                + " twice"),
        arguments(
            NoCredentials.class,
            "@MockExchangeOnline on field exchange of NoCredentials: an account needs a password or"
                + " an access token"),
        arguments(
            DomainsOfSubmission.class,
            "@MockExchangeOnline on field exchange of DomainsOfSubmission: acceptedDomains have no"
                + " effect on CLIENT_SUBMISSION; they are for MX"),
        arguments(
            OptionalOfBuilt.class,
            "@MockExchangeOnline on field exchange of OptionalOfBuilt: optionalFaults is for faults"
                + " of a scenario or of an adopted server; a fault of the test is optional by"
                + " itself: @InjectFault(..., optional = true)"));
  }

  @Test
  void a_scenario_that_cannot_be_is_told_with_those_that_can() {
    assertThat(Cases.run(UnknownScenario.class).configurationError())
        .hasMessageStartingWith(
            "@MockExchangeOnline on field exchange of UnknownScenario: there is no scenario"
                + " 'throtled'; did you mean 'throttled'? known are ");
    assertThat(Cases.run(ScenarioOfAnotherEndpoint.class).configurationError())
        .hasMessageStartingWith(
            "@MockExchangeOnline on field exchange of ScenarioOfAnotherEndpoint: throttled is a"
                + " scenario of MX, and this endpoint is CLIENT_SUBMISSION; CLIENT_SUBMISSION has: ");
  }

  @ParameterizedTest
  @MethodSource("misuse")
  void misuse_is_told_with_its_place_and_the_line_to_write(Class<?> testClass, String message) {
    assertThat(Cases.run(testClass).configurationError()).hasMessage(message);
  }

  static class Plain {
    @MockExchangeOnline MockExchange exchange;

    @Test
    void test() {
      Client.visit(exchange);
    }
  }

  @Test
  void odd_configuration_parameters_are_told() {
    assertThat(Cases.run(Map.of("mockexo.transcripts", "yes"), Plain.class).failure())
        .isEqualTo(
            "the configuration parameter mockexo.transcripts is 'yes'; it can be on-failure or"
                + " always");
    assertThat(Cases.run(Map.of("mockexo.await.timeout", "0s"), Plain.class).failure())
        .endsWith(
            "the configuration parameter mockexo.await.timeout: awaitTimeout must be longer than"
                + " nothing: PT0S");
  }
}
