package io.mockexo.client.wire;

import static java.util.function.Predicate.not;

import io.mockexo.exchange.AcceptedDomain;
import io.mockexo.exchange.AuthRefusal;
import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.RelayRefusal;
import java.util.List;
import java.util.function.Function;

/** The rules of a profile that the organization has configured. */
final class TenantKeys {

  static final String ACCOUNTS = "accounts";

  private TenantKeys() {}

  static List<ProfileKey> all() {
    return List.of(
        ProfileKey.of(
                "acceptedDomains",
                (p, n) -> p.acceptedDomains(domains(n)),
                p -> ProfileKey.texts(p.tenant().acceptedDomains()))
            .only(not(Endpoint::isSubmission)),
        ProfileKey.of(
                "knownRecipients",
                (p, n) ->
                    p.tenant(
                        t -> t.knownRecipients(n.distinct(Setting::text, Function.identity()))),
                p -> List.copyOf(p.tenant().knownRecipients()))
            .only(not(Endpoint::isSubmission)),
        ProfileKey.of(
                "connectors",
                (p, n) -> p.tenant(t -> t.connectors(ConnectorSettings.read(n))),
                p -> ConnectorSettings.write(p.tenant().connectors()))
            .only(Endpoint.MX),
        ProfileKey.of(
                "rejectDirectSend",
                (p, n) -> p.tenant(t -> t.rejectDirectSend(n.bool())),
                p -> p.tenant().rejectDirectSend())
            .only(Endpoint.MX),
        ProfileKey.of(
                "cleartextRelayRefusal",
                (p, n) -> p.tenant(t -> t.cleartextRelayRefusal(n.oneOf(RelayRefusal.class))),
                p -> p.tenant().cleartextRelayRefusal().name())
            .only(Endpoint.MX),
        ProfileKey.of(
                ACCOUNTS,
                (p, n) -> p.accounts(AccountSettings.read(n, p.build().tenant().accounts())),
                p -> AccountSettings.write(p.tenant().accounts()))
            .only(Endpoint::hasAuth),
        ProfileKey.of(
                "authRefusal",
                (p, n) ->
                    p.tenant(t -> t.authRefusal(n.isNothing() ? null : n.oneOf(AuthRefusal.class))),
                p -> p.tenant().authRefusal() == null ? null : p.tenant().authRefusal().name())
            .only(Endpoint::hasAuth),
        ProfileKey.of(
                "allowLegacyTlsClients",
                (p, n) -> p.tenant(t -> t.allowLegacyTlsClients(n.bool())),
                p -> p.tenant().allowLegacyTlsClients())
            .only(Endpoint.LEGACY_CLIENT_SUBMISSION));
  }

  private static List<String> domains(Setting list) {
    return ProfileKey.texts(
        list.distinct(node -> AcceptedDomain.parse(node.text()), Function.identity()));
  }
}
