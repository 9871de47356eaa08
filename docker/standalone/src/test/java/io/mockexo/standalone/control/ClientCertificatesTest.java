package io.mockexo.standalone.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mockexo.journal.SessionEvent.ClientCertificateShown;
import io.mockexo.server.MockExchange;
import io.mockexo.standalone.Tool;
import io.mockexo.standalone.control.Side.Exchanges;
import io.mockexo.tls.CertificateFlaw;
import io.mockexo.tls.CertificateKind;
import io.mockexo.tls.CertificateSpec;
import io.mockexo.tls.ClientIdentity;
import io.mockexo.tls.ClientVerdict;
import io.mockexo.tls.RevocationPoints;
import io.mockexo.tls.ServerCertificate;
import io.mockexo.tls.TestAuthority;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Certificates for clients, from the mock's authority, in any language. */
@Timeout(120)
class ClientCertificatesTest {

  private static final String PATH = "/client-certificates";

  /** Shows the bundle, which is certificate and key in one, and leaves. */
  private static final String PYTHON =
      """
      import smtplib, ssl, sys
      context = ssl.create_default_context(cafile=sys.argv[2])
      context.load_cert_chain(sys.argv[3])
      smtp = smtplib.SMTP('127.0.0.1', int(sys.argv[1]), timeout=30)
      smtp.starttls(context=context)
      smtp.sendmail('a@contoso.com', 'b@contoso.com', 'Subject: hello')
      smtp.quit()
      """;

  private static final String NODE =
      """
      const [net, tls, fs] = ['net', 'tls', 'fs'].map((name) => require(name));
      const [port, ca, file] = process.argv.slice(1);
      const pem = fs.readFileSync(file);
      const socket = net.connect(Number(port), '127.0.0.1');
      let said = 0;
      socket.on('data', (data) => {
        if (!/^\\d\\d\\d .*\\r\\n$/m.test(String(data))) return;
        if (said++ === 0) socket.write('EHLO client.example\\r\\n');
        else if (said === 2) socket.write('STARTTLS\\r\\n');
        else if (said === 3) {
          socket.removeAllListeners('data');
          const inside = tls.connect({socket, ca: fs.readFileSync(ca), cert: pem, key: pem, host: '127.0.0.1'},
            () => inside.write('EHLO client.example\\r\\nQUIT\\r\\n'));
          inside.on('data', (reply) => { if (/^221/m.test(String(reply))) process.exit(0); });
        }
      });
      """;

  @TempDir private Path folder;

  private static ClientIdentity shown(MockExchange mx) {
    return mx.awaitSessions(1).only().events(ClientCertificateShown.class).get(0).client();
  }

  private static String bundle(TestProgram program, String body) {
    Reply reply = program.send("POST", PATH, body);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.text();
  }

  @ParameterizedTest
  @CsvSource({
    "                                        , TRUSTED",
    "'certificateFlaw': 'EXPIRED'            , EXPIRED",
    "'certificateFlaw': 'SELF_SIGNED'        , SELF_SIGNED",
    "'certificateFlaw': 'UNKNOWN_ROOT'       , UNTRUSTED_ROOT",
    "'certificateFlaw': 'REVOKED'            , REVOKED",
    "'certificate': 'ECDSA_P256'             , TRUSTED"
  })
  void a_client_in_python_is_known_by_it(String more, ClientVerdict verdict) throws Exception {
    try (TestProgram program = TestProgram.start()) {
      String rest = more == null ? "" : "," + more.replace("'", "\"");
      Path pem =
          Files.writeString(
              folder.resolve("client.pem"),
              bundle(
                  program,
                  "{\"certificateNames\": [\"mail.contoso.com\", \"192.0.2.1\"]" + rest + "}"));

      run(Tool.PYTHON, program, pem, PYTHON, "-c");

      assertThat(shown(program.mx))
          .isEqualTo(
              new ClientIdentity(
                  "CN=mail.contoso.com,O=Mock Exchange Online",
                  "mail.contoso.com",
                  List.of("mail.contoso.com"),
                  verdict));
    }
  }

