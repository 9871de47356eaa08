package io.mockexo.standalone.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mockexo.client.wire.ProfileSettings;
import io.mockexo.exchange.AuthMechanism;
import io.mockexo.exchange.AuthRefusal;
import io.mockexo.exchange.BlocklistKind;
import io.mockexo.exchange.CleartextMailRefusal;
import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.InboundConnector;
import io.mockexo.exchange.Middlebox;
import io.mockexo.exchange.RelayRefusal;
import io.mockexo.exchange.StartTlsInjection;
import io.mockexo.exchange.TokenFlaw;
import io.mockexo.fault.Connections;
import io.mockexo.fault.Drop;
import io.mockexo.fault.Effect;
import io.mockexo.fault.ExchangeError;
import io.mockexo.fault.Stage;
import io.mockexo.journal.SessionEvent;
import io.mockexo.scenario.Conduct;
import io.mockexo.tls.AlertDescription;
import io.mockexo.tls.CertificateFlaw;
import io.mockexo.tls.CertificateKind;
import io.mockexo.tls.ClientCertificateMode;
import io.mockexo.tls.TlsRefusal;
import io.mockexo.tls.TlsVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The words of {@code openapi.yaml} are those of the model. */
class ContractWordsTest {

  private static final String SCHEMAS = "/components/schemas/";

  private final Contract contract = Contract.read();

  static Stream<Arguments> enums() {
    return Stream.of(
        Arguments.of("EndpointKind", Endpoint.class),
        Arguments.of("TlsVersion", TlsVersion.class),
        Arguments.of("Stage", Stage.class),
        Arguments.of("AlertDescription", AlertDescription.class),
        Arguments.of("Conduct/properties/outcome", Conduct.Outcome.class),
        Arguments.of("Fault/properties/drop", Drop.class),
        Arguments.of("Profile/properties/refuseOldTlsWith", TlsRefusal.class),
        Arguments.of("Profile/properties/certificate", CertificateKind.class),
        Arguments.of("AuthRefusal", AuthRefusal.class),
        Arguments.of("Connector/properties/type", InboundConnector.Type.class),
        Arguments.of("Profile/properties/blocklistKind", BlocklistKind.class),
        Arguments.of("Profile/properties/cleartextRelayRefusal", RelayRefusal.class),
        Arguments.of("Profile/properties/authMechanisms/items", AuthMechanism.class),
        Arguments.of("CertificateFlaw", CertificateFlaw.class),
        Arguments.of("ExchangeError", ExchangeError.class),
        Arguments.of("TokenRequest/properties/flaw", TokenFlaw.class),
        Arguments.of("CertificateRequest/properties/certificate", CertificateKind.class),
        Arguments.of("Profile/properties/clientCertificate", ClientCertificateMode.class),
        Arguments.of("Profile/properties/cleartextMailRefusal", CleartextMailRefusal.class),
        Arguments.of("Profile/properties/startTlsInjection", StartTlsInjection.class),
        Arguments.of("Profile/properties/middleboxes/items", Middlebox.class));
  }

  @ParameterizedTest
  @MethodSource("enums")
  void an_enum_has_the_words_of_java(String schema, Class<? extends Enum<?>> type) {
    assertThat(texts(contract.at(SCHEMAS + schema + "/enum")))
        .containsExactlyElementsOf(Stream.of(type.getEnumConstants()).map(Enum::name).toList());
    assertThat(contract.at(SCHEMAS + schema + "/type").asText()).isEqualTo("string");
  }

  @Test
  void events_are_those_of_the_journal() {
    assertThat(texts(contract.at(SCHEMAS + "Event/properties/type/enum")))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(SessionEvent.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .toList());
  }

  @Test
  void profiles_have_the_keys_of_the_configuration() {
    List<String> keys = new ArrayList<>(ProfileSettings.keys());
    keys.add("endpoint");
    assertThat(contract.at(SCHEMAS + "Profile/properties").properties())
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrderElementsOf(keys);
  }

  @Test
  void faults_have_the_keys_of_the_configuration() {
    List<String> keys =
        new ArrayList<>(List.of("at", "afterBytes", "onMessage", "everyTime", "thenClose"));
    Stream.of(Connections.Counted.values()).map(Object::toString).forEach(keys::add);
    Stream.of(Effect.Kind.values()).map(Object::toString).forEach(keys::add);
    assertThat(contract.at(SCHEMAS + "Fault/properties").properties())
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrderElementsOf(keys);
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asText).toList();
  }
}
