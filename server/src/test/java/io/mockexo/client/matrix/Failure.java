package io.mockexo.client.matrix;

import static io.mockexo.fault.Fault.at;

import io.mockexo.fault.Connections;
import io.mockexo.fault.Drop;
import io.mockexo.fault.Stage;
import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.server.MockExchangeOnlineServerBuilder;
import io.mockexo.tls.CertificateFlaw;
import io.mockexo.tls.TlsVersion;

/** What a receiver does to everybody: a section of the matrix. */
enum Failure {
  NOTHING("nothing is wrong"),
  FIN("FIN at ClientHello"),
  RST("RST at ClientHello"),
  STALL("stall after the 220"),
  NOT_OFFERED("STARTTLS not offered"),
  REPLY_454("454"),
  SELF_SIGNED("self-signed"),
  EXPIRED("expired"),
  WRONG_HOST("wrong host"),
  ONLY_TLS_1_3("TLS 1.3 only"),
  NO_COMMON_CIPHER("cipher mismatch"),
  BLOCKLISTED("blocklisted"),
  HALF_OF_THE_FLEET("FIN at ClientHello on every other connection"),
  OLD_CLIENT("old client, TLS 1.3 only"),
  OLD_CLIENT_OF_HALF("old client, TLS 1.3 only on every other connection");

  /** More connections than any client makes. */
  private static final int MANY = 20;

  private final String title;

  Failure(String title) {
    this.title = title;
  }

  /** Whether clients offer TLS 1.2 at most, because only of such ones anything is demanded. */
  boolean isOfOldClients() {
    return this == OLD_CLIENT || this == OLD_CLIENT_OF_HALF;
  }

  /** The server that does it, on an address of its own. */
  MockExchangeOnlineServer start(String host) {
    MockExchangeOnlineServerBuilder builder = MockExchangeOnlineServer.mx().host(host).threads(1);
    set(builder);
    return builder.start();
  }

  private void set(MockExchangeOnlineServerBuilder exchange) {
    switch (this) {
      case NOTHING -> {}
      case FIN -> exchange.onEveryConnection(at(Stage.CLIENT_HELLO).drop(Drop.FIN));
      case RST -> exchange.onEveryConnection(at(Stage.CLIENT_HELLO).drop(Drop.RST));
      case STALL -> exchange.onEveryConnection(at(Stage.STARTTLS_REPLIED).stall());
      case NOT_OFFERED ->
          exchange.onEveryConnection(
              at(Stage.EHLO).reply("250-mail.contoso.com Hello\n250-SIZE 37748736\n250 8BITMIME"));
      case REPLY_454 ->
          exchange.onEveryConnection(
              at(Stage.STARTTLS).reply("454 4.7.0 TLS not available due to temporary reason"));
      case SELF_SIGNED -> exchange.certificateFlaw(CertificateFlaw.SELF_SIGNED);
      case EXPIRED -> exchange.certificateFlaw(CertificateFlaw.EXPIRED);
      case WRONG_HOST -> exchange.certificateFlaw(CertificateFlaw.WRONG_HOST);
      case ONLY_TLS_1_3, OLD_CLIENT -> exchange.minimumTls(TlsVersion.TLS_1_3);
      case NO_COMMON_CIPHER ->
          exchange.maximumTls(TlsVersion.TLS_1_2).cipherSuites("TLS_RSA_WITH_3DES_EDE_CBC_SHA");
      case BLOCKLISTED -> exchange.blockClients("127.0.0.0/8");
      case OLD_CLIENT_OF_HALF ->
          exchange.onConnections(
              Connections.every().each(2), p -> p.tls(t -> t.minimumTls(TlsVersion.TLS_1_3)));
      case HALF_OF_THE_FLEET -> {
        for (int odd = 1; odd < MANY; odd += 2) {
          exchange.onConnection(odd, at(Stage.CLIENT_HELLO).drop(Drop.FIN));
        }
      }
    }
  }

  @Override
  public String toString() {
    return title;
  }
}
