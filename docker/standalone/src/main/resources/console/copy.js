// The present settings, in the words of each way to write them.

import {hasToken} from "./api.js";

const QUOTED = (value) => JSON.stringify(value);

const FORMS = {curl, yaml, java, annotation};

/** The settings of an endpoint as one of FORMS. */
export const write = (form, endpoint, profile, faults) => FORMS[form](endpoint, profile, faults);

/** What the page shows of the rules. */
function rules(profile) {
  const {minimumTls, maximumTls, refuseOldTlsWith, refusalAlert, certificate, blockClients} = profile;
  return {minimumTls, maximumTls, refuseOldTlsWith, ...(refusalAlert ? {refusalAlert} : {}), certificate, blockClients};
}

const isNumbered = (fault) => "onConnection" in fault && fault.onConnection !== "every";

const shell = (text) => `'${text.replaceAll("'", "'\\''")}'`;

function curl(endpoint, profile, faults) {
  const token = hasToken() ? " -H \"Authorization: Bearer $TOKEN\"" : "";
  const request = (method, path, body) => `curl -X ${method}${token}${body === undefined ? "" : ` -H 'Content-Type: application/json' -d ${shell(JSON.stringify(body))}`} \\\n`
    + `  ${shell(`${location.origin}/endpoints/${encodeURIComponent(endpoint.name)}/${path}`)}\n`;
  const reset = faults.some(isNumbered) ? `# connections count from 1 again, and those before are forgotten\n${request("POST", "reset")}` : "";
  return reset + request("PATCH", "profile", rules(profile)) + request("PUT", "faults", faults);
}

function yaml(endpoint, profile, faults) {
  const {host, port} = endpoint;
  const pairs = Object.entries({endpoint: profile.endpoint, host, port, ...rules(profile)})
    .filter(([, value]) => value.length !== 0).map(([key, value]) => `    ${key}: ${JSON.stringify(value)}`);
  const list = faults.length > 0 ? ["    faults:", ...faults.map((fault) => `      - ${JSON.stringify(fault)}`)] : [];
  return ["endpoints:", `  ${QUOTED(endpoint.name)}:`, ...pairs, ...list, ""].join("\n");
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
  if ("reply" in fault) return `reply(${QUOTED(fault.reply)})`;
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

function java(endpoint, profile, faults) {
  const refusal = profile.refusalAlert ? `AlertDescription.${profile.refusalAlert}` : `TlsRefusal.${profile.refuseOldTlsWith}`;
  return [`MockExchangeOnlineServer.${profile.endpoint === "MX" ? "mx" : "clientSubmission"}()`,
    `    .minimumTls(TlsVersion.${profile.minimumTls})`,
    `    .maximumTls(TlsVersion.${profile.maximumTls})`,
    `    .refuseOldTlsWith(${refusal})`,
    `    .certificate(CertificateKind.${profile.certificate})`,
    ...(profile.blockClients.length > 0 ? [`    .blockClients(${profile.blockClients.map(QUOTED).join(", ")})`] : []),
    ...faults.map(javaFault),
    "    .start();\n"].join("\n");
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

function annotation(endpoint, profile, faults) {
  const elements = [...(profile.endpoint === "MX" ? [] : ["endpoint = Endpoint.CLIENT_SUBMISSION"]),
    `minimumTls = TlsVersion.${profile.minimumTls}`, `maximumTls = TlsVersion.${profile.maximumTls}`,
    `refuseOldTlsWith = TlsRefusal.${profile.refuseOldTlsWith}`, `certificate = CertificateKind.${profile.certificate}`,
    ...(profile.blockClients.length > 0 ? [`blockClients = {${profile.blockClients.map(QUOTED).join(", ")}}`] : [])];
  return ["@Test", ...faults.map(injectFault), "void test(", `    @MockExchangeOnline(${elements.join(", ")})`, "    MockExchangeOnlineServer exchange) {}", ""].join("\n");
}
