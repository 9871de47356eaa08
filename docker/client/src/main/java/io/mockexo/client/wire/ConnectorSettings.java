package io.mockexo.client.wire;

import io.mockexo.exchange.CidrBlock;
import io.mockexo.exchange.InboundConnector;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Inbound connectors, under the names of {@code New-InboundConnector}. */
final class ConnectorSettings {

  private static final String TYPE = "type";
  private static final String SENDER_DOMAINS = "senderDomains";
  private static final String CERTIFICATE_NAME = "tlsSenderCertificateName";
  private static final String ADDRESSES = "senderIpAddresses";
  private static final String REQUIRE_TLS = "requireTls";
  private static final String TO_CERTIFICATE = "restrictDomainsToCertificate";
  private static final String TO_ADDRESSES = "restrictDomainsToIpAddresses";

  private ConnectorSettings() {}

  static List<InboundConnector> read(Setting list) {
    return list.distinct(ConnectorSettings::connector, Function.identity());
  }

  private static InboundConnector connector(Setting node) {
    Map<String, Setting> entries =
        node.entries(
            Set.of(
                TYPE,
                SENDER_DOMAINS,
                CERTIFICATE_NAME,
                ADDRESSES,
                REQUIRE_TLS,
                TO_CERTIFICATE,
                TO_ADDRESSES));
    Setting type = entries.get(TYPE);
    if (type == null) {
      throw node.error("a connector has a type: PARTNER or ON_PREMISES");
    }
    InboundConnector.Type kind = type.oneOf(InboundConnector.Type.class);
    Setting name = entries.get(CERTIFICATE_NAME);
    return new InboundConnector(
        kind,
        texts(entries, SENDER_DOMAINS),
        name == null ? null : name.text(),
        texts(entries, ADDRESSES).stream().map(CidrBlock::parse).toList(),
        bool(entries, REQUIRE_TLS, kind == InboundConnector.Type.PARTNER),
        bool(entries, TO_CERTIFICATE, false),
        bool(entries, TO_ADDRESSES, false));
  }

  private static List<String> texts(Map<String, Setting> entries, String key) {
    Setting list = entries.get(key);
    return list == null ? List.of() : list.texts();
  }

  private static boolean bool(Map<String, Setting> entries, String key, boolean otherwise) {
    Setting value = entries.get(key);
    return value == null ? otherwise : value.bool();
  }

  static List<Map<String, Object>> write(List<InboundConnector> connectors) {
    return connectors.stream().map(ConnectorSettings::write).toList();
  }

  private static Map<String, Object> write(InboundConnector connector) {
    Map<String, Object> entries = new LinkedHashMap<>();
    entries.put(TYPE, connector.type().name());
    entries.put(SENDER_DOMAINS, connector.senderDomains());
    String name = connector.tlsSenderCertificateName();
    if (name != null) {
      entries.put(CERTIFICATE_NAME, name);
    }
    entries.put(ADDRESSES, ProfileKey.texts(connector.senderIpAddresses()));
    entries.put(REQUIRE_TLS, connector.requireTls());
    entries.put(TO_CERTIFICATE, connector.restrictDomainsToCertificate());
    entries.put(TO_ADDRESSES, connector.restrictDomainsToIpAddresses());
    return entries;
  }
}
