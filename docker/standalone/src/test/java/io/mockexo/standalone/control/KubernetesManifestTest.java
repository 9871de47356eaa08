package io.mockexo.standalone.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.mockexo.standalone.config.Configuration;
import io.mockexo.standalone.config.Configuration.EndpointConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The manifest is what Kubernetes knows, and names what the program has. */
class KubernetesManifestTest {

  /** The model keeps what it does not know, to hand it on; here that is a mistake. */
  private static final class NothingUnknown extends JacksonAnnotationIntrospector {

    private static final long serialVersionUID = 1;

    @Override
    public Boolean hasAnySetter(Annotated annotated) {
      return Boolean.FALSE;
    }
  }

  private static final JsonMapper STRICT =
      JsonMapper.builder()
          .annotationIntrospector(new NothingUnknown())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private final List<Service> services = new ArrayList<>();
  private Deployment deployment;

  @BeforeEach
  void read() throws IOException {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    String text = Files.readString(Path.of("..", "kubernetes.yaml"));
    for (Object document : new Yaml(new SafeConstructor(options)).loadAll(text)) {
      Object kind = ((Map<?, ?>) document).get("kind");
      if ("Deployment".equals(kind)) {
        deployment = STRICT.convertValue(document, Deployment.class);
      } else {
        assertThat(kind).isEqualTo("Service");
        services.add(STRICT.convertValue(document, Service.class));
      }
    }
    assertThat(services).hasSize(2);
  }

  private PodTemplateSpec template() {
    return deployment.getSpec().getTemplate();
  }

  private Container container() {
    assertThat(template().getSpec().getContainers()).hasSize(1);
    return template().getSpec().getContainers().get(0);
  }

  /** The ports by their names. */
  private Map<String, Integer> ports() {
    Map<String, Integer> ports = new HashMap<>();
    for (ContainerPort port : container().getPorts()) {
      ports.put(port.getName(), port.getContainerPort());
    }
    return ports;
  }

  @Test
  void a_word_that_kubernetes_does_not_know_would_be_found() {
    Map<String, Object> misspelt =
        Map.of("kind", "Service", "spec", Map.of("port", List.of(Map.of("name", "smtp"))));
    assertThatThrownBy(() -> STRICT.convertValue(misspelt, Service.class))
        .hasMessageContaining("Unrecognized field \"port\"");
  }

  @Test
  void its_ports_are_those_of_the_program() {
    Configuration defaults = Configuration.defaults();
    Map<String, Integer> endpoints = new HashMap<>();
    for (EndpointConfiguration endpoint : defaults.endpoints()) {
      endpoints.put(endpoint.name(), endpoint.port().value());
    }
    assertThat(ports())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "smtp", endpoints.get(EndpointConfiguration.MX),
                "submission", endpoints.get(EndpointConfiguration.CLIENT_SUBMISSION),
                "control", defaults.control().port().value()));
    assertThat(container().getArgs()).containsExactly("serve");
  }

  @Test
  void probes_and_prometheus_ask_for_what_there_is() {
    try (TestProgram program = TestProgram.start()) {
      Stream.of(
              container().getStartupProbe(),
              container().getReadinessProbe(),
              container().getLivenessProbe())
          .forEach(probe -> program.json(path(probe.getHttpGet())));
      Map<String, String> scrape = template().getMetadata().getAnnotations();
      assertThat(program.get(scrape.get("prometheus.io/path")).text()).contains("mockexo_up{");
      assertThat(scrape).containsEntry("prometheus.io/port", ports().get("control").toString());
    }
  }

  private static String path(HTTPGetAction probe) {
    assertThat(probe.getPort().getStrVal()).isEqualTo("control");
    return probe.getPath();
  }

  @Test
  void services_find_the_pods_and_their_ports() {
    Map<String, String> labels = template().getMetadata().getLabels();
    assertThat(deployment.getSpec().getSelector().getMatchLabels()).isEqualTo(labels);
    assertThat(deployment.getSpec().getReplicas()).isGreaterThan(1);
    for (Service service : services) {
      assertThat(service.getSpec().getSelector()).isEqualTo(labels);
      assertThat(service.getSpec().getType()).as("nothing is published").isNull();
      assertThat(service.getSpec().getPorts())
          .extracting(port -> port.getTargetPort().getStrVal())
          .isSubsetOf(ports().keySet());
    }
    assertThat(services.get(0).getSpec().getPorts())
        .extracting(ServicePort::getPort)
        .containsExactly(25, 587);
    assertThat(services.get(1).getSpec().getClusterIP()).as("headless").isEqualTo("None");
  }

  @Test
  void pods_may_do_nothing_that_they_need_not() {
    var pod = template().getSpec();
    assertThat(pod.getAutomountServiceAccountToken()).isFalse();
    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    var security = container().getSecurityContext();
    assertThat(security.getAllowPrivilegeEscalation()).isFalse();
    assertThat(security.getReadOnlyRootFilesystem()).isTrue();
    assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
  }
}
