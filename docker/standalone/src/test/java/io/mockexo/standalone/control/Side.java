package io.mockexo.standalone.control;

import io.mockexo.client.MockExchangeClient;
import io.mockexo.server.MockExchange;
import io.mockexo.server.MockExchangeOnlineServer;

/** Where a {@link MockExchange} runs: in this JVM, or behind a control API. */
enum Side {
  EMBEDDED,
  REMOTE;

  /** An MX and client submission of the same kind on either side. */
  record Exchanges(
      MockExchange mx,
      MockExchange submission,
      MockExchangeOnlineServer submissionServer,
      TestProgram program,
      MockExchangeClient client)
      implements AutoCloseable {
    @Override
    public void close() {
      client.close();
      program.close();
    }
  }

  Exchanges start() {
    TestProgram program = TestProgram.start("t0ken");
    MockExchangeClient client = MockExchangeClient.connect(program.uri("/"), "t0ken");
    return this == EMBEDDED
        ? new Exchanges(program.mx, program.submission, program.submission, program, client)
        : new Exchanges(
            client.mx(), client.clientSubmission(), program.submission, program, client);
  }
}
