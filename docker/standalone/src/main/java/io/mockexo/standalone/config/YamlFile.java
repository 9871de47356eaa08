package io.mockexo.standalone.config;

import io.mockexo.client.wire.Setting;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** A file in YAML, of which JSON is a part, with the places of all that is in it. */
final class YamlFile {

  /** Nobody writes as much by hand; a file that was meant for something else may be larger. */
  private static final long MOST_BYTES = 1 << 20;

  private YamlFile() {}

  /**
   * The whole of a file; null if there is nothing in it.
   *
   * @throws ConfigurationException if it cannot be read, or is no YAML
   */
  static @Nullable Setting read(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new ConfigurationException(
            "%s: this has %d bytes; no configuration is larger than %d"
                .formatted(file, Files.size(file), MOST_BYTES));
      }
      return parse(file.toString(), Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new ConfigurationException(file + ": there is no such file");
    } catch (AccessDeniedException e) {
      throw new ConfigurationException(file + ": this user may not read it");
    } catch (MalformedInputException e) {
      throw new ConfigurationException(file + ": this is not a text file in UTF-8");
    } catch (IOException e) {
      throw new ConfigurationException(file + ": cannot be read: " + e.getMessage());
    }
  }

  /** The same of a text that stands in {@code file}. */
  static @Nullable Setting parse(String file, String text) {
    Node root = compose(file, text);
    return root == null ? null : Setting.root(file, new YamlTree(root));
  }

  private static @Nullable Node compose(String file, String text) {
    try (Reader reader = new StringReader(text)) {
      return new Yaml(new SafeConstructor(new LoaderOptions())).compose(reader);
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      int column = e.getProblemMark() == null ? 1 : e.getProblemMark().getColumn() + 1;
      throw new ConfigurationException(
          "%s:%d:%d: this is not YAML: %s"
              .formatted(file, line, column, withoutText(String.valueOf(e.getProblem()))));
    } catch (YAMLException e) {
      throw new ConfigurationException(file + ": this is not YAML: " + e.getMessage());
    } catch (IOException e) {
      throw new ConfigurationException(file + ": cannot be read: " + e.getMessage());
    }
  }

  /** A password that begins with {@code *} or {@code !} looks like the name of something. */
  private static String withoutText(String problem) {
    return problem.replaceAll("(undefined alias|undefined tag handle) .*", "$1");
  }
}
