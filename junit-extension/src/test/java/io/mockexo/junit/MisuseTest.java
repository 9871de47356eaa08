package io.mockexo.junit;

import static io.mockexo.fault.Drop.FIN;
import static io.mockexo.fault.Drop.RST;
import static io.mockexo.fault.Fault.at;
import static io.mockexo.fault.Stage.BODY;
import static io.mockexo.fault.Stage.CLIENT_HELLO;
import static io.mockexo.fault.Stage.GREETING;
import static io.mockexo.fault.Stage.MAIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.mockexo.exchange.Endpoint;
import io.mockexo.server.MockExchange;
import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.tls.TlsVersion;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is told to somebody who uses the annotations in a way that cannot work. */
@SuppressWarnings("unused")
class MisuseTest {

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

  static class OptionalOfBuilt {
    @MockExchangeOnline(optionalFaults = true)
    MockExchange exchange;

    @Test
    void test() {}
  }

  static class NoServer {
    @Test
    @InjectFault(onConnection = 1, at = MAIL, drop = RST)
    void test() {}
  }

  static class UnknownServer {
    @MockExchangeOnline MockExchange primary;

    @Test
    @InjectFault(onConnection = 1, at = MAIL, drop = RST, server = "primarry")
    void test() {}
  }

  static class SameName {
    @MockExchangeOnline(name = "mx")
    MockExchange primary;

    @MockExchangeOnline(name = "mx")
    MockExchange secondary;

    @BeforeEach
    void before() {}

    @Test
    @InjectFault(onConnection = 1, at = MAIL, drop = RST)
    void test() {}
  }

  abstract static class WithExchange {
    @MockExchangeOnline MockExchange exchange;
  }

  static class TwoEffects extends WithExchange {
    @Test
    @InjectFault(onConnection = 1, at = CLIENT_HELLO, drop = RST, stall = true)
    void test() {}
  }

  static class TwoDrops extends WithExchange {
    @Test
    @InjectFault(
        onConnection = 1,
        at = MAIL,
        drop = {FIN, RST})
    void test() {}
  }

  static class NoEffect extends WithExchange {
    @Test
    @InjectFault(onConnection = 1, at = BODY, afterBytes = 1)
    void test() {}
  }

  static class NoConnection extends WithExchange {
    @Test
    @InjectFault(at = MAIL, drop = RST)
    void test() {}
  }

  static class TwoConnections extends WithExchange {
    @Test
    @InjectFault(onConnection = 1, onAttempts = "every", at = MAIL, drop = RST)
    void test() {}
  }

  static class ConnectionZero extends WithExchange {
    @Test
    @InjectFault(onConnection = 0, at = MAIL, drop = RST)
    void test() {}
  }

  static class ImpossibleEffect extends WithExchange {
    @Test
    @InjectFault(onConnection = 1, at = CLIENT_HELLO, reply = "451 4.7.500 Server busy")
    void test() {}
  }

  static class AttemptBeforeEhlo extends WithExchange {
    @Test
    @InjectFault(onAttempt = 1, at = GREETING, drop = RST)
    void test() {}
  }

  static class OddDelay extends WithExchange {
    @Test
    @InjectFault(onConnection = 1, at = MAIL, delay = "soon")
    void test() {}
  }

  static class CloseAfterDrop extends WithExchange {
    @Test
    @InjectFault(onConnection = 1, at = MAIL, drop = RST, thenClose = true)
    void test() {}
  }

  static class EveryTimeOnMessage extends WithExchange {
    @Test
    @InjectFault(onConnection = 1, at = MAIL, drop = RST, everyTime = true, onMessage = 2)
    void test() {}
  }

  static class SamePlace extends WithExchange {
    @Test
    @InjectFault(onConnection = 1, at = MAIL, drop = RST)
    @InjectFault(onConnection = 1, at = MAIL, stall = true)
    void test() {}
  }

  static class SamePlaceAsBuiltIn {
    @MockExchangeOnline
    final MockExchangeOnlineServer exchange =
        MockExchangeOnlineServer.mx().onConnection(1, at(MAIL).drop(RST)).build();

