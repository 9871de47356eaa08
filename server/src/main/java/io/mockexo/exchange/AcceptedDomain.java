package io.mockexo.exchange;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A domain whose mail is accepted, without its subdomains.
 *
 * @param name the domain in lower case
 * @since 0.1
 */
public record AcceptedDomain(String name) {

  private static final Pattern DOMAIN = Pattern.compile("[^\\s@.\\[\\]:]+(\\.[^\\s@.\\[\\]:]+)*");

  /**
   * The domain of this name, in any case.
   *
   * @throws IllegalArgumentException if it is not a domain
   */
  public static AcceptedDomain parse(String text) {
    if (!DOMAIN.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'%s' is not a domain; expected for example contoso.com".formatted(text));
    }
    return new AcceptedDomain(text.toLowerCase(Locale.ROOT));
  }

  /** Whether the mailbox with this address is in this domain. */
  public boolean contains(String address) {
    String domain = address.substring(address.lastIndexOf('@') + 1);
    return domain.toLowerCase(Locale.ROOT).equals(name);
  }

  @Override
  public String toString() {
    return name;
  }
}
