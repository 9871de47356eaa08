package io.mockexo.standalone.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.scenario.Catalogue;
import io.mockexo.scenario.Scenario;
import io.mockexo.scenario.Scenarios;
import io.mockexo.tls.TlsVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ScenarioFolderTest {

  @TempDir private Path folder;

  private Path write(String file, String yaml) throws IOException {
    return Files.writeString(folder.resolve(file), yaml);
  }

  private List<String> mistakes() {
    String here = folder + "/";
    return ScenarioFolder.mistakes(ScenarioFolder.files(folder), List.of()).stream()
        .map(mistake -> mistake.replace(here, ""))
        .toList();
  }

  @Test
  void a_scenario_can_be_short_and_is_beside_those_of_the_product() throws IOException {
    write(
        "floor.yaml",
        """
        name: floor-of-2030
        title: TLS 1.2 is refused, too
        endpoints: [MX, CLIENT_SUBMISSION]
        settings: {minimumTls: TLS_1_3}
        """);
    write("notes.txt", "not a scenario");

    Catalogue catalogue = ScenarioFolder.read(folder);

    assertThat(catalogue.names()).hasSize(Scenarios.all().size() + 1).endsWith("floor-of-2030");
    Scenario scenario = catalogue.named("floor-of-2030");
    ExchangeProfile mx = ExchangeProfile.builder(Endpoint.MX).build();
    assertThat(scenario.rules(mx).tls().minimumTls()).isEqualTo(TlsVersion.TLS_1_3);
    assertThat(scenario.script().faults()).isEmpty();
  }

  @Test
  void a_scenario_has_what_it_is_based_on_and_its_own_settings_besides() throws IOException {
    write(
        "b.yaml",
        """
        name: throttled-alert
        basedOn: throttled-strictly
        settings: {refuseOldTlsWith: ALERT}
        """);
    write(
        "a.yaml",
        """
        name: throttled-strictly
        title: Busy, and with a higher floor
        basedOn: throttled
        settings: {minimumTls: TLS_1_3}
        """);

    Scenario scenario = ScenarioFolder.read(folder).named("throttled-alert");

    assertThat(scenario.title()).isEqualTo("Busy, and with a higher floor");
    assertThat(scenario.script()).isEqualTo(Scenarios.named("throttled").script());
    ExchangeProfile rules = scenario.rules(ExchangeProfile.builder(Endpoint.MX).build());
    assertThat(rules.tls().minimumTls()).isEqualTo(TlsVersion.TLS_1_3);
    assertThat(rules.tls().refuseOldTlsWith().name()).isEqualTo("ALERT");
  }

  @Test
  void every_mistake_is_told_with_its_place() throws IOException {
    write(
        "bad.yaml",
        """
        name: bad
        titel: no such key
        title: Much is wrong
        endpoints: [MX, SUBMISSION]
        tlsRequiringClient: {outcome: DELIVERED, conduct: sends}
        settings:
          minimumTls: TLS_1_9
          minimumTLS: TLS_1_2
          accounts: []
        faults:
          - {onConnection: 1, at: CLIENT_HELO, drop: RST}
          - {onConnection: 2, at: RCPT, reply: SERVER_BUSSY}
        """);

    assertThat(mistakes())
        .satisfiesExactly(
            key -> assertThat(key).startsWith("bad.yaml:2:1: titel: there is no such key"),
            endpoint ->
                assertThat(endpoint).startsWith("bad.yaml:4:17: endpoints[1]: 'SUBMISSION' is not"),
            conduct -> assertThat(conduct).startsWith("bad.yaml:5:31: tlsRequiringClient.outcome"),
            version -> assertThat(version).startsWith("bad.yaml:7:15: settings.minimumTls"),
            key ->
                assertThat(key).startsWith("bad.yaml:8:3: settings.minimumTLS: there is no such"),
            meaning ->
                assertThat(meaning)
                    .startsWith("bad.yaml:9:3: settings.accounts: this has no effect"),
            stage ->
                assertThat(stage)
                    .startsWith("bad.yaml:11:27: faults[0].at: 'CLIENT_HELO' is not known;"),
            reply ->
                assertThat(reply)
                    .endsWith("'SERVER_BUSSY' is no error of Exchange; did you mean SERVER_BUSY?"));
  }

  @Test
  void settings_that_contradict_each_other_are_refused() throws IOException {
    write(
        "contradiction.yaml",
        """
        name: contradiction
        title: A floor above the ceiling
        endpoints: [MX]
        settings: {minimumTls: TLS_1_3, maximumTls: TLS_1_2}
        """);
    write(
        "nothing.yaml",
        """
        name: nothing
        title: A fault that can never fire
        endpoints: [MX]
        faults:
          - {onConnection: 1, at: CLIENT_HELLO, drop: RST}
          - {onConnection: 1, at: CLIENT_HELLO, drop: FIN}
        """);

    assertThat(mistakes())
        .satisfiesExactly(
            floor -> assertThat(floor).startsWith("contradiction.yaml:4:11: settings: "),
            fault -> assertThat(fault).startsWith("nothing.yaml:5:3: faults: ").contains("never"));
  }

  @Test
  void scenarios_that_are_based_on_each_other_are_refused() throws IOException {
    write("a.yaml", "{name: a, title: A, basedOn: b}");
    write("b.yaml", "{name: b, title: B, basedOn: c}");
    write("c.yaml", "{name: c, title: C, basedOn: a}");

    assertThat(mistakes())
        .singleElement()
        .asString()
        .contains("basedOn: these are based on each other: a -> b -> c -> a");
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> ScenarioFolder.read(folder))
        .withMessageContaining("a -> b -> c -> a");
  }

  @Test
  void long_chains_names_that_are_taken_and_files_that_are_none_are_told() throws IOException {
    for (int i = 0; i < 30; i++) {
      write("%03d.yaml".formatted(i), "{name: n%d, title: N, basedOn: n%d}".formatted(i, i + 1));
    }
    write("taken.yaml", "{name: throttled, title: T, endpoints: [MX]}");
    write("empty.yaml", "");
    write("list.yaml", "[1, 2]");
    write("torn.yaml", "{name: torn, title: [");
    Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});

    List<String> mistakes = mistakes();

    assertThat(mistakes)
        .anyMatch(m -> m.contains("more than 20 are based on one another"))
        .anyMatch(
            m ->
                m.startsWith(
                    "taken.yaml:1:2: name: 'throttled' is the name of a scenario of the product"))
        .anyMatch(m -> m.startsWith("empty.yaml: there is nothing in it"))
        .anyMatch(m -> m.startsWith("list.yaml:1:1: expected a mapping of keys to values"))
        .anyMatch(m -> m.startsWith("torn.yaml:1:") && m.contains("this is not YAML"))
        .anyMatch(m -> m.startsWith("binary.yaml: this is not a text file"));
  }

  @Test
  void a_scenario_without_name_and_title_is_read_to_its_end() throws IOException {
    write(
        "bare.yaml",
        """
        endpoints: [MX]
        settings: {minimumTls: TLS_1_9}
        faults: [{onConnection: 1, at: AUTH, drop: RST}]
        """);
    write("Bad.yaml", "{name: Bad Name, title: [], endpoints: [MX], settings: {nothing: 1}}");

    assertThat(mistakes())
        .satisfiesExactly(
            name -> assertThat(name).startsWith("Bad.yaml:1:8: name: 'Bad Name' is no name"),
            title -> assertThat(title).startsWith("Bad.yaml:1:25: title: expected text"),
            key -> assertThat(key).startsWith("Bad.yaml:1:57: settings.nothing: there is no"),
            name -> assertThat(name).startsWith("bare.yaml:1:1: the key 'name' is missing"),
            title -> assertThat(title).startsWith("bare.yaml:1:1: the key 'title' is missing"),
            version -> assertThat(version).startsWith("bare.yaml:2:24: settings.minimumTls"),
            fault ->
                assertThat(fault)
                    .isEqualTo(
                        "bare.yaml:3:28: faults[0].at: this never happens on MX, which has no"
                            + " AUTH"));
  }

  @Test
  void what_an_unknown_base_may_say_is_not_missing_too() throws IOException {
    write("a.yaml", "{name: a, basedOn: throtled, settings: {nothing: 1}}");
    write("b.yaml", "{name: b, basedOn: a, settings: {nothing: 2}}");

    assertThat(mistakes())
        .satisfiesExactly(
            base -> assertThat(base).contains("a.yaml:1:20", "did you mean 'throttled'?"),
            key -> assertThat(key).startsWith("a.yaml:1:41: settings.nothing"),
            key -> assertThat(key).startsWith("b.yaml:1:34: settings.nothing"));
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> ScenarioFolder.read(folder))
        .withMessageContaining("throtled");
  }

  @Test
  void settings_that_are_right_contradict_each_other_also_beside_one_that_is_wrong()
      throws IOException {
    write(
        "c.yaml",
        "{name: c, title: C, endpoints: [MX], settings: {minimumTls: TLS_1_3, maximumTls: TLS_1_2,"
            + " maxRecipients: many}}");

    assertThat(mistakes())
        .satisfiesExactly(
            floor -> assertThat(floor).startsWith("c.yaml:1:48: settings: "),
            number -> assertThat(number).contains("settings.maxRecipients: "));
  }

  /** Were each compared with all others, it would take minutes. */
  @Test
  @Timeout(60)
  void ten_thousand_with_an_unknown_base_are_told() throws IOException {
    for (int i = 0; i < 10_000; i++) {
      write(i + ".yaml", "{name: some-scenario-%d, basedOn: some-scenarios-%d}".formatted(i, i));
    }

    assertThat(mistakes()).hasSize(10_000);
  }

  @Test
  void ten_thousand_are_no_hardship() throws IOException {
    for (int i = 0; i < 10_000; i++) {
      write(i + ".yaml", "{name: s%d, title: One of many, endpoints: [MX]}".formatted(i));
    }

    Catalogue catalogue = ScenarioFolder.read(folder);

    assertThat(catalogue.all()).hasSize(10_000 + Scenarios.all().size());
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> catalogue.named("throtled"))
        .withMessage(
            "there is no scenario 'throtled'; did you mean 'throttled'? there are %d",
            catalogue.all().size());
  }

  @Test
  void a_folder_that_is_none_is_told() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> ScenarioFolder.read(folder.resolve("nowhere")))
        .withMessageEndingWith("nowhere: there is no such folder");
  }
}
