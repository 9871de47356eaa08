package io.mockexo.standalone;

import io.mockexo.client.wire.Host;
import io.mockexo.scenario.Catalogue;
import io.mockexo.scenario.Scenario;
import io.mockexo.standalone.config.Configuration;
import io.mockexo.standalone.config.Configuration.EndpointConfiguration;
import io.mockexo.standalone.config.ConfigurationException;
import io.mockexo.standalone.config.ConfigurationReader;
import io.mockexo.standalone.config.ControlConfiguration;
import io.mockexo.standalone.config.EvidenceConfiguration;
import io.mockexo.standalone.config.Placed;
import io.mockexo.standalone.control.ControlServer;
import io.mockexo.standalone.control.Controlled;
import io.mockexo.standalone.evidence.Evidence;
import io.mockexo.tls.TlsRefusal;
import io.mockexo.tls.TlsVersion;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the endpoints until it is told to stop. */
@Command(
    name = "serve",
    description = {
      "Runs the endpoints and prints what every client did.",
      "Without a configuration: the MX on 127.0.0.1:2525, client submission on 127.0.0.1:2587,",
      "the control API on http://127.0.0.1:8025."
    },
    mixinStandardHelpOptions = true,
    versionProvider = ProgramVersion.class,
    sortOptions = false)