    @Test
    @InjectFault(onConnection = 1, at = MAIL, stall = true, optional = true)
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
                + " that an adopted server was built with; a fault of the test is optional by"
                + " itself: @InjectFault(..., optional = true)"),
        arguments(
            NoServer.class,
            "@InjectFault on NoServer.test: NoServer.test has no server that could fail; put"
                + " @MockExchangeOnline on a field or a parameter of type MockExchangeOnlineServer"),
        arguments(
            UnknownServer.class,
            "@InjectFault on UnknownServer.test: UnknownServer.test has no server named 'primarry';"
                + " did you mean 'primary'? it has primary"),
        arguments(
            SameName.class,
            "SameName.test has two servers named 'mx', the field primary of SameName and the field"
                + " secondary of SameName; tell them apart with @MockExchangeOnline(name = ...)"),
        arguments(
            TwoEffects.class,
            "@InjectFault on TwoEffects.test: it has 2 effects; a fault has exactly one of drop,"
                + " stall, stopReading, delay, drip, garbage, alert at CLIENT_HELLO"),
        arguments(
            TwoDrops.class,
            "@InjectFault on TwoDrops.test: it has 2 effects; a fault has exactly one of drop, stall,"
                + " stopReading, delay, drip, garbage, reply at MAIL"),
        arguments(
            NoEffect.class,
            "@InjectFault on NoEffect.test: it has no effect; a fault has exactly one of drop, stall,"
                + " stopReading, delay at BODY"),
        arguments(
            NoConnection.class,
            "@InjectFault on NoConnection.test: it must be said exactly once which connections it is"
                + " for, and it is said nowhere; write onConnection = 1, onConnections = \"2-5\" (or"
                + " \"every\"), onAttempt = 1 or onAttempts = \"2-5\""),
        arguments(
            TwoConnections.class,
            "@InjectFault on TwoConnections.test: it must be said exactly once which connections it"
                + " is for, and it is said 2 times; write onConnection = 1, onConnections = \"2-5\""
                + " (or \"every\"), onAttempt = 1 or onAttempts = \"2-5\""),
        arguments(
            ConnectionZero.class,
            "@InjectFault on ConnectionZero.test: connections are numbered from 1, not 0"),
        arguments(
            ImpossibleEffect.class,
            "@InjectFault on ImpossibleEffect.test: at CLIENT_HELLO reply is impossible; possible"
                + " are drop, stall, stopReading, delay, drip, garbage, alert"),
        arguments(
            AttemptBeforeEhlo.class,
            "@InjectFault on AttemptBeforeEhlo.test: at GREETING nobody knows which attempt it is,"
                + " since attempts are counted at EHLO; number the connection instead"),
        arguments(
            OddDelay.class,
            "@InjectFault on OddDelay.test: expected a length of time, for example 500ms, 5s, 2m or"
                + " PT5S, found 'soon'"),
        arguments(
            CloseAfterDrop.class,
            "@InjectFault on CloseAfterDrop.test: only a reply can be followed by a close, not"
                + " drop(RST)"),
        arguments(
            SamePlace.class,
            "@InjectFault on SamePlace.test: onConnection: 1, at(MAIL).stall() can never fire, since"
                + " onConnection: 1, at(MAIL).drop(RST) comes before it, and leaves nothing to it;"
                + " leave one of them out, or give it another connection"),
        arguments(
            SamePlaceAsBuiltIn.class,
            "@InjectFault on SamePlaceAsBuiltIn.test: onConnection: 1, at(MAIL).stall() can never"
                + " fire, since onConnection: 1, at(MAIL).drop(RST) comes before it, and leaves"
                + " nothing to it; leave one of them out, or give it another connection"),
        arguments(
            EveryTimeOnMessage.class,
            "@InjectFault on EveryTimeOnMessage.test: a fault is either for one message or for every"
                + " time"));
  }

  @ParameterizedTest
  @MethodSource("misuse")
  void misuse_is_told_with_its_place_and_the_line_to_write(Class<?> testClass, String message) {
    Cases cases = Cases.run(testClass);

    Throwable failure = cases.failures().get(0);
    // Jupiter says in its own words which parameter it could not resolve, and then why.
    Throwable ours = failure instanceof ParameterResolutionException ? failure.getCause() : failure;
    assertThat(ours).isInstanceOf(ExtensionConfigurationException.class).hasMessage(message);
    assertThat(cases.failures()).hasSize(1);
  }

  static class Plain extends WithExchange {
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
