// The present settings, in the words of each way to write them.

import {hasToken} from "./api.js";

const QUOTED = (value) => JSON.stringify(value);

const FORMS = {curl, yaml, java, annotation};

/** The settings of an endpoint as one of FORMS: the rules that are not the usual ones, those that differ on some connections, and the faults. */
export const write = (form, endpoint, changed, connections, faults) => FORMS[form](endpoint, changed, connections, faults);

/** The rules without accounts, whose passwords nobody is told. */
function rules({endpoint, accounts, ...others}) {
  return others;
}

const accountNote = (sign, {accounts}) => accounts ? [`${sign} and the accounts: ${accounts.map(({user}) => user).join(", ")}`] : [];

/** Rules that differ, without those that differ in accounts alone. */
const withoutAccounts = (connections) => connections.map(rules).filter((one) => Object.keys(one).length > 1);

const isNumbered = (fault) => "onConnection" in fault && fault.onConnection !== "every";

const shell = (text) => `'${text.replaceAll("'", "'\\''")}'`;

function curl(endpoint, changed, connections, faults) {
  const token = hasToken() ? " -H \"Authorization: Bearer $TOKEN\"" : "";
  const request = (method, path, body) => `curl -X ${method}${token}${body === undefined ? "" : ` -H 'Content-Type: application/json' -d ${shell(JSON.stringify(body))}`} \\\n`
    + `  ${shell(`${location.origin}/endpoints/${encodeURIComponent(endpoint.name)}/${path}`)}\n`;
  const reset = [...connections, ...faults].some(isNumbered) ? `# connections count from 1 again, and those before are forgotten\n${request("POST", "reset")}` : "";
  const {endpoint: kind, ...whole} = changed; // known accounts keep their passwords
  return reset + request("PUT", "profile", whole) + request("PUT", "connections", connections) + request("PUT", "faults", faults);
}

function yaml(endpoint, changed, connections, faults) {
  const {host, port} = endpoint;
  const pairs = Object.entries({endpoint: changed.endpoint, host, port, ...rules(changed)}).map(([key, value]) => `    ${key}: ${JSON.stringify(value)}`);
  const list = (key, values) => values.length > 0 ? [`    ${key}:`, ...values.map((value) => `      - ${JSON.stringify(value)}`)] : [];
  return ["endpoints:", `  ${QUOTED(endpoint.name)}:`, ...pairs, ...accountNote("    #", changed),
    ...list("connections", withoutAccounts(connections)), ...list("faults", faults), ""].join("\n");
}

function counted(fault) {
  const [what, value] = "onConnection" in fault ? ["Connection", fault.onConnection] : ["Attempt", fault.onAttempt];
  return {what, value, single: typeof value === "number"};
}

function effect(fault) {
  if ("drop" in fault) return `drop(Drop.${fault.drop})`;
  if ("stall" in fault) return "stall()";
  if ("stopReading" in fault) return "stopReading()";
  if ("delay" in fault) return `delay(Duration.parse(${QUOTED(fault.delay)}))`;
  if ("drip" in fault) return `drip(${fault.drip.bytes}, Duration.parse(${QUOTED(fault.drip.interval)}))`;
  if ("garbage" in fault) return `garbage(${fault.garbage})`;
  if ("reply" in fault) return `reply(${/^\d/.test(fault.reply) ? QUOTED(fault.reply) : `ExchangeError.${fault.reply}`})`;
  return `alert(AlertDescription.${fault.alert})`;
}

function javaFault(fault) {
  const {what, value, single} = counted(fault);
  const place = `Fault.at(Stage.${fault.at}${fault.afterBytes ? `, ${fault.afterBytes}` : ""}).${effect(fault)}`;
  const when = `${fault.thenClose ? ".thenClose()" : ""}${fault.onMessage ? `.onMessage(${fault.onMessage})` : ""}${fault.everyTime ? ".everyTime()" : ""}`;
  if (single) {
    return `    .on${what}(${value}, ${place}${when})`;
  }
  return what === "Connection" && value === "every" ? `    .onEveryConnection(${place}${when})`
    : `    .inject(Connections.parse(Connections.Counted.${what.toUpperCase()}, ${QUOTED(value)}), ${place}${when})`;
}

const list = (values) => values.map(QUOTED).join(", ");
const constant = (type, value) => value === null ? "null" : `${type}.${value}`; // rules that differ may say that there is none
const boxes = (values) => values.map((box) => `Middlebox.${box}`).join(", ");
const time = (value) => `Duration.parse(${QUOTED(value)})`;
const profile = (change) => `profile(p -> p.${change})`;
const tenant = (change) => profile(`tenant(t -> t.${change})`);
const throttling = (change) => profile(`throttling(t -> t.${change})`);
const receiveConnector = (change) => profile(`receiveConnector(c -> c.${change})`);

