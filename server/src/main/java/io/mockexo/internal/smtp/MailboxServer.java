package io.mockexo.internal.smtp;

import io.mockexo.exchange.FrontEnd;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The servers behind a front end (facts 1.2). The mailbox server is named in the reply to
 * end-of-data: {@code <site>PR<nn>MB<nnnn>.<region>prd<nn>.prod.outlook.com}, in newer forests
 * {@code <site>P<nnn>MB<nnnn>.<REGION>P<nnn>.PROD.OUTLOOK.COM}; the client access server, {@code
 * CA} for {@code MB}, in refusals that come from inside. Site and forest are those of the front
 * end, and of an older one, which has no such forest, the region: that it is the same one, G.
 */
final class MailboxServer {

  private static final Pattern SITE = Pattern.compile("[A-Z]{2,}[0-9]+");
  private static final Pattern FOREST = Pattern.compile("[A-Z]+?(PRD|P)([0-9]+)\\..+");
  private static final Pattern OLD_FOREST = Pattern.compile("EOP-([A-Z]{3})([0-9]{2})\\.PROD\\..+");

  /** Until 2016 the front end's name does not tell where it is. */
  private static final String OLDEST_FOREST = "mail.protection.outlook.com";

  private static final String ANY_FOREST = "eurprd05.prod.outlook.com";

  /** Always the same, so that logs compare. */
  private static final String MAILBOX = "MB4201";

  private static final String CLIENT_ACCESS = "CA0042";

  private MailboxServer() {}

  /** The name; that of the front end itself where it has not the shape of Exchange Online's. */
  static String behind(FrontEnd frontEnd) {
    return server(frontEnd, MAILBOX);
  }

  /** The client access server between them, likewise. */
  static String clientAccess(FrontEnd frontEnd) {
    return server(frontEnd, CLIENT_ACCESS);
  }

  private static String server(FrontEnd frontEnd, String number) {
    String forest = forest(frontEnd.forest());
    Matcher site = SITE.matcher(frontEnd.server());
    Matcher parts = FOREST.matcher(forest.toUpperCase(Locale.ROOT));
    if (!site.lookingAt() || !parts.matches()) {
      return frontEnd.errorName();
    }
    String kind = parts.group(1).equals("PRD") ? "PR" : "P";
    return site.group() + kind + parts.group(2) + number + "." + forest;
  }

  private static String forest(String ofFrontEnd) {
    Matcher old = OLD_FOREST.matcher(ofFrontEnd.toUpperCase(Locale.ROOT));
    if (old.matches()) {
      return "%sprd%s.prod.outlook.com"
          .formatted(old.group(1).toLowerCase(Locale.ROOT), old.group(2));
    }
    return ofFrontEnd.equals(OLDEST_FOREST) ? ANY_FOREST : ofFrontEnd;
  }
}
