package io.mockexo.standalone;

import io.mockexo.standalone.config.ControlConfiguration;
import io.mockexo.standalone.config.Placed;
import io.mockexo.standalone.control.ControlOptions;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the control API. */
final class ControlArguments {

  @Option(
      names = "--control-host",
      paramLabel = "ADDRESS",
      defaultValue = "${env:MOCKEXO_CONTROL_HOST}",
      description = {
        "Address that the control API listens on; default: that of the environment variable",
        "MOCKEXO_CONTROL_HOST, else of the configuration, else 127.0.0.1."
      })
  private @Nullable String host;

  @Option(
      names = "--control-port",
      paramLabel = "PORT",
      description = "Port of the control API, 8025 by default; 0 takes a free one.")
  private @Nullable Integer port;

  @Option(
      names = "--control-token-file",
      paramLabel = "FILE",
      description = "Who changes anything over the control API has to know what is in FILE.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--control-host-name",
      paramLabel = "NAME",
      description = {
        "A name by which the control API may be called; may be repeated. Addresses, names without",
        "a dot, and those below .localhost, .internal, .svc, .cluster.local and .test always may."
      })
  private List<String> hostNames = new ArrayList<>();

  /** What the configuration says, and the command line instead where it does. */
  ControlConfiguration over(ControlConfiguration read) {
    ControlConfiguration control = read;
    if (host != null) {
      control = control.withHost(Places.host("--control-host", host));
    }
    if (port != null) {
      control = control.withPort(Places.port("--control-port", port));
    }
    if (tokenFile != null) {
      control = control.withTokenFile(new Placed<>(tokenFile, "--control-token-file"));
    }
    return hostNames.isEmpty() ? control : control.withHostNames(hostNames);
  }

  /** What the server needs to know. */
  static ControlOptions options(ControlConfiguration control) {
    Set<String> names = new HashSet<>();
    control.hostNames().forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
    Placed<Path> file = control.tokenFile();
    return new ControlOptions(
        control.host().value(), control.port().value(), file == null ? null : token(file), names);
  }

  private static String token(Placed<Path> file) {
    try {
      String token = Files.readString(file.value()).strip();
      if (token.isEmpty()) {
        throw file.error(file.value() + " is empty; a token is expected in it");
      } else if (!token.matches("[\\x21-\\x7e]+")) {
        throw file.error(file.value() + " has more in it than a token, which is one word of ASCII");
      }
      return token;
    } catch (MalformedInputException e) {
      throw file.error(file.value() + " is not a text file");
    } catch (IOException e) {
      throw file.error("%s cannot be read: %s".formatted(file.value(), reason(e)));
    }
  }

  private static String reason(IOException e) {
    return e instanceof NoSuchFileException
        ? "there is no such file"
        : String.valueOf(e.getMessage());
  }
}
