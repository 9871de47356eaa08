package io.mockexo.client.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A JSON text (RFC 8259). */
public final class JsonTree implements Tree {

  private static final JsonFactory FACTORY = new JsonFactory();

  private final Kind kind;
  private final String text;
  private final List<Entry> entries = new ArrayList<>();
  private final List<Tree> elements = new ArrayList<>();
  private final JsonLocation location;

  private JsonTree(Kind kind, String text, JsonLocation location) {
    this.kind = kind;
    this.text = text;
    this.location = location;
  }

  /**
   * Reads {@code json}.
   *
   * @throws SettingException if it is not JSON, or more than one value
   */
  public static Tree parse(String json) {
    try (JsonParser parser = FACTORY.createParser(json)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw SettingException.notJson("there is nothing", "1:1");
      }
      Tree tree = read(parser);
      if (parser.nextToken() != null) {
        throw SettingException.notJson(
            "something follows the value", position(parser.currentTokenLocation()));
      }
      return tree;
    } catch (JsonProcessingException e) {
      throw SettingException.notJson(problem(e), position(e.getLocation()));
    } catch (IOException e) {
      throw new UncheckedIOException("a text can always be read", e);
    }
  }

  /** Jackson quotes what it stumbled over, which may be a piece of a password. */
  private static String problem(JsonProcessingException e) {
    String message = String.valueOf(e.getOriginalMessage());
    return e instanceof JsonParseException
        ? message.replaceAll("(Unrecognized token) '[^']*'", "$1")
        : message;
  }

  private static JsonTree read(JsonParser parser) throws IOException {
    JsonLocation start = parser.currentTokenLocation();
    return switch (parser.currentToken()) {
      case START_OBJECT -> mapping(parser, new JsonTree(Kind.MAPPING, "", start));
      case START_ARRAY -> sequence(parser, new JsonTree(Kind.SEQUENCE, "", start));
      case VALUE_NULL -> new JsonTree(Kind.NOTHING, "", start);
      default -> new JsonTree(Kind.TEXT, parser.getText(), start);
    };
  }

  private static JsonTree mapping(JsonParser parser, JsonTree mapping) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      Tree key = new JsonTree(Kind.TEXT, parser.getText(), parser.currentTokenLocation());
      parser.nextToken();
      mapping.entries.add(new Entry(key, read(parser)));
    }
    return mapping;
  }

  private static JsonTree sequence(JsonParser parser, JsonTree sequence) throws IOException {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      sequence.elements.add(read(parser));
    }
    return sequence;
  }

  @Override
  public Kind kind() {
    return kind;
  }

  @Override
  public List<Entry> entries() {
    return List.copyOf(entries);
  }

  @Override
  public List<Tree> elements() {
    return List.copyOf(elements);
  }

  @Override
  public String text() {
    return text;
  }

  @Override
  public String position() {
    return position(location);
  }

  private static String position(@Nullable JsonLocation location) {
    return location == null ? "1:1" : location.getLineNr() + ":" + location.getColumnNr();
  }
}
