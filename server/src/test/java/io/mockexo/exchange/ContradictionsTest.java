package io.mockexo.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mockexo.tls.TlsVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ContradictionsTest {

  private static ExchangeProfileBuilder onPremises() {
    return ExchangeProfile.builder(Endpoint.ON_PREMISES);
  }

  private static ExchangeProfileBuilder onPremises(AuthRefusal refusal) {
    return onPremises().tenant(tenant -> tenant.authRefusal(refusal));
  }

  private static ExchangeProfileBuilder mailboxOnPremises(AuthRefusal refusal) {
    return onPremises().account(new Account("alice@contoso.com", "s3cret").refusedWith(refusal));
  }

  private static void refused(ExchangeProfileBuilder profile, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(profile::build)
        .withMessageStartingWith(message);
  }

  @Test
  void exchange_server_has_no_tls_1_3() {
    refused(
        onPremises().tls(tls -> tls.maximumTls(TlsVersion.TLS_1_3)),
        "maximumTls TLS_1_3 is not for ON_PREMISES");
  }

  @Test
  void exchange_server_has_none_of_the_blocklists() {
    refused(onPremises().blockClients("192.0.2.0/24"), "blockClients is not for ON_PREMISES");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TEMPORARY_SERVER_ERROR")
  void exchange_server_does_not_refuse_auth_as_the_service_does(AuthRefusal refusal) {
    String message = "the refusal %s is not for ON_PREMISES".formatted(refusal);

    refused(onPremises(refusal), message);
    refused(mailboxOnPremises(refusal), message);
  }

  @Test
  void the_back_end_of_exchange_server_can_have_trouble_too() {
    AuthRefusal trouble = AuthRefusal.TEMPORARY_SERVER_ERROR;

    assertThat(onPremises(trouble).build().tenant().authRefusal()).isEqualTo(trouble);
    assertThat(mailboxOnPremises(trouble).build().tenant().accounts())
        .extracting(Account::refusal)
        .containsExactly(trouble);
  }

  @Test
  void recipients_of_one_domain_are_no_more_than_those_of_all() {
    ExchangeProfileBuilder profile = ExchangeProfile.builder(Endpoint.MX).maxRecipientsPerDomain(8);

    refused(
        profile.maxRecipients(7),
        "maxRecipientsPerDomain 8 is above maxRecipients 7, and is never met; make it smaller");
    assertThat(profile.maxRecipients(8).build().maxRecipientsPerDomain()).isEqualTo(8);
  }

  @Test
  void the_last_address_can_be_taken_off_a_list_whose_code_stays() {
    ExchangeProfile listed =
        ExchangeProfile.builder(Endpoint.MX).blocklistCode(649).blockClients("192.0.2.1").build();

    assertThat(listed.toBuilder().blockClients().build().blocklist().code()).isEqualTo(649);
  }
}
