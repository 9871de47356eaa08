// The page: which endpoint is looked at, and what is drawn again when something has happened.

import * as api from "./api.js";
import {$, element} from "./dom.js";
import {List} from "./list.js";
import {Settings} from "./settings.js";
import * as sessionView from "./session.js";
import * as timeline from "./timeline.js";

let name = decodeURIComponent(location.hash.slice(1));
let shown = 0;
const list = new List((number) => choose(number, false));
const settings = new Settings(change);

async function choose(number, focus = true) {
  shown = number;
  list.chosen = number;
  list.draw();
  await attempt(() => sessionView.show(name, number, focus));
}

async function attempt(action) {
  try {
    await action();
    $("problem").hidden = true;
    return true;
  } catch (problem) {
    if (problem.status === 401) {
      return askForToken() && attempt(action);
    }
    $("problem").hidden = false;
    $("problem").textContent = problem.message;
    return false;
  }
}

function askForToken() {
  const dialog = $("token-dialog");
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => {
    api.useToken($("token").value);
    resolve(dialog.returnValue === "ok");
  }, {once: true}));
}

async function change(action) {
  if (await attempt(action)) {
    refresh();
  }
}

async function draw() {
  const endpoints = await api.endpoints();
  const current = endpoints.find((endpoint) => endpoint.name === name) ?? endpoints[0];
  if (current.name !== name) {
    name = current.name;
    shown = 0;
    $("session").hidden = true;
  }
  $("endpoints").replaceChildren(...endpoints.map((endpoint) => element("a", {
    href: `#${encodeURIComponent(endpoint.name)}`, ...(endpoint.name === name ? {"aria-current": "page"} : {})}, `${endpoint.name} `, element("small", {}, endpoint.port))));
  const [snapshot] = await Promise.all([api.overview(name), settings.show(current)]);
  list.show(snapshot.sessions);
  timeline.show(snapshot.messages, snapshot.sessions, choose);
  if (shown && snapshot.sessions.some((session) => session.number === shown && !session.complete)) {
    await sessionView.show(name, shown, false);
  }
}

// However fast connections come, the page is drawn at most a few times a second.
let drawing = false;
let again = false;

async function refresh() {
  if (drawing) {
    again = true;
    return;
  }
  drawing = true;
  await attempt(draw);
  setTimeout(() => {
    drawing = false;
    if (again) {
      again = false;
      refresh();
    }
  }, 300);
}

const events = new EventSource("/events");
events.onopen = () => { $("live").textContent = "live"; $("live").className = "on"; refresh(); };
events.onerror = () => { $("live").textContent = "not connected, trying again"; $("live").className = "off"; };
for (const type of ["connected", "session", "changed", "skipped"]) {
  events.addEventListener(type, refresh);
}
addEventListener("hashchange", () => {
  name = decodeURIComponent(location.hash.slice(1));
  shown = 0;
  $("session").hidden = true;
  refresh();
});
