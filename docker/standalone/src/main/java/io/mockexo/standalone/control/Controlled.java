package io.mockexo.standalone.control;

import io.mockexo.scenario.Catalogue;
import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.standalone.evidence.Evidence;
import java.util.Map;

/**
 * What the control API shows and changes.
 *
 * @param servers the endpoints by name, in order
 * @param catalogue the scenarios that they can be put in
 * @param evidence of their sessions
 */
public record Controlled(
    Map<String, MockExchangeOnlineServer> servers, Catalogue catalogue, Evidence evidence) {}
