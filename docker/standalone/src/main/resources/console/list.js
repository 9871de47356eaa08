// The connections, newest first. Only the rows in view exist, so that ten thousand cost no more than ten.

import {$, element, versionName} from "./dom.js";

const ROW = 44;

const WORDS = {
  delivered_over_tls: "delivered over TLS",
  delivered_in_cleartext: "delivered in cleartext",
  tls_refused: "TLS refused",
  tls_failed: "TLS failed",
  not_delivered: "not delivered",
  no_mail: "no mail",
  silent: "silent",
  open: "open",
};

export class List {
  constructor(choose) {
    this.sessions = [];
    this.chosen = 0;
    this.choose = choose;
    this.view = $("list");
    this.view.addEventListener("scroll", () => this.draw());
    this.view.addEventListener("keydown", (event) => this.key(event));
    new ResizeObserver(() => this.draw()).observe(this.view);
  }

  show(sessions) {
    this.sessions = [...sessions].sort((a, b) => b.number - a.number);
    const count = (outcome) => this.sessions.filter((session) => session.outcome === outcome).length;
    $("counts").textContent = this.sessions.length === 0
      ? "Nobody has connected yet."
      : [`${this.sessions.length} connections`, ...Object.keys(WORDS).filter(count).map((o) => `${count(o)} ${WORDS[o]}`)].join(", ");
    this.draw();
  }

  draw() {
    const rows = $("rows");
    rows.style.height = `${this.sessions.length * ROW}px`;
    const first = Math.max(0, Math.floor(this.view.scrollTop / ROW) - 5);
    const last = Math.min(this.sessions.length, first + Math.ceil(this.view.clientHeight / ROW) + 10);
    rows.replaceChildren(...this.sessions.slice(first, last).map((session, i) => this.row(session, first + i)));
    this.view.setAttribute("aria-activedescendant", this.chosen ? `session-${this.chosen}` : "");
  }

  row(session, index) {
    const outcome = session.complete ? session.outcome : "open";
    const row = element("div", {
      class: `row ${outcome}`, id: `session-${session.number}`, role: "option",
      "aria-selected": String(session.number === this.chosen), "aria-posinset": index + 1, "aria-setsize": this.sessions.length,
    },
      element("span", {class: "number"}, `#${session.number}`),
      element("time", {dateTime: session.acceptedAt}, new Date(session.acceptedAt).toLocaleTimeString()),
      element("span", {class: "badge"}, WORDS[outcome] + (session.tls && outcome === "delivered_over_tls" ? ` (${versionName(session.tls)})` : "")),
      element("span", {class: "summary"}, session.summary),
      element("span", {class: "peer"}, session.peer));
    row.style.top = `${index * ROW}px`;
    row.addEventListener("click", () => this.select(session.number));
    return row;
  }

  select(number) {
    this.chosen = number;
    this.draw();
    this.choose(number);
  }

  key(event) {
    const step = {ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity}[event.key];
    if (step === undefined || this.sessions.length === 0) {
      return;
    }
    event.preventDefault();
    const now = this.sessions.findIndex((session) => session.number === this.chosen);
    const next = Math.min(this.sessions.length - 1, Math.max(0, (now < 0 ? 0 : now) + step));
    const top = next * ROW;
    if (top < this.view.scrollTop) {
      this.view.scrollTop = top;
    } else if (top + ROW > this.view.scrollTop + this.view.clientHeight) {
      this.view.scrollTop = top + ROW - this.view.clientHeight;
    }
    this.select(this.sessions[next].number);
  }
}
