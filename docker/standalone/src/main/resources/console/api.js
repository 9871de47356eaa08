// Requests to the control API that serves this page.

/** Of a message so much is shown; it may have 150 MiB. */
const SHOWN_BYTES = 256 * 1024;

let token = "";

export function useToken(value) {
  token = value;
}

export const hasToken = () => token !== "";

export class Problem extends Error {
  constructor(status, problem) {
    super(problem.pointer ? `${problem.pointer}: ${problem.detail}` : problem.detail);
    this.status = status;
  }
}

async function send(method, path, body) {
  const headers = {};
  if (body !== undefined) {
    headers["Content-Type"] = "application/json";
  }
  if (token) {
    headers.Authorization = `Bearer ${token}`;
  }
  const options = {method, headers, body: body === undefined ? undefined : JSON.stringify(body)};
  const response = await fetch(path, options).catch(() => {
    throw new Problem(0, {detail: "The program does not answer."});
  });
  if (!response.ok) {
    throw new Problem(response.status, await response.json());
  }
  return response;
}

const endpoint = (name) => `/endpoints/${encodeURIComponent(name)}`;

const json = async (path) => (await send("GET", path)).json();

export const endpoints = () => json("/endpoints");
export const profile = (name, changed = false) => json(`${endpoint(name)}/profile${changed ? "?changed=true" : ""}`);
export const faults = (name, unfired = false) => json(`${endpoint(name)}/faults${unfired ? "?unfired=true" : ""}`);
export const connections = (name) => json(`${endpoint(name)}/connections`);
export const overview = (name) => json(`${endpoint(name)}/sessions?state=all&view=list`);
export const session = (name, number) => json(`${endpoint(name)}/sessions/${number}`);
export const senderLog = (name, number) => json(`${endpoint(name)}/sessions/${number}/sender-log`);
export const tlsReportPath = (name) => `${endpoint(name)}/tls-report?form=text`;
export const protocolLogPath = (name, side) => `${endpoint(name)}/protocol-log?side=${side}`;
export const messagePath = (name, number, index) => `${endpoint(name)}/sessions/${number}/messages/${index}.eml`;
export const evidencePath = (name, number) => `${endpoint(name)}/sessions/${number}/evidence`;
export const addFault = (name, fault) => send("POST", `${endpoint(name)}/faults`, [fault]);
export const removeFaults = (name) => send("DELETE", `${endpoint(name)}/faults`);
export const changeProfile = (name, change) => send("PATCH", `${endpoint(name)}/profile`, change);
export const scenarios = () => json("/scenarios");
export const applyScenario = (name, scenario) => send("POST", `${endpoint(name)}/scenario`, {scenario});
export const reset = (name) => send("POST", `${endpoint(name)}/reset`);

/** Has the browser save the evidence of a connection with its secrets. A link could not bring the token. */
export async function saveSecrets(name, number) {
  const response = await send("GET", `${evidencePath(name, number)}?secrets=true`);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = /filename="([^"]*)"/.exec(response.headers.get("Content-Disposition"))[1];
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // the browser may not have begun yet
}

/** The beginning of a message as text, and whether that is all of it. */
export async function message(name, number, index) {
  const reader = (await send("GET", messagePath(name, number, index))).body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for (;;) {
    const {done, value} = await reader.read();
    if (done) {
      return {text: text + decoder.decode(), whole: true};
    }
    const room = SHOWN_BYTES - bytes;
    text += decoder.decode(value.subarray(0, room), {stream: true});
    bytes += value.length;
    if (bytes > SHOWN_BYTES) {
      reader.cancel();
      return {text, whole: false};
    }
  }
}
