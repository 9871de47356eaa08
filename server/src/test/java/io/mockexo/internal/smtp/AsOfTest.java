package io.mockexo.internal.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a profile says that is pinned to a year. */
class AsOfTest {

  private static final String ID = "08DE8A01A0B45E1B";

  private static SmtpDialogue dialogue(Endpoint endpoint, int year) {
    ExchangeProfile profile =
        ExchangeProfile.builder(endpoint)
            .asOf(year)
            .tenant(
                t -> endpoint.isSubmission() ? t : t.knownRecipients(List.of("known@contoso.com")))
            .build();
    return new SmtpDialogue(
        profile,
        InetAddress.getLoopbackAddress(),
        ID,
        new ManualClock("2026-03-06T17:08:50.123Z"),
        TestBudget.unlimited());
  }

  private static String said(SmtpDialogue dialogue, String command) {
    Step step = dialogue.on(SmtpCommandParser.parse(command.getBytes(StandardCharsets.US_ASCII)));
    return step.reply().code() + " " + step.reply().text();
  }

  /** Facts 1.1. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          MX                | 2016 | AM1FFO11FD042.mail.protection.outlook.com  |
          MX                | 2019 | AM5EUR03FT042.mail.protection.outlook.com  |
          MX                | 2023 | AM6PEPF0001A2B3.mail.protection.outlook.com |
          MX                | 2026 | AM6PEPF0001A2B3.mail.protection.outlook.com | [08DE8A01A0B45E1B]
          CONSUMER_MX       | 2025 | AM6PEPF0001A2B3.mail.protection.outlook.com | [08DE8A01A0B45E1B]
          CLIENT_SUBMISSION | 2023 | AM6PR05CA0042.outlook.office365.com         |
          CLIENT_SUBMISSION | 2024 | AM6PR05CA0042.outlook.office365.com         | [08DE8A01A0B45E1B]
          ON_PREMISES       | 2026 | mail1.contoso.com                           |
          """)
  void greeting(Endpoint endpoint, int year, String name, String end) {
    assertThat(dialogue(endpoint, year).greet().reply().text())
        .isEqualTo(
            name
                + " Microsoft ESMTP MAIL Service ready at Fri, 6 Mar 2026 17:08:50 +0000"
                + (end == null ? "" : " " + end));
  }

  /** Facts 0, rule 2, and 1.2. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2019 | 503 5.5.2 Send hello first [AM5EUR03FT042.eop-EUR03.prod.protection.outlook.com]
          2022 | 503 5.5.2 Send hello first [AM5EUR03FT042.eop-EUR03.prod.protection.outlook.com]
          2023 | 503 5.5.2 Send hello first [AM6PEPF0001A2B3.eurprd05.prod.outlook.com 2026-03-06T17:08:50.123Z 08DE8A01A0B45E1B]
          """)
  void what_ends_an_error(int year, String reply) {
    assertThat(said(dialogue(Endpoint.MX, year), "MAIL FROM:<a@client.example>")).isEqualTo(reply);
  }

  /** Facts 3.1. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2020 | 530 5.7.57 SMTP; Client was not authenticated to send anonymous mail during MAIL FROM [
          2024 | 451 5.7.3 STARTTLS is required to send mail [
          """)
  void cleartext_mail(int year, String begin) {
    SmtpDialogue dialogue = dialogue(Endpoint.CLIENT_SUBMISSION, year);
    said(dialogue, "EHLO client.example");

    assertThat(said(dialogue, "MAIL FROM:<a@client.example>")).startsWith(begin);
  }

  /** Facts 3.3. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2024 | unknown | 500 5.3.3 Unrecognized command 'unknown' [
          2025 | unknown | 500 5.3.3 Unrecognized command 'Length: 7' [
          2024 | "'x"    | 500 5.3.3 Unrecognized command 'Length: 2' [
          """)
  void an_unknown_verb(int year, String verb, String begin) {
    assertThat(said(dialogue(Endpoint.CLIENT_SUBMISSION, year), verb.replace("\"", "")))
        .startsWith(begin);
  }

  @Test
  void what_may_be_a_credential_is_not_quoted_in_any_year() {
    SmtpDialogue dialogue = dialogue(Endpoint.CLIENT_SUBMISSION, 2024);
    said(dialogue, "EHLO client.example");
    said(dialogue, "AUTH LOGIN");

    assertThat(said(dialogue, "hunter2")).contains("'Length: 7'").doesNotContain("hunter2");
  }

  /** Facts 4. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          MX          | 2019 | 550 5.4.1 [b@contoso.com]: Recipient address rejected: Access denied [
          MX          | 2020 | 550 5.4.1 Recipient address rejected: Access denied. AS(201806281) [
          MX          | 2023 | 550 5.4.1 Recipient address rejected: Access denied. AS(201806281) [
          MX          | 2024 | 550 5.4.1 Recipient address rejected: Access denied. [
          MX          | 2025 | 550 5.4.1 Recipient address rejected: Access denied. For more information see https://aka.ms/EXOSmtpErrors [
          CONSUMER_MX | 2026 | 550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302). [
          """)
  void unknown_recipient(Endpoint endpoint, int year, String begin) {
    SmtpDialogue dialogue = dialogue(endpoint, year);
    said(dialogue, "EHLO client.example");
    said(dialogue, "MAIL FROM:<a@client.example>");

    assertThat(said(dialogue, "RCPT TO:<Known@contoso.com>")).startsWith("250 2.1.5 ");
    assertThat(said(dialogue, "RCPT TO:<b@contoso.com>")).startsWith(begin);
  }
}
