package io.mockexo.internal.smtp;

import io.mockexo.exchange.FrontEnd;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The mailbox server behind a front end, named in the reply to end-of-data (facts 1.2): {@code
 * <site>PR<nn>MB<nnnn>.<region>prd<nn>.prod.outlook.com}, in newer forests {@code
 * <site>P<nnn>MB<nnnn>.<REGION>P<nnn>.PROD.OUTLOOK.COM}. Site and forest are those of the front
 * end.
 */
final class MailboxServer {

  private static final Pattern SITE = Pattern.compile("[A-Z]{2,}[0-9]+");
  private static final Pattern FOREST = Pattern.compile("[A-Z]+?(PRD|P)([0-9]+)\\..+");

  /** Always the same, so that logs compare. */
  private static final String NUMBER = "MB4201";

  private MailboxServer() {}

  /** The name; that of the front end itself where it has not the shape of Exchange Online's. */
  static String behind(FrontEnd frontEnd) {
    Matcher site = SITE.matcher(frontEnd.server());
    Matcher forest = FOREST.matcher(frontEnd.forest().toUpperCase(Locale.ROOT));
    if (!site.lookingAt() || !forest.matches()) {
      return frontEnd.errorName();
    }
    String kind = forest.group(1).equals("PRD") ? "PR" : "P";
    return site.group() + kind + forest.group(2) + NUMBER + "." + frontEnd.forest();
  }
}
