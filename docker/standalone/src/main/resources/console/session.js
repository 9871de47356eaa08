// One connection: what was readable on the wire and what was inside TLS set apart, its ClientHello, its messages.

import * as api from "./api.js";
import {$, element, versionName} from "./dom.js";

export async function show(name, number, focus) {
  const session = await api.session(name, number);
  $("session").hidden = false;
  $("session-title").textContent = `Connection ${number} from ${session.peer}, port ${session.peerPort}`;
  $("session-summary").textContent = session.summary;
  $("dialogue").replaceChildren(...parts(session.events));
  $("hello").replaceChildren(...session.events.filter((event) => event.type === "ClientHelloReceived").map(hello));
  $("mails").replaceChildren(...mails(name, number, session.events));
  if (focus) {
    $("session-title").focus();
  }
}

function parts(events) {
  const made = [];
  let inside;
  for (const event of events) {
    const tls = "insideTls" in event ? event.insideTls : inside ?? false;
    if (tls !== inside) {
      made.push(element("div", {class: tls ? "part tls" : "part clear"}, element("h4", {}, tls ? "inside TLS" : "readable on the wire"), element("pre")));
      inside = tls;
    }
    made.at(-1).lastChild.append(...lines(event).map((line) => `${event.at.toFixed(3).padStart(8)}  ${line}\n`));
  }
  return made;
}

function lines(event) {
  switch (event.type) {
    case "CommandReceived": return [`C: ${event.line}`];
    case "ReplySent": return event.lines.map((line, i) => `S: ${event.code}${i < event.lines.length - 1 ? "-" : " "}${line}`);
    case "MessageDataReceived": return [`C: (message data, ${event.bytes} bytes)`];
    case "ClientHelloReceived": return ["C: ClientHello"];
    case "TlsRefused": return [`-- refused with ${event.how}: ${event.reason}`];
    case "TlsEstablished": return [`-- ${versionName(event.version)}, ${event.cipherSuite}${event.group ? `, ${event.group}` : ""}`];
    case "TlsFailed": return [`-- TLS failed: ${event.reason}`];
    case "Alert": return [`${event.direction === "SENT" ? "S" : "C"}: ${event.fatal ? "fatal" : "warning"} alert ${event.description}`];
    case "FaultInjected": return [`-- fault: ${Object.entries(event.fault).map(([key, value]) => `${key} ${typeof value === "object" ? JSON.stringify(value) : value}`).join(", ")}`];
    case "ClientBlocklisted": return [`-- on the blocklist (${event.entry})${event.startTlsHidden ? ", STARTTLS is hidden" : ""}`];
    case "Authenticated": return [`-- authenticated as ${event.user}`];
    case "AuthenticationFailed": return ["-- authentication failed"];
    case "StrayBytes": return [`C: (${event.count} bytes nobody asked for) ${event.sample}`];
    case "MessageAccepted": return ["-- delivered"];
    case "TransactionFailed": return [`-- not delivered: ${event.transaction.outcome.toLowerCase()}`];
    case "EventsDropped": return [`-- ${event.count} events left out`];
    case "Closed": return [`-- closed by the ${event.by.toLowerCase()} with ${event.how}`];
    default: return [`-- ${event.type}`];
  }
}

function hello({hello}) {
  const fact = (name, value) => [element("dt", {}, name), element("dd", {}, value || "none")];
  return element("details", {}, element("summary", {}, `ClientHello, JA4 ${hello.ja4}`), element("dl", {},
    ...fact("versions", (hello.supportedVersions.length ? hello.supportedVersions : [hello.legacyVersion]).map(versionName).join(", ")),
    ...fact("server name", hello.serverName),
    ...fact("cipher suites", hello.cipherSuites.join(", ")),
    ...fact("groups", hello.groups.join(", ")),
    ...fact("signature schemes", hello.signatureSchemes.join(", ")),
    ...fact("JA3", hello.ja3Hash)));
}

function mails(name, number, events) {
  return events.filter((event) => event.type === "MessageAccepted").map(({transaction}, i) => {
    const text = element("pre");
    const details = element("details", {}, element("summary", {},
      `Message ${i + 1}: <${transaction.reversePath}> to ${transaction.recipients.map((r) => `<${r.forwardPath}>`).join(", ")}, ${transaction.size} bytes`), text);
    details.addEventListener("toggle", async () => {
      if (details.open && !text.textContent) {
        text.textContent = await api.message(name, number, i + 1).catch((problem) => problem.message);
      }
    });
    return details;
  });
}
