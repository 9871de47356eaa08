// One connection: what was readable on the wire and what was inside TLS set apart, its ClientHello, its messages.

import * as api from "./api.js";
import {$, element, fact, fill, plain, versionName} from "./dom.js";
import {words} from "./words.js";

export class SessionView {
  constructor() {
    this.close();
  }

  close() {
    this.number = 0;
    this.session = undefined;
    this.drawn = undefined;
    $("session").hidden = true;
  }

  async open(name, number, focus) {
    this.name = name;
    this.number = number;
    await this.load();
    if (focus && this.number === number) {
      $("session-title").focus();
    }
  }

  /** Shows the chosen connection, of those with its number the one that began at that time, if one is given. */
  async load(acceptedAt) {
    const {name, number} = this;
    const session = await api.session(name, number);
    const shown = this.session;
    const another = name !== this.name || number !== this.number || (acceptedAt ?? session.acceptedAt) !== session.acceptedAt;
    const older = shown?.number === number && shown.acceptedAt === session.acceptedAt && shown.events.length > session.events.length;
    if (!another && !older) {
      this.show(session);
    }
  }

  /** Whether the connection that is shown has come further than it is shown. */
  isBehind({number, acceptedAt}) {
    return this.number === number && (this.session?.number !== number || (!this.session.complete && this.session.acceptedAt === acceptedAt));
  }

  /** Shows how far an open connection has come; what became of one that is open no more is followed. */
  async grow() {
    if (this.number > 0) {
      const known = this.session?.number === this.number ? this.session.acceptedAt : undefined;
      await this.load(known).catch((problem) => {
        if (problem.status !== 404) {
          throw problem;
        }
      });
    }
  }

  /** Follows what has happened since; false if there is no such connection any more. */
  async follow(sessions) {
    if (!this.session) {
      return true;
    }
    const now = sessions.find((each) => each.number === this.number);
    if (now?.acceptedAt === this.session.acceptedAt) {
      if (!this.session.complete) {
        await this.load();
      }
      return true;
    }
    const evicted = now === undefined && sessions.length > 0 && this.number < sessions[0].number && this.session.acceptedAt <= sessions[0].acceptedAt;
    $("gone").hidden = !evicted;
    if (!evicted) {
      this.close();
    }
    return evicted;
  }

  show(session) {
    this.session = session;
    $("gone").hidden = true;
    $("session").hidden = false;
    $("session-title").textContent = `Connection ${session.number} from ${session.peer}, port ${session.peerPort}`;
    $("session-summary").textContent = plain(session.summary);
    $("evidence").href = api.evidencePath(this.name, session.number);
    $("evidence-secrets").hidden = !session.events.some((event) => event.type === "SecretsLogged");
    const key = `${this.name} ${session.number} ${session.acceptedAt}`;
    this.talk(key, session.events);
    fill($("words"), [session], () => `${key} ${session.events.length}`, () => words(this.name, session.number));
    const numbered = (type) => session.events.filter((event) => event.type === type).map((event, i) => ({...event, index: i + 1}));
    fill($("hello"), numbered("ClientHelloReceived"), ({index}) => `${key} ${index}`, hello);
    fill($("mails"), numbered("MessageAccepted"), ({index}) => `${key} ${index}`, (event) => mail(this.name, session.number, event));
  }

  /** Draws the dialogue; one that has grown is added to, so that what somebody has selected in it stays selected. */
  talk(key, events) {
    // What was left out is told at the end, as long as there is more to come.
    const known = this.drawn?.key === key && this.drawn.last !== "EventsDropped" ? this.drawn.count : 0;
    if (known === 0) {
      $("dialogue").replaceChildren();
      this.inside = undefined;
    }
    events.slice(known).forEach((event) => this.say(event));
    this.drawn = {key, count: events.length, last: events.at(-1)?.type};
  }

  say(event) {
    const tls = "insideTls" in event ? event.insideTls : this.inside ?? false;
    if (tls !== this.inside) {
      $("dialogue").append(element("div", {class: tls ? "part tls" : "part clear"}, element("h4", {}, tls ? "inside TLS" : "readable on the wire"), element("pre")));
      this.inside = tls;
    }
    $("dialogue").lastChild.lastChild.append(...lines(event).map((line) => element("span", {}, `${event.at.toFixed(3).padStart(8)}  ${line}\n`)));
  }
}

