package io.mockexo.client;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.mockexo.client.ControlApi.Answer;
import io.mockexo.client.wire.SessionForm;
import io.mockexo.exchange.AccessTokenSpec;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.exchange.ExchangeProfileBuilder;
import io.mockexo.fault.Connections;
import io.mockexo.fault.Fault;
import io.mockexo.fault.FaultScript;
import io.mockexo.fault.ScriptedFault;
import io.mockexo.journal.AwaitTimeoutError;
import io.mockexo.journal.MailTransaction;
import io.mockexo.journal.MessageContent;
import io.mockexo.journal.Sessions;
import io.mockexo.journal.SmtpSession;
import io.mockexo.scenario.Scenario;
import io.mockexo.server.MockExchange;
import io.mockexo.tls.CertificateSpec;
import io.mockexo.tls.ServerCertificate;
import io.mockexo.tls.TrustAnchor;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/** An endpoint of a program that runs elsewhere. */
final class RemoteExchange implements MockExchange {

  /** The API holds no request open for longer. */
  private static final Duration LONGEST = Duration.ofHours(1);

  private static final String WITH_CONTENTS = "contents=base64";

  private final ControlApi api;
  private final SessionForm form;
  private final RemoteProfile profiles;
  private final RemoteConnections connections;
  private final String path;
  private final InetAddress host;
  private final int port;

  RemoteExchange(ControlApi api, String name, InetAddress host, int port) {
    this.api = api;
    this.form = new SessionForm(api.mapper(), true);
    this.path =
        "endpoints/" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20") + "/";
    this.profiles = new RemoteProfile(api, path + "profile");
    this.connections = new RemoteConnections(api, path + "connections", profiles);
    this.host = host;
    this.port = port;
  }

  /** All that there is of a session, as a zip archive. */
  byte[] evidence(int session, boolean secrets) {
    return api.bytes("%ssessions/%d/evidence?secrets=%b".formatted(path, session, secrets));
  }

  @Override
  public String host() {
    return host.getHostAddress();
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public ExchangeProfile profile() {
    return profiles.get();
  }

  @Override
  public void updateProfile(UnaryOperator<ExchangeProfileBuilder> change) {
    profiles.update(change);
  }

  /** Asks the token endpoint of the program, as an OAuth 2.0 client does. */
  @Override
  public String accessToken(AccessTokenSpec spec) {
    return TokenForm.of(spec).send(api);
  }

  @Override
  public void onConnections(Connections on, UnaryOperator<ExchangeProfileBuilder> change) {
    connections.add(on, change);
  }

  @Override
  public void replaceConnectionProfiles(
      Map<Connections, UnaryOperator<ExchangeProfileBuilder>> changes) {
    connections.replace(changes);
  }

  @Override
  public Map<Connections, ExchangeProfile> connectionProfiles() {
    return connections.get();
  }

  /** By its name: the program has the rules that the endpoint was started with. */
  @Override
  public void apply(Scenario scenario) {
    api.change("POST", path + "scenario", Map.of("scenario", scenario.name()));
  }

  @Override
  public void inject(Connections on, Fault... faults) {
    api.change(
        "POST",
        path + "faults",
        Stream.of(faults).map(fault -> new ScriptedFault(on, fault)).toList());
  }

  @Override
  public FaultScript script() {
    return new FaultScript(faults(path + "faults"));
  }

  @Override
  public List<ScriptedFault> unfiredFaults() {
    return faults(path + "faults?unfired=true");
  }

  private List<ScriptedFault> faults(String where) {
    return api.mapper().convertValue(api.get(where), new TypeReference<>() {});
  }

  @Override
  public String caPem() {
    return api.text("ca.pem");
  }

  @Override
  public SSLContext clientSslContext() {
    return TrustAnchor.ofPem(caPem()).clientSslContext();
  }

  @Override
  public KeyStore trustStore() {
    return TrustAnchor.ofPem(caPem()).trustStore();
  }

  @Override
  public ServerCertificate issueToClient(CertificateSpec spec) {
    return api.issue(spec);
  }

  @Override
  public Sessions sessions() {
    return snapshot("complete");
  }

  @Override
  public List<SmtpSession> open() {
    return snapshot("open").list();
  }

  @Override
  public List<MessageContent> messages() {
    return snapshot("all").deliveredMessages().stream()
        .map(MailTransaction::content)
        .flatMap(Stream::ofNullable)
        .toList();
  }

  private Sessions snapshot(String state) {
    return form.readSnapshot(api.get(path + "sessions?" + WITH_CONTENTS + "&state=" + state));
  }

  @Override
  public Sessions awaitSessions(int n, Duration timeout) {
    return await("await=" + n, timeout);
  }

  @Override
  public Sessions awaitMessages(int n, Duration timeout) {
    return await("messages=" + n, timeout);
  }

  @Override
  public Sessions awaitQuiet(Duration period, Duration timeout) {
    return await("quiet=" + period, timeout);
  }

  private Sessions await(String what, Duration timeout) {
    return await(what, timeout, timeout.isNegative() ? Duration.ZERO : timeout);
  }

  private Sessions await(String what, Duration timeout, Duration patience) {
    Duration now = patience.compareTo(LONGEST) > 0 ? LONGEST : patience;
    String where = path + "sessions?" + WITH_CONTENTS + "&" + what + "&timeout=" + now;
    Answer answer = api.send("GET", where, null, now);
    if (answer.status() == 200) {
      return form.readSnapshot(api.json(answer));
    } else if (answer.status() != 408) {
      throw api.problem(answer, where);
    } else if (patience.compareTo(now) > 0) {
      return await(what, timeout, patience.minus(now));
    }
    JsonNode late = api.json(answer);
    throw new AwaitTimeoutError(
        late.get("awaited").asText(),
        timeout,
        late.get("found").asText(),
        form.readSnapshot(late.get("seen")));
  }

  @Override
  public void reset() {
    api.change("POST", path + "reset", null);
  }

  @Override
  public String toString() {
    return "%s of %s".formatted(path, api.base());
  }
}
