// The attempts at one message on a line of time: fallback and retry are seen, not read.

import {$, clock, element, fill, svg, duration, versionName} from "./dom.js";

const STEP = 50;
/** Room for an attempt with its words. */
const ATTEMPT = 120;
const HEIGHT = 78;
/** The column beside the lines, if there is room for one (as in the style sheet). */
const NAMES = 290;

const last = (message) => message.attempts.at(-1).session;

export class Timelines {
  constructor(choose) {
    this.choose = choose;
    this.limit = STEP;
    this.messages = [];
    this.times = new Map();
    $("more").addEventListener("click", () => {
      this.limit += STEP;
      this.draw();
    });
    new ResizeObserver(() => this.draw()).observe($("messages"));
  }

  /** Shows the messages of another endpoint. */
  forget() {
    this.limit = STEP;
  }

  show(snapshot) {
    this.times = new Map(snapshot.sessions.map((session) => [session.number, session.acceptedAt]));
    this.messages = snapshot.messages.filter((message) => message.attempts.length > 0).sort((a, b) => last(b) - last(a));
    const {attempts, earlierAttempts} = snapshot.ambiguous;
    $("ambiguous").hidden = attempts.length === 0;
    $("ambiguous").textContent = `${attempts.length + earlierAttempts} attempts could be at more than one of these messages: `
      + `${earlierAttempts > 0 ? "... " : ""}${attempts.map((attempt) => `#${attempt.session}`).join(", ")}`;
    this.draw();
  }

  draw() {
    const all = $("timelines").clientWidth;
    if (all === 0) {
      return;
    }
    const width = all < 560 ? all : all - NAMES;
    const shown = this.messages.slice(0, this.limit);
    const seen = (message) => [width, message, ...message.attempts.map((attempt) => this.times.get(attempt.session))];
    fill($("timelines"), shown, (message) => JSON.stringify(seen(message)), (message) => this.item(message, width));
    $("no-messages").hidden = shown.length > 0;
    $("rest").hidden = this.messages.length <= shown.length;
    $("shown").textContent = `The latest ${shown.length} of ${this.messages.length} messages are shown.`;
  }

  item(message, width) {
    const id = message.message?.messageId ?? "without Message-ID";
    const time = this.times.get(last(message));
    const earlier = message.earlierAttempts > 0 ? [element("p", {class: "soft"}, `${message.earlierAttempts} earlier attempts are not drawn`)] : [];
    return element("li", {},
      element("div", {class: "who"},
        element("p", {}, element("time", {dateTime: time}, clock(time)), " ", element("bdi", {}, message.recipients.join(", ") || "no recipient yet")),
        element("code", {}, id),
        element("p", {class: "verdicts"}, ...verdicts(message).map(([kind, text]) => element("span", {class: `verdict ${kind}`}, text))),
        ...earlier),
      element("div", {class: "line"}, this.line(message, width)));
  }

  line(message, room) {
    const attempts = message.attempts;
    const at = attempts.map((attempt) => Date.parse(this.times.get(attempt.session)));
    const begin = Math.min(...at);
    const span = Math.max(1, Math.max(...at) - begin);
    const steps = attempts.length - 1;
    const least = Math.min(ATTEMPT, room / 2);
    // Each attempt has room for its words; what is left over goes by time.
    const width = Math.max(room, least * attempts.length);
    const spare = width - least * attempts.length;
    const x = (i) => least / 2 + least * i + (steps > 0 ? spare * (at[i] - begin) / span : 0);
    const drawing = svg("svg", {width, height: HEIGHT, role: "group", "aria-label": "attempts in order of time"});
    for (let i = 1; i < attempts.length; i++) {
      const later = message.laterTries.find((each) => each.attempt === attempts[i].session);
      const fallback = later?.kind === "FALLBACK_TO_CLEARTEXT" ? "gap bad" : "gap";
      drawing.append(svg("line", {x1: x(i - 1) + 8, x2: x(i) - 8, y1: 24, y2: 24, class: fallback}));
      if (later?.gap != null) {
        drawing.append(svg("text", {x: (x(i - 1) + x(i)) / 2, y: 16, class: "gap-text"}, duration(later.gap)));
      }
    }
    drawing.append(...attempts.map((attempt, i) => this.attempt(attempt, x(i))));
    return drawing;
  }

  attempt(attempt, x) {
    const words = label(attempt);
    const dot = svg("g", {class: `attempt ${kind(attempt)}`, tabindex: "0", role: "button", "aria-label": `connection ${attempt.session}, ${words.join(", ")}`});
    dot.append(svg("circle", {cx: x, cy: 24, r: 7}), svg("text", {x, y: 46, class: "name"}, `#${attempt.session}`));
    words.forEach((word, i) => dot.append(svg("text", {x, y: 59 + 13 * i}, word)));
    dot.addEventListener("click", () => this.choose(attempt.session));
    dot.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        this.choose(attempt.session);
      }
    });
    return dot;
  }
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
  const exposed = message.fellBackToCleartext || message.neverTriedTls;
  found.push(message.delivered ? [exposed ? "idle" : "good", "delivered"] : ["warn", "not delivered"]);
  return found;
}

function kind(attempt) {
  if (attempt.outcome === "DELIVERED") {
    return attempt.mailOver === "CLEARTEXT" ? "bad" : "good";
  }
  return attempt.failedTls ? "warn" : "idle";
}

/** What became of it, and how. */
function label(attempt) {
  const what = attempt.outcome === "NO_MAIL" ? (attempt.failedTls ? "TLS failed" : "no mail") : attempt.outcome.toLowerCase();
  const code = attempt.replyCode >= 400 ? ` ${attempt.replyCode}` : "";
  if (attempt.mailOver.startsWith("TLS") || attempt.mailOver.startsWith("SSL")) {
    return [what + code, `over ${versionName(attempt.mailOver)}`];
  } else if (attempt.mailOver === "CLEARTEXT") {
    return [what + code, "in cleartext"];
  }
  return attempt.offeredTls ? [what + code, `offered ${versionName(attempt.offeredTls)}`] : [what + code];
}
