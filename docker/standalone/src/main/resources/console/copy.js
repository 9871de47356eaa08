// The present settings, in the words of each way to write them.

const QUOTED = (value) => JSON.stringify(value);

export function write(form, name, profile, faults, origin) {
  return {curl, yaml, java, annotation}[form](name, profile, faults, origin);
}

const rules = (profile) => Object.fromEntries(
  ["minimumTls", "maximumTls", "refuseOldTlsWith", "blockClients"].filter((key) => profile[key]?.length).map((key) => [key, profile[key]]));

const shell = (text) => `'${text.replaceAll("'", "'\\''")}'`;

function curl(name, profile, faults, origin) {
  const put = (what, body) => `curl -X ${what === "faults" ? "PUT" : "PATCH"} -H 'Content-Type: application/json' -d ${shell(JSON.stringify(body))} \\\n  ${origin}/endpoints/${encodeURIComponent(name)}/${what}`;
  return `${put("profile", rules(profile))}\n${put("faults", faults)}\n`;
}

function yaml(name, profile, faults) {
  const pairs = Object.entries(rules(profile)).map(([key, value]) => `    ${key}: ${JSON.stringify(value)}`);
  const list = faults.map((fault) => `      - ${JSON.stringify(fault)}`);
  return ["endpoints:", `  ${QUOTED(name)}:`, `    endpoint: ${profile.endpoint}`, "    port: 0", ...pairs, ...(list.length ? ["    faults:", ...list] : []), ""].join("\n");
}

function numbers(fault) {
  const [counted, value] = "onConnection" in fault ? ["Connection", fault.onConnection] : ["Attempt", fault.onAttempt];
  return {counted, value: String(value), single: /^\d+$/.test(String(value))};
}

function effect(fault) {
  if ("drop" in fault) return `drop(${fault.drop})`;
  if ("stall" in fault) return "stall()";
  if ("stopReading" in fault) return "stopReading()";
  if ("delay" in fault) return `delay(Duration.parse(${QUOTED(fault.delay)}))`;
  if ("drip" in fault) return `drip(${fault.drip.bytes}, Duration.parse(${QUOTED(fault.drip.interval)}))`;
  if ("garbage" in fault) return `garbage(${fault.garbage})`;
  if ("reply" in fault) return `reply(${QUOTED(fault.reply)})`;
  return `alert(${fault.alert})`;
}

function java(name, profile, faults) {
  const start = profile.endpoint === "MX" ? "mx()" : "clientSubmission()";
  const lines = [`MockExchangeOnlineServer.${start}`,
    `    .profile(p -> p.tls(t -> t.minimumTls(${profile.minimumTls}).refuseOldTlsWith(TlsRefusal.${profile.refuseOldTlsWith}))`
      + (profile.blockClients.length ? `.blockClients(${profile.blockClients.map(QUOTED).join(", ")})` : "") + ")"];
  for (const fault of faults) {
    const on = numbers(fault);
    const where = `at(${fault.at}${fault.afterBytes ? `, ${fault.afterBytes}` : ""})`;
    const what = `${where}.${effect(fault)}${fault.thenClose ? ".thenClose()" : ""}${fault.onMessage ? `.onMessage(${fault.onMessage})` : ""}${fault.everyTime ? ".everyTime()" : ""}`;
    lines.push(on.single ? `    .on${on.counted}(${on.value}, ${what})` : `    .inject(Connections.parse(Counted.${on.counted.toUpperCase()}, ${QUOTED(on.value)}), ${what})`);
  }
  return `${lines.join("\n")}\n    .start();\n`;
}

function annotation(name, profile, faults) {
  const lines = faults.map((fault) => {
    const on = numbers(fault);
    const where = on.counted === "Attempt" ? `onAttempt = ${on.value}` : on.single ? `onConnection = ${on.value}` : `onConnections = ${QUOTED(on.value)}`;
    const value = "drop" in fault ? `drop = ${fault.drop}` : "reply" in fault ? `reply = ${QUOTED(fault.reply)}` : "stall" in fault ? "stall = true" : "stopReading" in fault ? "stopReading = true"
      : "delay" in fault ? `delay = ${QUOTED(fault.delay)}` : "garbage" in fault ? `garbage = ${fault.garbage}` : "alert" in fault ? `alert = ${fault.alert}` : "/* a drip is for the builder */";
    return `@InjectFault(${where}, at = ${fault.at}${fault.afterBytes ? `, afterBytes = ${fault.afterBytes}` : ""}, ${value}${fault.thenClose ? ", thenClose = true" : ""})`;
  });
  const attributes = [profile.endpoint === "MX" ? "" : "endpoint = CLIENT_SUBMISSION", `minimumTls = ${profile.minimumTls}`, `refuseOldTlsWith = TlsRefusal.${profile.refuseOldTlsWith}`,
    profile.blockClients.length ? `blockClients = {${profile.blockClients.map(QUOTED).join(", ")}}` : ""].filter(Boolean).join(", ");
  return `@Test\n${lines.map((line) => `${line}\n`).join("")}void test(@MockExchangeOnline(${attributes}) MockExchangeOnlineServer exchange) {\n`;
}
