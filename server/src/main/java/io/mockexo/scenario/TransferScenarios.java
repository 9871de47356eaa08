package io.mockexo.scenario;

import static io.mockexo.exchange.Endpoint.CLIENT_SUBMISSION;
import static io.mockexo.exchange.Endpoint.MX;
import static io.mockexo.fault.Fault.at;
import static io.mockexo.scenario.Conduct.Outcome.DELIVERED_OVER_TLS;

import io.mockexo.fault.Connections;
import io.mockexo.fault.Drop;
import io.mockexo.fault.ExchangeError;
import io.mockexo.fault.FaultScript;
import io.mockexo.fault.Stage;
import java.util.List;

/** TLS is well, and the mail does not come through at once. */
final class TransferScenarios {

  private TransferScenarios() {}

  static List<Scenario> all() {
    return List.of(throttled(), acknowledgementLost());
  }

  /** Facts 4. */
  private static Scenario throttled() {
    String comesAgain = "waits, and delivers at the third connection";
    return Scenario.builder(
            "throttled", "Exchange Online is busy: 451 4.7.500 twice, then it accepts")
        .at(MX)
        .seenAs("451 4.7.500 Server busy. Please try again later from")
        .because("The sender's address has sent too much, or is not known yet.")
        .script(
            FaultScript.empty()
                .and(Connections.connections(1, 2), ExchangeError.SERVER_BUSY.fault().everyTime()))
        .opportunistic(DELIVERED_OVER_TLS, comesAgain)
        .requiringTls(DELIVERED_OVER_TLS, comesAgain)
        .remedy("None: a sender that comes again, with growing pauses, gets through.")
        .source("Microsoft's list of NDR codes, 451 4.7.500 to 699")
        .build();
  }

  private static Scenario acknowledgementLost() {
    String sendsAgain =
        "sends the message again, since it was told nothing: the recipient may get it twice";
    return Scenario.builder(
            "acknowledgement-lost", "The connection is lost after end-of-data, before the reply")
        .at(MX, CLIENT_SUBMISSION)
        .seenAs(
            "lost connection while sending end of data -- message may be sent more than once",
            "the recipient has the message twice")
        .because("The message has arrived; the reply that says so has not.")
        .script(
            FaultScript.empty()
                .and(Connections.connection(1), at(Stage.END_OF_DATA).drop(Drop.RST)))
        .opportunistic(DELIVERED_OVER_TLS, sendsAgain)
        .requiringTls(DELIVERED_OVER_TLS, sendsAgain)
        .remedy("Keep the Message-ID at each try, so that the recipient's server can see a copy.")
        .source("RFC 5321, section 4.5.3.2.6; RFC 1047")
        .build();
  }
}
