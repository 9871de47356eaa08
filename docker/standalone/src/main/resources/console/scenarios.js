// The catalogue: what customers met, to read and to apply.

import * as api from "./api.js";
import {$, element, fact} from "./dom.js";

const OUTCOMES = {DELIVERED_OVER_TLS: "delivers over TLS", DELIVERED_IN_CLEARTEXT: "delivers in cleartext", NOT_DELIVERED: "delivers nothing"};

const conduct = ({outcome, conduct: words}) => `${OUTCOMES[outcome]}: ${words}`;

export class Scenarios {
  constructor(change) {
    this.all = [];
    this.form = $("scenario-form");
    this.form.scenario.addEventListener("change", () => this.describe());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      change(() => api.applyScenario(this.name, this.form.scenario.value));
    });
  }

  /** Offers what this endpoint can do. The catalogue is the same as long as the program runs. */
  async show(endpoint) {
    if (this.all.length === 0) {
      this.all = await api.scenarios();
    }
    this.name = endpoint.name;
    if (this.kind !== endpoint.endpoint) {
      this.kind = endpoint.endpoint;
      const offered = this.all.filter((scenario) => scenario.endpoints.includes(endpoint.endpoint));
      this.form.scenario.replaceChildren(...offered.map(({name, title}) => element("option", {value: name}, title)));
      this.describe();
    }
  }

  describe() {
    const scenario = this.all.find(({name}) => name === this.form.scenario.value);
    $("scenario").replaceChildren(...scenario === undefined ? [] : [
      ...fact("the customer sees", scenario.symptoms.join("; ")),
      ...fact("cause", scenario.cause),
      ...fact("a client that uses TLS if it can", conduct(scenario.opportunisticClient)),
      ...fact("a client that requires TLS", conduct(scenario.tlsRequiringClient)),
      ...fact("to change", scenario.remedy),
      ...fact("source", scenario.source)]);
  }
}
