package io.mockexo.standalone.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;

/** What {@code openapi.yaml} says. */
final class Contract {

  private static final String URI = "https://mockexo.test/openapi";
  private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");

  /**
   * An operation.
   *
   * @param pointer where it stands
   */
  record Operation(String id, String method, String path, String pointer) {}

  private final JsonNode root;
  private final JsonSchemaFactory schemas;

  private Contract(JsonNode root) {
    this.root = root;
    this.schemas =
        JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V202012,
            factory ->
                factory
                    .metaSchema(metaSchema())
                    .schemaLoaders(load -> load.schemas(Map.of(URI, root.toString()))));
  }

  /** That of JSON Schema, for which the rest of an OpenAPI text is no mistake. */
  private static JsonMetaSchema metaSchema() {
    JsonMetaSchema standard = JsonMetaSchema.getV202012();
    return JsonMetaSchema.builder(standard.getIri(), standard)
        .unknownKeywordFactory((keyword, schema) -> new NonValidationKeyword(keyword))
        .build();
  }

  static Contract read() {
    try (InputStream yaml =
        Objects.requireNonNull(ControlServer.class.getResourceAsStream("/openapi.yaml"))) {
      return new Contract(new YAMLMapper().readTree(yaml));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode at(String pointer) {
    JsonNode node = root.at(pointer);
    assertThat(node.isMissingNode()).as(pointer).isFalse();
    return node;
  }

  List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    root.get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        entry -> {
                          if (METHODS.contains(entry.getKey())) {
                            operations.add(operation(path.getKey(), entry));
                          }
                        }));
    return operations;
  }

  private static Operation operation(String path, Map.Entry<String, JsonNode> entry) {
    return new Operation(
        entry.getValue().get("operationId").asText(),
        entry.getKey().toUpperCase(Locale.ROOT),
        path,
        "/paths/" + escaped(path) + "/" + entry.getKey());
  }

  Operation operation(String id) {
    return operations().stream().filter(op -> op.id().equals(id)).findFirst().orElseThrow();
  }

  /** The statuses that it lists, {@code default} among them. */
  List<String> statuses(Operation operation) {
    List<String> statuses = new ArrayList<>();
    at(operation.pointer() + "/responses").fieldNames().forEachRemaining(statuses::add);
    return statuses;
  }

  /** Which of its statuses an answer falls under. */
  String statusFor(Operation operation, int status) {
    String number = Integer.toString(status);
    return statuses(operation).contains(number) ? number : "default";
  }

  /** That an answer is one that the operation lists. */
  void check(Operation operation, Reply reply) {
    String listed = statusFor(operation, reply.status());
    assertThat(listed.equals("default") && reply.status() < 400)
        .as("%s may answer %d", operation.id(), reply.status())
        .isFalse();
    String response = followed(operation.pointer() + "/responses/" + listed);
    JsonNode content = at(response).path("content");
    if (content.isMissingNode()) {
      assertThat(reply.text()).isEmpty();
      return;
    }
    assertThat(content.properties()).extracting(Map.Entry::getKey).contains(reply.mediaType());
    if (reply.mediaType().endsWith("json")) {
      requireValid(
          response + "/content/" + escaped(reply.mediaType()) + "/schema", reply.json(), "");
    }
  }

  /** That {@code value} is valid by the schema at {@code pointer}. */
  void requireValid(String pointer, JsonNode value, String where) {
    JsonSchema schema =
        schemas.getSchema(
            SchemaLocation.of(URI + "#" + pointer.replace("{", "%7B").replace("}", "%7D")));
    assertThat(schema.validate(value)).as("%s %s", where, value).isEmpty();
  }

  /** Visits every object, with its pointer. */
  void forEach(BiConsumer<String, JsonNode> visitor) {
    visit("", root, visitor);
  }

  private static void visit(String pointer, JsonNode node, BiConsumer<String, JsonNode> visitor) {
    if (node.isObject()) {
      visitor.accept(pointer, node);
    }
    node.properties()
        .forEach(e -> visit(pointer + "/" + escaped(e.getKey()), e.getValue(), visitor));
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      visit(pointer + "/" + i, node.get(i), visitor);
    }
  }

  private String followed(String pointer) {
    JsonNode reference = at(pointer).get("$ref");
    return reference == null ? pointer : reference.asText().substring(1);
  }

  private static String escaped(String key) {
    return key.replace("~", "~0").replace("/", "~1");
  }
}