function connector(one) {
  const name = one.tlsSenderCertificateName;
  const addresses = one.senderIpAddresses.map((block) => `CidrBlock.parse(${QUOTED(block)})`).join(", ");
  return `new InboundConnector(InboundConnector.Type.${one.type}, List.of(${list(one.senderDomains)}), ${name ? QUOTED(name) : "null"}, `
    + `List.of(${addresses}), ${one.requireTls}, ${one.restrictDomainsToCertificate}, ${one.restrictDomainsToIpAddresses})`;
}

/** Each rule as the builder has it. */
const BUILDER = {
  minimumTls: (value) => `minimumTls(TlsVersion.${value})`,
  maximumTls: (value) => `maximumTls(TlsVersion.${value})`,
  refuseOldTlsWith: (value, {refusalAlert}) => `refuseOldTlsWith(${refusalAlert ? `AlertDescription.${refusalAlert}` : `TlsRefusal.${value}`})`,
  cipherSuites: (value) => `cipherSuites(${list(value)})`,
  certificate: (value) => `certificate(CertificateKind.${value})`,
  certificateFlaw: (value) => `certificateFlaw(${constant("CertificateFlaw", value)})`,
  certificateNames: (value) => `certificateNames(${list(value)})`,
  revocationInfo: (value) => profile(`tls(t -> t.revocationInfo(${value}))`),
  clientCertificate: (value) => profile(`tls(t -> t.clientCertificate(ClientCertificateMode.${value}))`),
  clientAuthorities: (value) => profile(`tls(t -> t.clientAuthorities(${value.map((pem) => `TrustAnchor.ofPem(${QUOTED(pem)})`).join(", ")}))`),
  helloRetryRequest: (value) => profile(`tls(t -> t.helloRetryRequest(${value}))`),
  encryptThenMac: (value) => profile(`tls(t -> t.encryptThenMac(${value}))`),
  sessionTickets: (value) => profile(`tls(t -> t.sessionTickets(${value}))`),
  sessionResumption: (value) => profile(`tls(t -> t.sessionResumption(${value}))`),
  blockClients: (value) => `blockClients(${list(value)})`,
  ignorePeers: (value) => `ignorePeers(${list(value)})`,
  acceptedDomains: (value) => `acceptedDomains(${list(value)})`,
  hideStartTlsFromBlocked: (value) => profile(`hideStartTlsFromBlocked(${value})`),
  asOf: (value) => profile(`asOf(${value})`),
  blocklistKind: (value) => profile(`blocklistKind(BlocklistKind.${value})`),
  blocklistCode: (value) => profile(`blocklistCode(${value})`),
  knownRecipients: (value) => tenant(`knownRecipients(List.of(${list(value)}))`),
  connectors: (value) => tenant(`connectors(List.of(${value.map(connector).join(", ")}))`),
  rejectDirectSend: (value) => tenant(`rejectDirectSend(${value})`),
  cleartextRelayRefusal: (value) => tenant(`cleartextRelayRefusal(RelayRefusal.${value})`),
  authRefusal: (value) => tenant(`authRefusal(${constant("AuthRefusal", value)})`),
  allowLegacyTlsClients: (value) => tenant(`allowLegacyTlsClients(${value})`),
  authMechanisms: (value) => receiveConnector(`withAuthMechanisms(Set.of(${value.map((one) => `AuthMechanism.${one}`).join(", ")}))`),
  requireTls: (value) => receiveConnector(`withRequireTls(${value})`),
  maxProtocolErrors: (value) => receiveConnector(`withMaxProtocolErrors(${value})`),
  maxLogonFailures: (value) => receiveConnector(`withMaxLogonFailures(${value})`),
  domainSecureEnabled: (value) => receiveConnector(`withDomainSecureEnabled(${value})`),
  tlsReceiveDomainSecureList: (value) => receiveConnector(`withTlsReceiveDomainSecureList(List.of(${list(value)}))`),
  maxRecipientsPerDomain: (value) => profile(`maxRecipientsPerDomain(${value ?? "Integer.MAX_VALUE"})`),
  cleartextMailRefusal: (value) => profile(`cleartextMailRefusal(CleartextMailRefusal.${value})`),
  startTlsInjection: (value) => profile(`startTlsInjection(StartTlsInjection.${value})`),
  middleboxes: (value) => `middleboxes(${boxes(value)})`,
  maxMessageSize: (value) => profile(`maxMessageSize(${value}L)`),
  maxRecipients: (value) => profile(`maxRecipients(${value})`),
  tarpit: (value) => profile(`tarpit(${time(value)})`),
  parallelSubmissions: (value) => throttling(`withParallelSubmissions(${value})`),
  messagesPerMinute: (value) => throttling(`withMessagesPerMinute(${value})`),
  greylisting: (value) => throttling(`withGreylisting(${time(value)})`),
  reputationLimit: ({messages, period}) => throttling(`withReputationLimit(${messages}, ${time(period)})`),
  maxConnectionsPerClient: (value) => throttling(`withMaxConnectionsPerClient(${value})`),
  frontEnd: ({server, forest}) => profile(`frontEnd(new FrontEnd(${QUOTED(server)}, ${QUOTED(forest)}))`),
  groups: (value) => profile(`tls(t -> t.groups(${value.map((group) => `NamedGroup.named(${QUOTED(group)})`).join(", ")}))`),
  serverPreference: (value) => profile(`tls(t -> t.serverPreference(${value}))`),
  idleTimeout: (value) => profile(`timeouts(t -> t.withIdle(${time(value)}))`),
  handshakeTimeout: (value) => profile(`timeouts(t -> t.withHandshake(${time(value)}))`),
  closeGrace: (value) => profile(`timeouts(t -> t.withCloseGrace(${time(value)}))`),
  stallTimeout: (value) => profile(`timeouts(t -> t.withStall(${time(value)}))`),
};