  @Test
  void a_client_in_node_is_known_by_it() throws Exception {
    try (TestProgram program = TestProgram.start()) {
      Path pem =
          Files.writeString(
              folder.resolve("client.pem"),
              bundle(program, "{\"certificateNames\": [\"mail.contoso.com\"]}"));

      run(Tool.NODE, program, pem, NODE, "-e");

      assertThat(shown(program.mx).verdict()).isEqualTo(ClientVerdict.TRUSTED);
    }
  }

  private void run(Tool tool, TestProgram program, Path pem, String script, String option)
      throws IOException, InterruptedException {
    Path ca = Files.writeString(folder.resolve("ca.pem"), program.mx.caPem());
    Tool.Run run =
        tool.run(
            folder,
            Map.of(),
            "",
            option,
            script,
            Integer.toString(program.mx.port()),
            ca.toString(),
            pem.toString());
    assertThat(run.exitCode()).as(run.output()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void the_same_in_java_wherever_the_exchange_runs(Side side) throws Exception {
    try (Exchanges exchanges = side.start()) {
      MockExchange mx = exchanges.mx();
      CertificateSpec spec =
          CertificateSpec.forHost("mail.contoso.com").withKind(CertificateKind.ECDSA_P256);
      ServerCertificate certificate = mx.issueToClient(spec.withFlaw(CertificateFlaw.EXPIRED));
      assertThat(certificate.kind()).isEqualTo(CertificateKind.ECDSA_P256);
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(certificate.keyStore("s3cret"), "s3cret".toCharArray());
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(mx.trustStore());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);

      Tls.deliver(mx.port(), context);

      assertThat(shown(mx).verdict()).isEqualTo(ClientVerdict.EXPIRED);
      assertThat(exchanges.client().issueToClient(spec).chain()).hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource(CertificateKind.class)
  void no_server_has_the_key_that_is_told(CertificateKind kind) {
    CertificateSpec spec = CertificateSpec.forHost("mail.contoso.com").withKind(kind);
    PublicKey told = TestAuthority.shared().issueToClient(spec).leaf().getPublicKey();
    assertThat(told).isNotEqualTo(TestAuthority.shared().issue(spec).leaf().getPublicKey());
    assertThat(TestAuthority.shared().issueToClient(spec).leaf().getPublicKey()).isEqualTo(told);
  }

  @Test
  void where_revocation_is_looked_up_cannot_be_said_over_http() {
    try (Exchanges exchanges = Side.REMOTE.start()) {
      URI nowhere = URI.create("http://127.0.0.1:1/");
      CertificateSpec spec =
          CertificateSpec.forHost("mail.contoso.com")
              .withRevocation(new RevocationPoints(nowhere, nowhere));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> exchanges.client().issueToClient(spec))
          .withMessageContaining("cannot be said over the control API");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                                  | ''                  | expected the names
          {"certificateNames": []}                                            | /certificateNames   | a certificate needs a name
          {"certificateNames": ["no good"]}                                   | /certificateNames/0 | cannot stand in a certificate
          {"certificateNames": ["a.example", "a.example"]}                    | /certificateNames/1 | this repeats
          {"certificateNames": ["a.example"], "certificateFlaw": "EXPIERD"}   | /certificateFlaw    | did you mean EXPIRED?
          {"certificateNames": ["a.example"], "flaw": "EXPIRED"}              | /flaw               | there is no such key
          {"certificateNames": ["a.example"], "certificate": "DSA"}           | /certificate        | it is one of
          {"certificateNames": ["a.example"], "subject": "a.example"}         | /subject            | not a distinguished name
          """)
  void a_mistake_is_told_with_its_place(String body, String pointer, String detail) {
    try (TestProgram program = TestProgram.start()) {
      Reply reply = program.send("POST", PATH, body);
      assertThat(reply.status()).as(reply.text()).isEqualTo(400);
      assertThat(reply.json().path("pointer").asText()).isEqualTo(pointer);
      assertThat(reply.json().get("detail").asText()).contains(detail);
    }
  }

  @Test
  void who_wants_one_needs_the_token_if_there_is_one() {
    try (TestProgram program = TestProgram.start("t0ken")) {
      assertThat(program.send("POST", PATH, "{\"certificateNames\": [\"a.example\"]}").status())
          .isEqualTo(401);
    }
  }
}
