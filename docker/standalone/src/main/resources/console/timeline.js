// The attempts at one message on a line of time: fallback and retry are seen, not read.

import {$, element, svg, duration, versionName} from "./dom.js";

const SHOWN = 50;
const WIDTH = 640;
const HEIGHT = 64;
const EDGE = 64;

export function show(messages, sessions, choose) {
  const times = new Map(sessions.map((session) => [session.number, Date.parse(session.acceptedAt)]));
  const latest = messages.filter((message) => message.attempts.length > 0).slice(-SHOWN).reverse();
  $("timelines").replaceChildren(...latest.map((message) => item(message, times, choose)));
}

function item(message, times, choose) {
  const id = message.message?.messageId ?? "without Message-ID";
  return element("li", {},
    element("p", {class: "who"}, `${message.recipients.join(", ") || "no recipient yet"} `, element("code", {}, id)),
    element("p", {class: "verdicts"}, ...verdicts(message).map(([kind, text]) => element("span", {class: `verdict ${kind}`}, text))),
    line(message, times, choose));
}

function verdicts(message) {
  const found = [];
  if (message.fellBackToCleartext) {
    found.push(["bad", "fell back to cleartext"]);
  }
  if (message.neverTriedTls) {
    found.push(["bad", "never tried TLS"]);
  }
  if (message.fellBackToLowerTls) {
    found.push(["warn", "fell back to lower TLS"]);
  }
  if (message.duplicatedRecipients.length > 0) {
    found.push(["warn", `duplicate for ${message.duplicatedRecipients.join(", ")}`]);
  }
  if (message.retried) {
    found.push(["good", message.retriedAfterTlsFailure ? "retried after a TLS failure" : "retried"]);
  }
  found.push(message.delivered ? ["good", "delivered"] : ["warn", "not delivered"]);
  return found;
}

function kind(attempt) {
  if (attempt.outcome === "DELIVERED") {
    return attempt.mailOver === "CLEARTEXT" ? "bad" : "good";
  }
  return attempt.failedTls ? "warn" : "idle";
}

function label(attempt) {
  const how = attempt.mailOver.startsWith("TLS") ? versionName(attempt.mailOver) : attempt.mailOver === "CLEARTEXT" ? "cleartext" : "";
  const what = attempt.outcome === "NO_MAIL" ? (attempt.failedTls ? "TLS failed" : "no mail") : attempt.outcome.toLowerCase();
  return [what, how, attempt.replyCode >= 400 ? attempt.replyCode : ""].filter(Boolean).join(" ");
}

function line(message, times, choose) {
  const attempts = message.attempts;
  const at = attempts.map((attempt) => times.get(attempt.session) ?? 0);
  const begin = Math.min(...at);
  const span = Math.max(1, Math.max(...at) - begin);
  const step = attempts.length > 1 ? (WIDTH - 2 * EDGE) / (attempts.length - 1) : 0;
  // Half by time and half by order: neither do quick tries lie on each other, nor does a pause of hours hide them.
  const x = (i) => EDGE + (step * i + (WIDTH - 2 * EDGE) * (attempts.length > 1 ? (at[i] - begin) / span : 0)) / 2;
  const drawing = svg("svg", {viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "group", "aria-label": "attempts in order of time"});
  for (let i = 1; i < attempts.length; i++) {
    drawing.append(svg("line", {x1: x(i - 1) + 8, x2: x(i) - 8, y1: 24, y2: 24, class: "gap"}));
    const later = message.laterTries.find((each) => each.attempt === attempts[i].session);
    if (later?.gap != null) {
      drawing.append(svg("text", {x: (x(i - 1) + x(i)) / 2, y: 16, class: "gap-text"}, duration(later.gap)));
    }
  }
  attempts.forEach((attempt, i) => {
    const dot = svg("g", {class: `attempt ${kind(attempt)}`, tabindex: "0", role: "button", "aria-label": `connection ${attempt.session}, ${label(attempt)}`});
    dot.append(svg("circle", {cx: x(i), cy: 24, r: 7}), svg("text", {x: x(i), y: 46, class: "name"}, `#${attempt.session}`), svg("text", {x: x(i), y: 59, class: "what"}, label(attempt)));
    dot.addEventListener("click", () => choose(attempt.session));
    dot.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        choose(attempt.session);
      }
    });
    drawing.append(dot);
  });
  return drawing;
}
