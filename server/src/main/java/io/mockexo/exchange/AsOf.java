package io.mockexo.exchange;

/**
 * The year whose words a server speaks, as far as they are known to have changed: greeting, front
 * end, what ends an error, and the texts of some refusals. A year stands for what was last seen in
 * it. TLS is no matter of the year here: versions and cipher suites are what the {@link
 * ExchangeProfile#tls() policy} says.
 *
 * @param year from {@value #FIRST} to {@value #LAST}
 * @since 0.1
 */
public record AsOf(int year) {

  /** The oldest transcripts. */
  public static final int FIRST = 2013;

  /** The newest transcripts: what the service says today. */
  public static final int LAST = 2026;

  /** The default. */
  public static final AsOf TODAY = new AsOf(LAST);

  /**
   * A year.
   *
   * @throws IllegalArgumentException if nothing is known of it
   */
  public AsOf {
    if (year < FIRST || year > LAST) {
      throw new IllegalArgumentException(
          "asOf is a year from %d to %d, not %d".formatted(FIRST, LAST, year));
    }
  }

  /**
   * Whether the greeting ends with the session's id: on client submission since 2024, on the others
   * seen since 2025, on premises never (facts 1.1, V).
   */
  public boolean greetingHasSessionId(Endpoint endpoint) {
    return switch (endpoint) {
      case CLIENT_SUBMISSION, LEGACY_CLIENT_SUBMISSION -> year >= 2024;
      case MX, CONSUMER_MX -> year >= 2025;
      case ON_PREMISES -> false;
    };
  }

  /** Whether errors end with host, date and session id, as since 2023 (facts 0, rule 2, V). */
  public boolean errorsHaveSessionId() {
    return year >= 2023;
  }

  /**
   * How MAIL without TLS is refused where TLS is required. Client submission: facts 3.1, V for 2017
   * to 2020 and for 2024; between these G. Others: facts 3.1 and 12, item 3.
   */
  CleartextMailRefusal cleartextMailRefusal(Endpoint endpoint) {
    if (!endpoint.isSubmission()) {
      return CleartextMailRefusal.MUST_ISSUE_STARTTLS_530;
    }
    return year >= 2024
        ? CleartextMailRefusal.STARTTLS_REQUIRED_451
        : CleartextMailRefusal.NOT_AUTHENTICATED_530;
  }

  /**
   * The front end that is used unless another is configured, in the shape of its time (facts 1.2,
   * V; what follows the server in errors before 2017 G): always the same, so that logs compare.
   */
  FrontEnd frontEnd(Endpoint endpoint) {
    return switch (endpoint) {
      case MX, CONSUMER_MX -> transport();
      case CLIENT_SUBMISSION, LEGACY_CLIENT_SUBMISSION ->
          new FrontEnd("AM6PR05CA0042", "eurprd05.prod.outlook.com");
      case ON_PREMISES -> new FrontEnd("mail1", "contoso.com");
    };
  }

  private FrontEnd transport() {
    if (year >= 2023) {
      return new FrontEnd("AM6PEPF0001A2B3", "eurprd05.prod.outlook.com");
    }
    return year >= 2017
        ? new FrontEnd("AM5EUR03FT042", "eop-EUR03.prod.protection.outlook.com")
        : new FrontEnd("AM1FFO11FD042", "mail.protection.outlook.com");
  }

  @Override
  public String toString() {
    return Integer.toString(year);
  }
}