function waiting({limit, waiting}) {
  if (waiting === 0) return "";
  return limit === "MESSAGES_PER_MINUTE" ? `, delivery is delayed by ${waiting.toFixed(3)} s` : `, for ${waiting.toFixed(3)} s more`;
}

function lines(event) {
  switch (event.type) {
    case "CommandReceived": return [`C: ${event.line}`];
    case "ReplySent": return event.lines.map((line, i) => `S: ${event.code}${i < event.lines.length - 1 ? "-" : " "}${line}`);
    case "MiddleboxActed": return [event.original === null ? `-- middlebox ${event.middlebox} answers, Exchange never got the command` : `-- middlebox ${event.middlebox}, Exchange said: ${event.original}`];
    case "LimitReached": return [`-- limit ${event.limit} reached by ${event.whose}${waiting(event)}`];
    case "MessageDataReceived": return [`C: (message data, ${event.bytes} bytes)`];
    case "ClientHelloReceived": return ["C: ClientHello"];
    case "TlsRefused": return [`-- refused with ${event.how}: ${event.reason}`];
    case "TlsEstablished": return [`-- ${versionName(event.version)}, ${event.cipherSuite}${event.group ? `, ${event.group}` : ""}${event.resumed ? ", resumed" : ""}`];
    case "SessionTicketsSent": return [`-- ${event.count} session ${event.count === 1 ? "ticket" : "tickets"} sent`];
    case "ClientCertificateShown": return [`-- client certificate ${event.client.subject}: ${event.client.verdict}`];
    case "TlsFailed": return [`-- TLS failed: ${event.reason}`];
    case "Alert": return [`${event.direction === "SENT" ? "S" : "C"}: ${event.fatal ? "fatal" : "warning"} alert ${event.description}`];
    case "FaultInjected": return [`-- fault: ${Object.entries(event.fault).map(([key, value]) => `${key} ${typeof value === "object" ? JSON.stringify(value) : value}`).join(", ")}`];
    case "ClientBlocklisted": return [`-- on the blocklist (${event.entry})${event.startTlsHidden ? ", STARTTLS is hidden" : ""}`];
    case "Authenticated": return [`-- authenticated as ${event.user}`];
    case "AuthenticationFailed": return [event.reason ? `-- authentication failed: ${event.reason}` : "-- authentication failed"];
    case "StrayBytes": return [`C: (${event.count} bytes nobody asked for) ${event.sample}`];
    case "MessageAccepted": return ["-- delivered"];
    case "TransactionFailed": return [`-- not delivered: ${event.transaction.outcome.toLowerCase()}`];
    case "EventsDropped": return [`-- ${event.count} events left out`];
    case "Closed": return [`-- closed by the ${event.by.toLowerCase()} with ${event.how}`];
    default: return [`-- ${event.type}`];
  }
}

function hello({hello: sent}) {
  const list = (values) => values.join(", ") || "none";
  return element("details", {}, element("summary", {}, `ClientHello, JA4 ${sent.ja4}`), element("dl", {},
    ...fact("versions", list((sent.supportedVersions.length ? sent.supportedVersions : [sent.legacyVersion]).map(versionName))),
    ...fact("server name", sent.serverName ?? "none"),
    ...fact("cipher suites", list(sent.cipherSuites)),
    ...fact("groups", list(sent.groups)),
    ...fact("signature schemes", list(sent.signatureSchemes)),
    ...fact("JA3", sent.ja3Hash)));
}

function mail(name, number, {transaction, index}) {
  const text = element("pre", {tabIndex: 0, "aria-label": `text of message ${index}`});
  const rest = element("p", {hidden: true}, "This is the beginning. ");
  const save = element("p", {}, element("a", {href: api.messagePath(name, number, index), download: `${name}-${number}-${index}.eml`}, "Save the message"));
  const to = transaction.recipients.map((recipient) => `<${recipient.forwardPath}>`).join(", ");
  const details = element("details", {}, element("summary", {}, `Message ${index}: <${transaction.reversePath}> to ${to}, ${transaction.size} bytes`), text, rest, save);
  details.addEventListener("toggle", async () => {
    if (details.open && !text.textContent) {
      const message = await api.message(name, number, index).catch((problem) => ({text: problem.message, whole: true}));
      text.textContent = plain(message.text);
      rest.hidden = message.whole;
    }
  });
  return details;
}
