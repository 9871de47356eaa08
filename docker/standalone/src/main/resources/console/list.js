// The connections, newest first. Only the rows in view exist, so that ten thousand cost no more than ten.

import {$, clock, element, fill, plain, versionName} from "./dom.js";

const ROW = 44;

const WORDS = {
  open: "open",
  delivered_over_tls: "delivered over TLS",
  delivered_in_cleartext: "delivered in cleartext",
  tls_refused: "TLS refused",
  tls_failed: "TLS failed",
  not_delivered: "not delivered",
  no_mail: "no mail",
  silent: "silent",
};

const outcome = (session) => session.complete ? session.outcome : "open";

export class List {
  constructor(choose) {
    this.all = [];
    this.sessions = [];
    this.evicted = 0;
    this.chosen = 0;
    this.recent = new Map();
    this.choose = choose;
    this.view = $("list");
    this.view.addEventListener("scroll", () => this.draw());
    this.view.addEventListener("keydown", (event) => this.key(event));
    this.view.addEventListener("click", (event) => {
      const row = event.target.closest(".row");
      if (row) {
        this.select(Number(row.dataset.number));
      }
    });
    $("outcome").append(element("option", {value: ""}, "all outcomes"), ...Object.entries(WORDS).map(([value, word]) => element("option", {value}, word)));
    $("outcome").addEventListener("change", () => this.filter());
    $("find").addEventListener("input", () => this.filter());
    new ResizeObserver(() => this.draw()).observe(this.view);
  }

  /** The connections are being asked for: what is told meanwhile may be newer than the answer. */
  asked() {
    this.recent.clear();
  }

  show(sessions, evicted) {
    this.all = [...sessions].sort((a, b) => b.number - a.number);
    this.evicted = evicted;
    this.all.forEach((session) => this.advance(session, this.recent.get(session.number)));
    this.filter();
  }

  /** An open connection has come so far; whether that is more than its row can tell. */
  progress(progress) {
    this.recent.set(progress.number, progress);
    const session = this.all.find((each) => each.number === progress.number);
    const before = session?.messages;
    this.advance(session, progress);
    this.draw();
    return session?.messages !== before;
  }

  // Should the answer have been the newer one after all, more progress is on its way.
  advance(session, progress) {
    if (session && progress && session.acceptedAt === progress.acceptedAt && !session.complete) {
      session.summary = progress.summary;
      session.messages = progress.messages;
    }
  }

  filter() {
    const top = this.view.scrollTop;
    const first = this.sessions[Math.floor(top / ROW)];
    const wanted = $("outcome").value;
    const words = $("find").value.toLowerCase().split(/\s+/).filter(Boolean);
    const text = (session) => `#${session.number} ${session.peer} ${session.summary}`.toLowerCase();
    this.sessions = this.all.filter((session) => (!wanted || outcome(session) === wanted) && (words.length === 0 || words.every((word) => text(session).includes(word))));
    this.count();
    this.size();
    // Who has scrolled down goes on seeing the same rows while new ones come above them.
    const now = top > 0 && first ? this.sessions.findIndex((session) => session.number === first.number) : -1;
    if (now >= 0) {
      this.view.scrollTop = now * ROW + top % ROW;
    }
    this.draw();
  }

  count() {
    const counts = new Map();
    this.all.forEach((session) => counts.set(outcome(session), (counts.get(outcome(session)) ?? 0) + 1));
    const shown = this.sessions.length < this.all.length ? `${this.sessions.length} of ` : "";
    const parts = [`${shown}${this.all.length} connection${this.all.length === 1 ? "" : "s"}`,
      ...Object.keys(WORDS).filter((each) => counts.has(each)).map((each) => `${counts.get(each)} ${WORDS[each]}`)];
    if (this.evicted > 0) {
      parts.push(`${this.evicted} older ones are no longer kept`);
    }
    $("counts").textContent = this.all.length === 0 ? "Nobody has connected yet." : parts.join(", ");
  }

  size() {
    $("rows").style.height = `${this.sessions.length * ROW}px`;
  }

  draw() {
    const first = Math.max(0, Math.floor(this.view.scrollTop / ROW) - 5);
    const inView = this.sessions.slice(first, first + Math.ceil(this.view.clientHeight / ROW) + 10);
    const rows = fill($("rows"), inView, (session) => `${session.number} ${session.acceptedAt} ${outcome(session)} ${session.summary}`, (session) => this.row(session));
    rows.forEach((row, i) => {
      row.style.top = `${(first + i) * ROW}px`;
      row.setAttribute("aria-selected", String(inView[i].number === this.chosen));
      row.setAttribute("aria-posinset", first + i + 1);
      row.setAttribute("aria-setsize", this.sessions.length);
    });
    if (inView.some((session) => session.number === this.chosen)) {
      this.view.setAttribute("aria-activedescendant", `session-${this.chosen}`);
    } else {
      this.view.removeAttribute("aria-activedescendant");
    }
  }

  row(session) {
    const what = outcome(session);
    const row = element("div", {class: `row ${what}`, id: `session-${session.number}`, role: "option"},
      element("span", {class: "number"}, `#${session.number}`),
      element("time", {dateTime: session.acceptedAt}, clock(session.acceptedAt)),
      element("span", {class: "badge"}, session.tls && what === "delivered_over_tls" ? `delivered over ${versionName(session.tls)}` : WORDS[what]),
      element("span", {class: "summary", title: plain(session.summary)}, session.summary),
      element("span", {class: "peer"}, session.peer));
    row.dataset.number = session.number;
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
    // The first key stroke chooses the newest, whichever way it goes.
    const next = Math.min(this.sessions.length - 1, Math.max(0, (now < 0 && step === 1 ? -1 : now) + step));
    const top = next * ROW;
    if (top < this.view.scrollTop) {
      this.view.scrollTop = top;
    } else if (top + ROW > this.view.scrollTop + this.view.clientHeight) {
      this.view.scrollTop = top + ROW - this.view.clientHeight;
    }
    this.select(this.sessions[next].number);
  }
}
