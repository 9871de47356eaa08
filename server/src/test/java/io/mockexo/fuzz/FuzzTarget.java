package io.mockexo.fuzz;

import io.mockexo.exchange.AccessTokenFuzzer;
import io.mockexo.internal.net.SmtpConnectionFuzzer;
import io.mockexo.internal.smtp.CommandLineFuzzer;
import io.mockexo.internal.smtp.DotUnstufferFuzzer;
import io.mockexo.internal.smtp.MessageIdFuzzer;
import io.mockexo.internal.tls.ClientHelloFuzzer;
import io.mockexo.internal.tls.TlsServerEngineFuzzer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What is fuzzed. Each has a corpus of its own in the tree. */
enum FuzzTarget {
  SMTP_CONNECTION(SmtpConnectionFuzzer.class),
  COMMAND_LINE(CommandLineFuzzer.class),
  DOT_UNSTUFFER(DotUnstufferFuzzer.class),
  MESSAGE_ID(MessageIdFuzzer.class),
  ACCESS_TOKEN(AccessTokenFuzzer.class),
  CLIENT_HELLO(ClientHelloFuzzer.class),
  TLS_SERVER_ENGINE(TlsServerEngineFuzzer.class);

  /** Surefire and Maven's exec both run in the folder of the module. */
  private static final Path CORPORA = Path.of("src", "test", "resources", "fuzz");

  private final Class<?> fuzzer;

  FuzzTarget(Class<?> fuzzer) {
    this.fuzzer = fuzzer;
  }

  static FuzzTarget of(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  String className() {
    return fuzzer.getName();
  }

  Path corpus() {
    return CORPORA.resolve(id());
  }

  /** Words that the fuzzer may use, in the format of libFuzzer; not all have one. */
  Path dictionary() {
    return CORPORA.resolve(id() + ".dict");
  }

  List<Path> inputs() {
    try (Stream<Path> files = Files.list(corpus())) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs one input, as Jazzer does. */
  void run(byte[] input) throws Throwable {
    try {
      fuzzer.getMethod("fuzzerTestOneInput", byte[].class).invoke(null, (Object) input);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
