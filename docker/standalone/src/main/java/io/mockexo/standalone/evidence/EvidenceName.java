package io.mockexo.standalone.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mockexo.journal.SmtpSession;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the files of a session are called: {@code 20260102T030405.678901Z-mx-000001}, and what kind
 * of file it is. By the time they sort in the order of accept; numbers alone begin anew with each
 * run, and with a reset.
 */
final class EvidenceName {

  static final String SECRET_CAPTURE = "-with-secrets.pcapng";
  static final String CAPTURE = ".pcapng";

  /** The JSON is the mark that the files of a session are there. */
  static final String MARK = ".json";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSSSSSX", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final Pattern FILE =
      Pattern.compile(
          "(\\d{8}T\\d{6}\\.\\d{6}Z-.+-\\d{6,10})"
              + "(\\.txt|-sender\\.txt|-(receive|send)\\.log|\\.json|(-with-secrets)?\\.pcapng|-\\d{1,6}\\.eml)");

  /** With the rest well below the 255 bytes that file systems allow. */
  private static final int LONGEST = 120;

  private EvidenceName() {}

  /** What the names of all files of a session begin with. */
  static String of(String endpointName, SmtpSession session) {
    return "%s-%s-%06d"
        .formatted(TIME.format(session.acceptedAt()), safe(endpointName), session.number());
  }

  /** The same for a file of a session; empty for any other file, which is not ours. */
  static Optional<String> ofFile(String file) {
    Matcher name = FILE.matcher(file);
    return name.matches() ? Optional.of(name.group(1)) : Optional.empty();
  }

  /** What is not safe in the name of a file is written as in the path of a URI. */
  static String safe(String endpointName) {
    StringBuilder safe = new StringBuilder();
    for (byte b : endpointName.getBytes(UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      safe.append(plain || c == '-' || c == '_' || c == '.' ? c : "%%%02X".formatted((int) c));
    }
    if (safe.length() > LONGEST) {
      String rest = Integer.toHexString(endpointName.hashCode());
      return safe.substring(0, LONGEST - rest.length()) + rest;
    }
    return safe.toString();
  }
}