/** The rules that the builder of a server has by another name than that of a profile. */
const BELOW_TLS = ["minimumTls", "maximumTls", "cipherSuites", "certificate", "certificateFlaw", "certificateNames"];
const OF_PROFILE = {
  refuseOldTlsWith: (value) => `tls(t -> t.refuseOldTlsWith(TlsRefusal.${value}))`,
  refusalAlert: (value) => `tls(t -> t.refusalAlert(${constant("AlertDescription", value)}))`,
};

/** A rule as the builder of a profile has it. */
function onProfile(key, value) {
  if (key in OF_PROFILE) {
    return OF_PROFILE[key](value);
  }
  const call = BUILDER[key](value);
  const inner = /^profile\(p -> p\.(.*)\)$/s.exec(call);
  return inner ? inner[1] : BELOW_TLS.includes(key) ? `tls(t -> t.${call})` : call;
}

function javaConnection({onConnection, ...differing}) {
  const calls = Object.entries(differing).map(([key, value]) => `.${onProfile(key, value)}`);
  return `    .onConnections(Connections.parse(Connections.Counted.CONNECTION, ${QUOTED(String(onConnection))}), p -> p${calls.join("")})`;
}

/** The endpoints whose builders have a name of their own. */
const STARTS = {MX: "mx()", CLIENT_SUBMISSION: "clientSubmission()"};

function java(endpoint, changed, connections, faults) {
  const calls = Object.entries(rules(changed)).filter(([key]) => key in BUILDER).map(([key, value]) => `    .${BUILDER[key](value, changed)}`);
  return [`MockExchangeOnlineServer.${STARTS[changed.endpoint] ?? `builder(Endpoint.${changed.endpoint})`}`,
    ...calls, ...withoutAccounts(connections).map(javaConnection), ...faults.map(javaFault), ...accountNote("    //", changed), "    .start();\n"].join("\n");
}

/** The elements of an annotation that differ in form from YAML. */
const ELEMENTS = {
  drop: (value) => `Drop.${value}`,
  alert: (value) => `AlertDescription.${value}`,
  drip: ({bytes, interval}) => `@InjectFault.Drip(bytes = ${bytes}, interval = ${QUOTED(interval)})`,
};

function injectFault(fault) {
  const {onConnection, onAttempt, at, ...others} = fault;
  const {what, value, single} = counted(fault);
  const elements = [`on${what}${single ? "" : "s"} = ${QUOTED(value)}`, `at = Stage.${at}`,
    ...Object.entries(others).map(([key, other]) => `${key} = ${(ELEMENTS[key] ?? QUOTED)(other)}`)];
  return `@InjectFault(${elements.join(", ")})`;
}

/** The rules that the annotation has. */
const ATTRIBUTES = {
  minimumTls: (value) => `TlsVersion.${value}`,
  maximumTls: (value) => `TlsVersion.${value}`,
  refuseOldTlsWith: (value) => `TlsRefusal.${value}`,
  certificate: (value) => `CertificateKind.${value}`,
  certificateFlaw: (value) => `CertificateFlaw.${value}`,
  certificateNames: (value) => `{${list(value)}}`,
  cipherSuites: (value) => `{${list(value)}}`,
  blockClients: (value) => `{${list(value)}}`,
  acceptedDomains: (value) => `{${list(value)}}`,
  authRefusal: (value) => `AuthRefusal.${value}`,
  middleboxes: (value) => `{${boxes(value)}}`,
};

function annotation(endpoint, changed, connections, faults) {
  const given = Object.entries(rules(changed));
  const attributes = given.filter(([key]) => key in ATTRIBUTES).map(([key, value]) => `${key} = ${ATTRIBUTES[key](value)}`);
  const missing = [...given.filter(([key]) => !(key in ATTRIBUTES)).map(([key]) => key), ...(connections.length > 0 ? ["onConnections"] : [])];
  const elements = [...(changed.endpoint === "MX" ? [] : [`endpoint = Endpoint.${changed.endpoint}`]), ...attributes];
  return ["@Test", ...faults.map(injectFault), "void test(",
    ...(missing.length > 0 ? [`    // only a builder has: ${missing.join(", ")}`] : []), ...accountNote("    //", changed),
    `    @MockExchangeOnline${elements.length > 0 ? `(${elements.join(", ")})` : ""}`, "    MockExchangeOnlineServer exchange) {}", ""].join("\n");
}
