package io.mockexo.exchange;

import java.util.Locale;
import java.util.regex.Pattern;

/** The names by which connectors know certificates (facts 9). */
final class CertificateNames {

  /** {@code *.contoso.com} is allowed, {@code mail.*.contoso.com} and {@code m*.com} are not. */
  private static final Pattern PATTERN =
      Pattern.compile("(\\*\\.)?[^\\s*@.]+(\\.[^\\s*@.]+)+", Pattern.UNICODE_CASE);

  private CertificateNames() {}

  static String requirePattern(String name) {
    if (!PATTERN.matcher(name).matches()) {
      throw new IllegalArgumentException(
          ("'%s' is no certificate name; expected for example mail.contoso.com or *.contoso.com, an"
                  + " asterisk only as the whole first label")
              .formatted(name));
    }
    return name.toLowerCase(Locale.ROOT);
  }

  /**
   * Whether a name in a certificate is the one that was configured. A certificate's own asterisk
   * stands for itself: {@code *.contoso.com} is asked for to match it.
   */
  static boolean matches(String configured, String inCertificate) {
    String name = inCertificate.toLowerCase(Locale.ROOT);
    return configured.startsWith("*.")
        ? name.endsWith(configured.substring(1)) && name.length() > configured.length() - 1
        : name.equals(configured);
  }
}
