// The page: which endpoint is looked at, and what is drawn again when something has happened.

import * as api from "./api.js";
import {$, element, fill} from "./dom.js";
import {List} from "./list.js";
import {Live, calmly} from "./live.js";
import {Scenarios} from "./scenarios.js";
import {SessionView} from "./session.js";
import {Settings} from "./settings.js";
import {Timelines} from "./timeline.js";

let name = nameInAddress();
const view = new SessionView();
const list = new List((number) => choose(number, false));
const timelines = new Timelines((number) => choose(number, true));
const settings = new Settings(change);
const scenarios = new Scenarios(change);
$("dismiss").addEventListener("click", () => tell(""));

function nameInAddress() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return "";
  }
}

function tell(text) {
  $("problem").hidden = text === "";
  $("problem-text").textContent = text;
}

/** Does what somebody wants. What went wrong stays on the page until something goes well, or it is dismissed. */
async function act(action) {
  for (let asked = api.hasToken(); ; asked = true) {
    try {
      await action();
      tell("");
      return true;
    } catch (problem) {
      if (problem.status !== 401) {
        tell(problem.message);
        return false;
      } else if (!await askForToken(asked)) {
        tell("Nothing was changed: changes need the token of this server.");
        return false;
      }
    }
  }
}

function askForToken(wasWrong) {
  const dialog = $("token-dialog");
  $("token-wrong").hidden = !wasWrong;
  $("token").value = "";
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => {
    const given = dialog.returnValue === "ok" && $("token").value !== "";
    if (given) {
      api.useToken($("token").value);
    }
    resolve(given);
  }, {once: true}));
}

async function change(action) {
  await act(action);
  refresh();
}

function choose(number, focus) {
  list.chosen = number;
  list.draw();
  return act(() => view.open(name, number, focus));
}

/** Turns to another endpoint. */
function leave() {
  list.chosen = 0;
  view.close();
  timelines.forget();
}

async function draw() {
  const endpoints = await api.endpoints();
  const current = endpoints.find((endpoint) => endpoint.name === name) ?? endpoints[0];
  if (current.name !== name) {
    name = current.name;
    leave();
  }
  fill($("endpoints"), endpoints, (endpoint) => `${endpoint.name} ${endpoint.port} ${endpoint.name === name}`, (endpoint) => element("a", {
    href: `#${encodeURIComponent(endpoint.name)}`, ...(endpoint.name === name ? {"aria-current": "page"} : {})}, `${endpoint.name} `, element("small", {}, String(endpoint.port))));
  $("tls-report").href = api.tlsReportPath(name);
  $("receive-log").href = api.protocolLogPath(name, "receive");
  $("send-log").href = api.protocolLogPath(name, "send");
  list.asked();
  const [snapshot] = await Promise.all([api.overview(current.name), settings.show(current), scenarios.show(current)]);
  if (current.name !== name) {
    return;
  }
  if (!await view.follow(snapshot.sessions)) {
    list.chosen = 0;
  }
  list.show(snapshot.sessions, snapshot.evicted);
  timelines.show(snapshot);
}

const refresh = calmly(async () => {
  try {
    await draw();
  } catch (problem) {
    failed(problem);
  }
});

// What an open connection does changes its row and its dialogue; the rest is drawn again when it has delivered something.
const grow = calmly(() => view.grow().catch(failed));

function progressed(progress) {
  if (progress.name !== name) {
    return;
  }
  if (list.progress(progress)) {
    refresh();
  }
  if (view.isBehind(progress)) {
    grow();
  }
}

function failed(problem) {
  if (problem.status === 0) { // the program has gone: the events tell when it is back
    lost();
  } else {
    tell(problem.message);
  }
}

function connected() {
  $("live").textContent = "live";
  $("live").className = "on";
  refresh();
}

function lost() {
  $("live").textContent = "not connected, trying again";
  $("live").className = "off";
}

new Live(refresh, progressed, connected, lost);

$("evidence-secrets").addEventListener("click", () => act(() => api.saveSecrets(view.name, view.number)));

addEventListener("hashchange", () => {
  name = nameInAddress();
  leave();
  refresh();
});
