// What an endpoint does now, and the switches for it.

import * as api from "./api.js";
import {$, element, versionName} from "./dom.js";
import {write} from "./copy.js";

const STAGES = ["CONNECT", "GREETING", "EHLO", "STARTTLS", "STARTTLS_REPLIED", "CLIENT_HELLO", "SERVER_FLIGHT", "CLIENT_FINISHED", "HANDSHAKE_DONE", "EHLO_AFTER_TLS",
  "AUTH", "MAIL", "RCPT", "DATA", "END_OF_DATA", "END_OF_DATA_REPLIED", "QUIT"];

/** The value that an effect needs, with one to begin with. */
const EFFECTS = {
  "close with FIN": {key: "drop", fixed: "FIN"},
  "reset with RST": {key: "drop", fixed: "RST"},
  "go silent": {key: "stall", fixed: true},
  "stop reading": {key: "stopReading", fixed: true},
  "wait": {key: "delay", example: "5s"},
  "reply": {key: "reply", example: "451 4.7.500 Server busy"},
  "send garbage": {key: "garbage", example: "64", number: true},
  "TLS alert": {key: "alert", example: "HANDSHAKE_FAILURE"},
};

export class Settings {
  constructor(change) {
    this.change = change;
    this.name = "";
    const fault = $("fault-form");
    fault.at.append(...STAGES.map((stage) => element("option", {}, stage)));
    fault.effect.append(...Object.keys(EFFECTS).map((effect) => element("option", {}, effect)));
    fault.effect.addEventListener("change", () => this.example());
    this.example();
    fault.addEventListener("submit", (event) => this.submit(event, () => this.addFault(fault)));
    const rules = $("profile-form");
    rules.minimumTls.append(...["SSL_3", "TLS_1_0", "TLS_1_1", "TLS_1_2", "TLS_1_3"].map((v) => element("option", {value: v}, versionName(v))));
    rules.refuseOldTlsWith.append(...["FIN", "RST", "ALERT", "REPLY", "STALL"].map((how) => element("option", {}, how)));
    rules.addEventListener("submit", (event) => this.submit(event, () => this.applyRules(rules)));
    $("reset").addEventListener("click", () => this.change(() => api.reset(this.name)));
    $("copy").addEventListener("click", () => this.copy());
  }

  submit(event, action) {
    event.preventDefault();
    this.change(action);
  }

  example() {
    const effect = EFFECTS[$("fault-form").effect.value];
    $("value-label").hidden = !("example" in effect);
    $("fault-form").value.value = effect.example ?? "";
  }

  addFault(form) {
    const effect = EFFECTS[form.effect.value];
    const value = "fixed" in effect ? effect.fixed : effect.number ? Number(form.value.value) : form.value.value;
    const numbers = /^\d+$/.test(form.numbers.value) ? Number(form.numbers.value) : form.numbers.value;
    return api.addFault(this.name, {onConnection: numbers, at: form.at.value, [effect.key]: value});
  }

  applyRules(form) {
    const blockClients = form.blockClients.value.split(/[\s,]+/).filter(Boolean);
    return api.changeProfile(this.name, {minimumTls: form.minimumTls.value, refuseOldTlsWith: form.refuseOldTlsWith.value, blockClients});
  }

  async show(endpoint) {
    this.name = endpoint.name;
    const [profile, faults, unfired] = await Promise.all([api.profile(endpoint.name), api.faults(endpoint.name), api.faults(endpoint.name, true)]);
    this.profile = profile;
    this.faults = faults;
    $("endpoint-title").textContent = `${endpoint.name}: ${endpoint.endpoint} on ${endpoint.host}, port ${endpoint.port}`;
    $("next").textContent = endpoint.accepted + 1;
    const fact = (name, value) => [element("dt", {}, name), element("dd", {}, value)];
    $("profile").replaceChildren(
      ...fact("TLS", `${versionName(profile.minimumTls)} to ${versionName(profile.maximumTls)}`),
      ...fact("others get", profile.refuseOldTlsWith),
      ...fact("blocked", profile.blockClients.join(", ") || "nobody"),
      ...fact("certificate", profile.certificate));
    const waiting = unfired.map((fault) => JSON.stringify(fault));
    $("faults").replaceChildren(...(faults.length === 0 ? [element("li", {class: "none"}, "none")] : faults.map((fault) => this.fault(fault, waiting))));
    const form = $("profile-form");
    if (!form.contains(document.activeElement)) {
      form.minimumTls.value = profile.minimumTls;
      form.refuseOldTlsWith.value = profile.refuseOldTlsWith;
      form.blockClients.value = profile.blockClients.join(", ");
    }
  }

  fault(fault, waiting) {
    const position = waiting.indexOf(JSON.stringify(fault));
    if (position >= 0) {
      waiting.splice(position, 1);
    }
    const words = Object.entries(fault).map(([key, value]) => `${key}: ${typeof value === "object" ? JSON.stringify(value) : value}`).join(", ");
    return element("li", {}, element("code", {}, words), element("span", {class: position >= 0 ? "verdict idle" : "verdict good"}, position >= 0 ? "waits" : "fired"));
  }

  async copy() {
    const text = write($("copy-form").value, this.name, this.profile, this.faults, location.origin);
    $("copied").hidden = false;
    $("copied").textContent = text;
    await navigator.clipboard?.writeText(text).catch(() => {});
  }
}
