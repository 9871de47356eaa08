package io.mockexo.client.wire;

import static java.util.function.Predicate.not;

import io.mockexo.exchange.AsOf;
import io.mockexo.exchange.AuthMechanism;
import io.mockexo.exchange.BlocklistKind;
import io.mockexo.exchange.CidrBlock;
import io.mockexo.exchange.CleartextMailRefusal;
import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.exchange.FrontEnd;
import io.mockexo.exchange.Middlebox;
import io.mockexo.exchange.StartTlsInjection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The rules of a profile that are the service's own. */
final class ServiceKeys {

  private static final int UNLIMITED = Integer.MAX_VALUE;

  private ServiceKeys() {}

  /** Who it is, and whom it does not serve. */
  static List<ProfileKey> identity() {
    return List.of(
        ProfileKey.of(
            "asOf", (p, n) -> p.asOf(n.integer(AsOf.FIRST, AsOf.LAST)), p -> p.asOf().year()),
        ProfileKey.of(
            "frontEnd",
            (p, n) -> p.frontEnd(frontEnd(n)),
            p -> Map.of("server", p.frontEnd().server(), "forest", p.frontEnd().forest())),
        ProfileKey.of(
            "blockClients",
            (p, n) -> p.blockClients(blocks(n)),
            p -> ProfileKey.texts(p.blocklist().clients())),
        ProfileKey.of(
            "blocklistKind",
            (p, n) -> p.blocklistKind(n.oneOf(BlocklistKind.class)),
            p -> p.blocklist().kind().name()),
        ProfileKey.of(
            "blocklistCode",
            (p, n) -> p.blocklistCode(n.integer(0, Integer.MAX_VALUE)),
            p -> p.blocklist().code()),
        ProfileKey.of(
            "hideStartTlsFromBlocked",
            (p, n) -> p.hideStartTlsFromBlocked(n.bool()),
            p -> p.blocklist().hidesStartTls()),
        ProfileKey.of(
            "ignorePeers",
            (p, n) -> p.ignorePeers(blocks(n)),
            p -> ProfileKey.texts(p.ignoredPeers())));
  }

  /** How it talks. */
  static List<ProfileKey> dialogue() {
    return List.of(
        ProfileKey.of(
                "authMechanisms",
                (p, n) -> p.receiveConnector(c -> c.withAuthMechanisms(mechanisms(n))),
                p -> ProfileKey.texts(p.receiveConnector().authMechanisms()))
            .only(Endpoint.ON_PREMISES),
        ProfileKey.of(
                "requireTls",
                (p, n) -> p.receiveConnector(c -> c.withRequireTls(n.bool())),
                p -> p.receiveConnector().requireTls())
            .only(Endpoint.ON_PREMISES),
        ProfileKey.of(
                "maxProtocolErrors",
                (p, n) -> p.receiveConnector(c -> c.withMaxProtocolErrors(count(n, 0))),
                p -> p.receiveConnector().maxProtocolErrors())
            .only(Endpoint.ON_PREMISES),
        ProfileKey.of(
                "maxLogonFailures",
                (p, n) -> p.receiveConnector(c -> c.withMaxLogonFailures(count(n, 0))),
                p -> p.receiveConnector().maxLogonFailures())
            .only(Endpoint.ON_PREMISES),
        ProfileKey.of(
                "domainSecureEnabled",
                (p, n) -> p.receiveConnector(c -> c.withDomainSecureEnabled(n.bool())),
                p -> p.receiveConnector().domainSecureEnabled())
            .only(Endpoint.ON_PREMISES),
        ProfileKey.of(
                "tlsReceiveDomainSecureList",
                (p, n) ->
                    p.receiveConnector(
                        c ->
                            c.withTlsReceiveDomainSecureList(
                                n.distinct(Setting::text, Function.identity()))),
                p -> p.receiveConnector().tlsReceiveDomainSecureList())
            .only(Endpoint.ON_PREMISES),
        ProfileKey.of(
                "cleartextMailRefusal",
                (p, n) -> p.cleartextMailRefusal(n.oneOf(CleartextMailRefusal.class)),
                p -> p.cleartextMailRefusal().name())
            .only(not(Endpoint.CONSUMER_MX::equals)),
        ProfileKey.of(
            "startTlsInjection",
            (p, n) -> p.startTlsInjection(n.oneOf(StartTlsInjection.class)),
            p -> p.startTlsInjection().name()),
        ProfileKey.of(
            "middleboxes",
            (p, n) ->
                p.middleboxes(n.distinct(box -> box.oneOf(Middlebox.class), Function.identity())),
            p -> ProfileKey.texts(p.middleboxes())),
        ProfileKey.of(
            "maxMessageSize",
            (p, n) -> p.maxMessageSize(n.bytes()),
            ExchangeProfile::maxMessageSize),
        ProfileKey.of(
            "maxRecipients",
            (p, n) -> p.maxRecipients(count(n, 1)),
            ExchangeProfile::maxRecipients),
        ProfileKey.of(
            "maxRecipientsPerDomain",
            (p, n) -> p.maxRecipientsPerDomain(n.isNothing() ? UNLIMITED : count(n, 1)),
            p -> p.maxRecipientsPerDomain() == UNLIMITED ? null : p.maxRecipientsPerDomain()),
        ProfileKey.of("tarpit", (p, n) -> p.tarpit(n.duration()), p -> p.tarpit().toString())
            .only(Endpoint::hasAuth),
        ProfileKey.of(
            "idleTimeout",
            (p, n) -> p.timeouts(t -> t.withIdle(n.duration())),
            p -> p.timeouts().idle().toString()),
        ProfileKey.of(
            "handshakeTimeout",
            (p, n) -> p.timeouts(t -> t.withHandshake(n.duration())),
            p -> p.timeouts().handshake().toString()),
        ProfileKey.of(
            "closeGrace",
            (p, n) -> p.timeouts(t -> t.withCloseGrace(n.duration())),
            p -> p.timeouts().closeGrace().toString()),
        ProfileKey.of(
            "stallTimeout",
            (p, n) -> p.timeouts(t -> t.withStall(n.duration())),
            p -> p.timeouts().stall().toString()));
  }

  private static int count(Setting value, int minimum) {
    return value.integer(minimum, UNLIMITED);
  }

  private static List<String> blocks(Setting list) {
    return ProfileKey.texts(
        list.distinct(node -> CidrBlock.parse(node.text()), Function.identity()));
  }

  private static Set<AuthMechanism> mechanisms(Setting list) {
    return Set.copyOf(list.distinct(node -> node.oneOf(AuthMechanism.class), Function.identity()));
  }

  private static FrontEnd frontEnd(Setting node) {
    Map<String, Setting> entries = node.entries(Set.of("server", "forest"));
    Setting server = entries.get("server");
    Setting forest = entries.get("forest");
    if (server == null || forest == null) {
      throw node.error("a front end has a server and a forest");
    }
    return new FrontEnd(server.text(), forest.text());
  }
}
