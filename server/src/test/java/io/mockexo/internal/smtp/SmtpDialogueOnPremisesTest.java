package io.mockexo.internal.smtp;

import io.mockexo.exchange.AuthMechanism;
import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.exchange.ReceiveConnector;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class SmtpDialogueOnPremisesTest {

  private static final ExchangeProfile ON_PREMISES =
      ExchangeProfile.builder(Endpoint.ON_PREMISES)
          .account("alice@contoso.com", "s3cret")
          .acceptedDomains("contoso.com")
          .build();

  private static final String HELLO =
      """
      C: HELO client.example
      S: 250 mail1.contoso.com Hello [192.0.2.1]
      """;

  private static ExchangeProfile with(UnaryOperator<ReceiveConnector> change) {
    return ON_PREMISES.toBuilder().receiveConnector(change).build();
  }

  @Test
  void says_what_exchange_server_2019_says_before_and_inside_tls() {
    Script.play(
        ON_PREMISES.toBuilder().asOf(2019).build(),
        """
        C: EHLO client.example
        S: 250-mail1.contoso.com Hello [192.0.2.1]
        S: 250-SIZE 37748736
        S: 250-PIPELINING
        S: 250-DSN
        S: 250-ENHANCEDSTATUSCODES
        S: 250-STARTTLS
        S: 250-X-ANONYMOUSTLS
        S: 250-AUTH NTLM
        S: 250-X-EXPS GSSAPI NTLM
        S: 250-8BITMIME
        S: 250-BINARYMIME
        S: 250-CHUNKING
        S: 250 XRDST
        C: STARTTLS
        S: 220 2.0.0 SMTP server ready
        >> TLS
        C: EHLO client.example
        S: 250-mail1.contoso.com Hello [192.0.2.1]
        S: 250-SIZE 37748736
        S: 250-PIPELINING
        S: 250-DSN
        S: 250-ENHANCEDSTATUSCODES
        S: 250-AUTH NTLM LOGIN
        S: 250-X-EXPS GSSAPI NTLM
        S: 250-8BITMIME
        S: 250-BINARYMIME
        S: 250-CHUNKING
        S: 250 XRDST
        """);
  }

  @Test
  void takes_mail_for_its_domains_from_anyone_and_relays_for_users() {
    Script.play(
        ON_PREMISES,
        HELLO
            + """
            C: MAIL FROM:<a@client.example>
            S: 250 2.1.0 Sender OK
            C: RCPT TO:<b@elsewhere.example>
            S~ 550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain
            C: RCPT TO:<b@contoso.com>
            S: 250 2.1.5 Recipient OK
            C: RSET
            S: 250 2.0.0 Resetting
            -- ABORTED 0, from <a@client.example> to [b@elsewhere.example=550, b@contoso.com=250], 0 bytes
            C: STARTTLS
            S: 220 2.0.0 SMTP server ready
            >> TLS
            """
            + HELLO
            + """
            C: AUTH LOGIN YWxpY2VAY29udG9zby5jb20=
            S: 334 UGFzc3dvcmQ6
            C: czNjcmV0
            S: 235 2.7.0 Authentication successful
            -- AUTH LOGIN by alice@contoso.com succeeded
            C: MAIL FROM:<alice@contoso.com>
            S: 250 2.1.0 Sender OK
            C: RCPT TO:<b@elsewhere.example>
            S: 250 2.1.5 Recipient OK
            """);
  }

  @Test
  void login_is_there_inside_tls_alone_unless_basic_auth_does_not_require_it() {
    Script.play(
        ON_PREMISES,
        HELLO
            + """
            C: AUTH LOGIN
            S~ 504 5.7.4 Unrecognized authentication type
            -- AUTH LOGIN by null failed
            """);
    Script.play(
        with(c -> c.withAuthMechanisms(Set.of(AuthMechanism.BASIC_AUTH))),
        """
        C: EHLO client.example
        S: 250-mail1.contoso.com Hello [192.0.2.1]
        S: 250-SIZE 37748736
        S: 250-PIPELINING
        S: 250-DSN
        S: 250-ENHANCEDSTATUSCODES
        S: 250-AUTH LOGIN
        S: 250-8BITMIME
        S: 250-BINARYMIME
        S: 250-CHUNKING
        S: 250-SMTPUTF8
        S: 250 XRDST
        C: STARTTLS
        S~ 500 5.3.3 Unrecognized command
        C: AUTH LOGIN
        S: 334 VXNlcm5hbWU6
        """);
  }

  @Test
  void ntlm_is_on_offer_and_nobody_gets_in_by_it() {
    Script.play(
        ON_PREMISES,
        HELLO
            + """
            C: AUTH NTLM
            S: 334 NTLM supported
            C: TlRMTVNTUAABAAAA
            S~ 535 5.7.3 Authentication unsuccessful
            -- AUTH NTLM by null failed
            """);
  }

  @Test
  void exchange_servers_begin_tls_by_a_verb_of_their_own() {
    Script.play(
        ON_PREMISES,
        HELLO
            + """
            C: X-ANONYMOUSTLS
            S: 220 2.0.0 SMTP server ready
            >> TLS
            """);
    Script.play(
        Profiles.MX,
        Script.HELLO_ON_MX
            + """
            C: X-ANONYMOUSTLS
            S: 500 5.3.3 Unrecognized command 'Length: 14' <E>
            """);
  }

  @Test
  void refuses_cleartext_mail_where_tls_is_required() {
    Script.play(
        with(c -> c.withRequireTls(true)),
        HELLO
            + """
            C: MAIL FROM:<a@client.example>
            S~ 530 5.7.0 Must issue a STARTTLS command first
            -- REFUSED 530, from <a@client.example> to [], 0 bytes
            """);
  }

  @Test
  void closes_after_too_many_errors() {
    Script.play(
        with(c -> c.withMaxProtocolErrors(1)),
        HELLO
            + """
            C: FOO
            S~ 500 5.3.3 Unrecognized command
            C: BAR
            S: 421 4.7.0 Too many errors on this connection, closing transmission channel
            -- closed
            """);
  }

  @Test
  void closes_after_too_many_refused_logons() {
    Script.play(
        with(c -> c.withMaxLogonFailures(1)),
        HELLO
            + """
            C: AUTH PLAIN
            S~ 504 5.7.4 Unrecognized authentication type
            -- AUTH PLAIN by null failed
            C: AUTH NTLM
            S: 334 NTLM supported
            C: TlRMTVNTUAABAAAA
            S~ 535 5.7.3 Authentication unsuccessful
            -- AUTH NTLM by null failed
            C: AUTH NTLM
            S: 334 NTLM supported
            C: TlRMTVNTUAABAAAA
            S: 421 4.7.0 Too many errors on this connection, closing transmission channel
            -- AUTH NTLM by null failed
            -- closed
            """);
  }
}
