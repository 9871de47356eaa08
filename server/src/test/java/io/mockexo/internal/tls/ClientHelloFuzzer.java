package io.mockexo.internal.tls;

import io.mockexo.exchange.Endpoint;
import io.mockexo.fuzz.Check;
import io.mockexo.fuzz.FuzzInput;
import io.mockexo.internal.tls.HelloOutcome.Complete;
import io.mockexo.internal.tls.HelloOutcome.Violation;
import io.mockexo.journal.SessionEvent.ClientHelloReceived;
import io.mockexo.journal.SmtpSession;
import io.mockexo.tls.AlertDescription;
import io.mockexo.tls.ClientHello;
import io.mockexo.tls.TlsJudgement;
import io.mockexo.tls.TlsPolicy;
import io.mockexo.tls.TlsVersion;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The body of a ClientHello, in records as long as the first byte says and segments as long as the
 * second one says: what is read does not depend on either, can be judged, and can be shown.
 */
public final class ClientHelloFuzzer {

  private static final List<TlsPolicy> POLICIES =
      List.of(
          TlsPolicy.exchangeOnline(),
          Fixture.permissive(),
          TlsPolicy.builder().minimumTls(TlsVersion.SSL_3).maximumTls(TlsVersion.TLS_1_1).build());

  private ClientHelloFuzzer() {}

  public static void fuzzerTestOneInput(byte[] input) {
    FuzzInput fuzz = new FuzzInput(input);
    int record = Math.max(1, fuzz.next());
    int segment = Math.max(1, fuzz.next());
    byte[] body = fuzz.rest();

    HelloOutcome whole = read(records(body, TlsRecord.MAX_PLAINTEXT), Integer.MAX_VALUE);
    HelloOutcome cut = read(records(body, record), segment);

    if (whole instanceof Complete complete) {
      Check.same(complete, cut, "outcome when cut");
      checkUse(complete.hello());
    } else {
      Check.that(whole instanceof Violation, "%s", whole);
      Check.same(AlertDescription.DECODE_ERROR, ((Violation) whole).alert(), "alert");
      Check.same(whole, cut, "outcome when cut");
    }
  }

  private static byte[] records(byte[] body, int size) {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.writeBytes(new byte[] {1, 0, (byte) (body.length >>> 8), (byte) body.length});
    message.writeBytes(body);
    byte[] all = message.toByteArray();
    ByteArrayOutputStream records = new ByteArrayOutputStream();
    for (int at = 0; at < all.length; at += size) {
      int length = Math.min(size, all.length - at);
      records.writeBytes(new byte[] {22, 3, 1, (byte) (length >>> 8), (byte) length});
      records.write(all, at, length);
    }
    return records.toByteArray();
  }

  private static HelloOutcome read(byte[] records, int segment) {
    ClientHelloReader reader = new ClientHelloReader();
    int at = 0;
    while (true) {
      int length = Math.min(segment, records.length - at);
      HelloOutcome outcome = reader.read(records, at, length);
      at += length;
      if (!(outcome instanceof HelloOutcome.Incomplete)) {
        return outcome;
      }
      Check.that(at < records.length, "a whole hello is not complete");
    }
  }

  private static void checkUse(ClientHello hello) {
    for (TlsPolicy policy : POLICIES) {
      TlsJudgement judgement = policy.judge(hello);
      if (judgement instanceof TlsJudgement.Accept accept) {
        Check.that(hello.offers(accept.version()), "%s is not offered", accept.version());
        Check.that(hello.cipherSuites().contains(accept.cipherSuite()), "suite not offered");
      }
    }
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    String transcript =
        new SmtpSession(
                1,
                Endpoint.MX,
                address,
                address,
                Instant.EPOCH,
                List.of(new ClientHelloReceived(Duration.ZERO, hello)))
            .transcript();
    Check.that(
        transcript.chars().noneMatch(c -> Character.isISOControl(c) && c != '\n'),
        "control characters in %s",
        transcript);
  }
}