final class ServeCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Endpoints and their rules, in YAML or JSON; the README has the keys.")
  private @Nullable Path config;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "${env:MOCKEXO_HOST}",
      description = {
        "Address that all endpoints listen on, for example 0.0.0.0;",
        "default: that of the environment variable MOCKEXO_HOST, else of the configuration."
      })
  private @Nullable String host;

  @Option(
      names = "--mx-port",
      paramLabel = "PORT",
      description = "Port of the endpoint named mx; 0 takes a free one.")
  private @Nullable Integer mxPort;

  @Option(
      names = "--submission-port",
      paramLabel = "PORT",
      description = "Port of the endpoint named client-submission; 0 takes a free one.")
  private @Nullable Integer submissionPort;

  @Option(
      names = "--minimum-tls",
      paramLabel = "VERSION",
      description = "The floor of all endpoints: ${COMPLETION-CANDIDATES}.",
      completionCandidates = TlsVersionOption.Names.class,
      converter = TlsVersionOption.class)
  private @Nullable TlsVersion minimumTls;

  @Option(
      names = "--refuse-old-tls-with",
      paramLabel = "HOW",
      description = "What clients below the floor get, on all endpoints: ${COMPLETION-CANDIDATES}.")
  private @Nullable TlsRefusal refuseOldTlsWith;

  @Option(
      names = "--account",
      paramLabel = "USER:PASSWORD",
      description = {
        "An account that AUTH accepts on client submission; may be repeated.",
        "Others on this machine can read it in the list of processes; a file keeps it."
      })
  private List<String> accounts = new ArrayList<>();

  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      description = "Write the certificate of the test CA to FILE, in PEM, for clients to trust.")
  private @Nullable Path caFile;

  @Option(
      names = "--key-log",
      paramLabel = "FILE",
      description = {
        "Append the TLS secrets of all sessions to FILE, for Wireshark to decrypt captures with.",
        "Keep it secret: with a capture it shows everything, passwords included."
      })
  private @Nullable Path keyLogFile;

  @Mixin private ScenarioOptions scenarioOptions = new ScenarioOptions();

  @Mixin private EvidenceArguments evidenceArguments = new EvidenceArguments();

  @Mixin private ControlArguments controlArguments = new ControlArguments();

  @Option(names = "--json", description = "Print lines of JSON instead of transcripts.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    Catalogue catalogue = scenarioOptions.catalogue();
    Map<String, Scenario> begun = new LinkedHashMap<>();
    Configuration configuration = configuration(catalogue, begun);
    OutputForm form = json ? new SessionJson() : new TextForm();
    PrintWriter err = program().getErr();
    try (StopSignal stop = new StopSignal(err);
        SessionPrinter printer = new SessionPrinter(program().getOut(), err, form);
        KeyLogFile keyLog = keyLogFile == null ? null : KeyLogFile.open(keyLogFile, err);
        Evidence evidence = EvidenceArguments.open(configuration.evidence(), err);
        RunningEndpoints endpoints =
            RunningEndpoints.start(configuration, printer, keyLog, evidence)) {
      if (caFile != null) {
        CaFile.write(caFile, endpoints.caPem());
      }
      try (ControlServer control = control(configuration, endpoints, catalogue, evidence)) {
        printer.ready(endpoints, begun, configuration.control().host().value(), control.port());
        stop.await();
      }
    }
    return ExitCode.OK;
  }

  private static ControlServer control(
      Configuration configuration,
      RunningEndpoints endpoints,
      Catalogue catalogue,
      Evidence evidence) {
    ControlConfiguration control = configuration.control();
    try {
      return ControlServer.start(
          ControlArguments.options(control),
          ProgramVersion.number(),
          new Controlled(endpoints.byName(), catalogue, evidence));
    } catch (UncheckedIOException e) {
      throw Places.cannotBind(e, control.host(), control.port());
    }
  }

  private Configuration configuration(Catalogue catalogue, Map<String, Scenario> begun) {
    Configuration read =
        config == null ? Configuration.defaults() : ConfigurationReader.read(config);
    List<EndpointConfiguration> endpoints = new ArrayList<>(read.endpoints());
    moveHosts(endpoints);
    movePort(endpoints, EndpointConfiguration.MX, "--mx-port", mxPort);
    movePort(
        endpoints, EndpointConfiguration.CLIENT_SUBMISSION, "--submission-port", submissionPort);
    begun.putAll(scenarioOptions.applyTo(endpoints, catalogue));
    EvidenceConfiguration evidence = evidenceArguments.over(read.evidence());
    boolean keepsSecrets = keyLogFile != null || evidence.secrets();
    endpoints.forEach(endpoint -> applyRules(endpoint, keepsSecrets));
    AccountOptions.of(accounts).addTo(endpoints);
    return new Configuration(
        endpoints, read.journal(), controlArguments.over(read.control()), evidence);
  }

  private void moveHosts(List<EndpointConfiguration> endpoints) {
    if (host == null) {
      return;
    }
    Placed<Host> address = Places.host("--host", host);
    endpoints.replaceAll(endpoint -> endpoint.withHost(address));
  }

  private static void movePort(
      List<EndpointConfiguration> endpoints, String name, String option, @Nullable Integer port) {
    if (port == null) {
      return;
    }
    Placed<Integer> placed = Places.port(option, port);
    if (endpoints.stream().noneMatch(endpoint -> endpoint.name().equals(name))) {
      throw placed.error("the configuration has no endpoint named '%s'".formatted(name));
    }
    endpoints.replaceAll(
        endpoint -> endpoint.name().equals(name) ? endpoint.withPort(placed) : endpoint);
  }

  private void applyRules(EndpointConfiguration endpoint, boolean keepsSecrets) {
    TlsVersion floor = minimumTls;
    TlsRefusal refusal = refuseOldTlsWith;
    if (floor != null) {
      endpoint.profile().tls(tls -> tls.minimumTls(floor));
    }
    if (refusal != null) {
      endpoint.profile().tls(tls -> tls.refuseOldTlsWith(refusal));
    }
    if (keepsSecrets) {
      endpoint.profile().keyLog(true);
    }
    try {
      endpoint.profile().build();
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          "--minimum-tls: %s: %s".formatted(endpoint.name(), e.getMessage()));
    }
  }

  private CommandLine program() {
    if (spec == null) {
      throw new IllegalStateException("picocli sets spec before it calls a command");
    }
    return spec.commandLine();
  }
}
