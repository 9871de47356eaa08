// What an endpoint does now, and the switches for it.

import * as api from "./api.js";
import {$, element, fact, fill, versionName} from "./dom.js";
import {write} from "./copy.js";

const STAGES = ["CONNECT", "GREETING", "EHLO", "STARTTLS", "STARTTLS_REPLIED", "CLIENT_HELLO", "SERVER_FLIGHT", "CLIENT_FINISHED", "HANDSHAKE_DONE", "EHLO_AFTER_TLS",
  "AUTH", "MAIL", "RCPT", "DATA", "BODY", "END_OF_DATA", "END_OF_DATA_REPLIED", "QUIT"];

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

const options = (values) => values.map((value) => element("option", {value}, versionName(value)));

const words = (entries) => Object.entries(entries).map(([key, value]) => `${key}: ${typeof value === "object" ? JSON.stringify(value) : value}`).join(", ");

export class Settings {
  constructor(change) {
    this.change = change;
    this.name = "";
    const fault = $("fault-form");
    fault.at.append(...STAGES.map((stage) => element("option", {}, stage)));
    fault.effect.append(...Object.keys(EFFECTS).map((effect) => element("option", {}, effect)));
    fault.at.addEventListener("change", () => this.bytes());
    fault.effect.addEventListener("change", () => this.example());
    this.bytes();
    this.example();
    fault.addEventListener("submit", (event) => this.submit(event, () => this.addFault(fault)));
    const rules = $("profile-form");
    rules.minimumTls.append(...options(["SSL_3", "TLS_1_0", "TLS_1_1", "TLS_1_2", "TLS_1_3"]));
    rules.refuseOldTlsWith.append(...["FIN", "RST", "ALERT", "REPLY", "STALL"].map((how) => element("option", {}, how)));
    rules.addEventListener("submit", (event) => this.submit(event, () => this.applyRules(rules)));
    $("remove-faults").addEventListener("click", () => this.change(() => api.removeFaults(this.name)));
    $("reset").addEventListener("click", () => this.change(() => api.reset(this.name)));
    $("copy").addEventListener("click", () => this.copy());
    $("copy-form").addEventListener("change", () => this.write());
  }

  submit(event, action) {
    event.preventDefault();
    this.change(action);
  }

  bytes() {
    const form = $("fault-form");
    $("bytes-label").hidden = form.at.value !== "BODY";
    form.afterBytes.disabled = form.at.value !== "BODY";
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
    const afterBytes = form.at.value === "BODY" ? {afterBytes: Number(form.afterBytes.value)} : {};
    return api.addFault(this.name, {onConnection: numbers, at: form.at.value, ...afterBytes, [effect.key]: value});
  }

  /** What was not touched here may have been changed elsewhere meanwhile. */
  applyRules(form) {
    const wanted = {minimumTls: form.minimumTls.value, refuseOldTlsWith: form.refuseOldTlsWith.value, blockClients: form.blockClients.value.split(/[\s,]+/).filter(Boolean)};
    const touched = Object.entries(wanted).filter(([key, value]) => String(value) !== String(this.rulesInForm[key]));
    return api.changeProfile(this.name, Object.fromEntries(touched));
  }

  async show(endpoint) {
    const {name} = endpoint;
    const [profile, changed, connections, faults, unfired] = await Promise.all(
      [api.profile(name), api.profile(name, true), api.connections(name), api.faults(name), api.faults(name, true)]);
    const other = this.name !== name;
    this.name = name;
    this.endpoint = endpoint;
    this.changed = changed;
    this.connections = connections;
    this.faults = faults;
    $("endpoint-title").textContent = `${endpoint.name}: ${endpoint.endpoint} on ${endpoint.host}, port ${endpoint.port}`;
    $("next").textContent = endpoint.accepted + 1;
    $("profile").replaceChildren(
      ...fact("TLS", `${versionName(profile.minimumTls)} to ${versionName(profile.maximumTls)}`),
      ...fact("others get", profile.refuseOldTlsWith),
      ...fact("blocked", profile.blockClients.join(", ") || "nobody"),
      ...fact("certificate", [profile.certificate, profile.certificateFlaw].filter(Boolean).join(", ")));
    fill($("connections"), connections, JSON.stringify, (rules) => element("li", {}, element("code", {}, words(rules))));
    $("differing").hidden = connections.length === 0;
    this.showFaults(faults, unfired);
    this.fillRules(profile, other);
    this.write();
  }

  /** Somebody's choice that was not applied yet stays, unless the rules have changed meanwhile. */
  fillRules({minimumTls, refuseOldTlsWith, blockClients}, other) {
    const form = $("profile-form");
    const rules = {minimumTls, refuseOldTlsWith, blockClients};
    const changed = JSON.stringify(rules) !== JSON.stringify(this.rulesInForm);
    if (other || (changed && !form.contains(document.activeElement))) {
      form.minimumTls.value = minimumTls;
      form.refuseOldTlsWith.value = refuseOldTlsWith;
      form.blockClients.value = blockClients.join(", ");
      this.rulesInForm = rules;
    }
  }

  showFaults(faults, unfired) {
    const waiting = unfired.map((fault) => JSON.stringify(fault));
    const all = faults.map((fault, index) => {
      const position = waiting.indexOf(JSON.stringify(fault));
      if (position >= 0) {
        waiting.splice(position, 1);
      }
      return {fault, index, waits: position >= 0};
    });
    fill($("faults"), all, JSON.stringify, ({fault, waits}) => this.fault(fault, waits));
    $("no-faults").hidden = faults.length > 0;
    $("remove-faults").hidden = faults.length === 0;
  }

  fault(fault, waits) {
    return element("li", {}, element("code", {}, words(fault)), element("span", {class: waits ? "verdict idle" : "verdict good"}, waits ? "waits" : "fired"));
  }

  /** Once the settings are shown as text they follow every change. */
  write() {
    if (!$("copied").hidden && this.changed) {
      const text = write($("copy-form").value, this.endpoint, this.changed, this.connections, this.faults);
      if ($("copied").textContent !== text) {
        $("copied").textContent = text;
        $("copy-done").textContent = "";
      }
    }
  }

  async copy() {
    $("copied").hidden = false;
    this.write();
    // The clipboard is there on 127.0.0.1 and over HTTPS only; elsewhere the text is there to be marked.
    const done = await navigator.clipboard?.writeText($("copied").textContent).then(() => true, () => false);
    $("copy-done").textContent = done ? "copied" : "this browser lets nothing be copied from here: mark the text";
  }
}
