// Requests to the control API that serves this page.

let token = "";

export function useToken(value) {
  token = value;
}

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
  const response = await fetch(path, {method, headers, body: body === undefined ? undefined : JSON.stringify(body)});
  if (!response.ok) {
    throw new Problem(response.status, await response.json());
  }
  return response;
}

const endpoint = (name) => `/endpoints/${encodeURIComponent(name)}`;

const json = async (path) => (await send("GET", path)).json();

export const endpoints = () => json("/endpoints");
export const profile = (name) => json(`${endpoint(name)}/profile`);
export const faults = (name, unfired = false) => json(`${endpoint(name)}/faults${unfired ? "?unfired=true" : ""}`);
export const overview = (name) => json(`${endpoint(name)}/sessions?state=all&view=list`);
export const session = (name, number) => json(`${endpoint(name)}/sessions/${number}`);
export const message = async (name, number, index) =>
  (await send("GET", `${endpoint(name)}/sessions/${number}/messages/${index}.eml`)).text();
export const addFault = (name, fault) => send("POST", `${endpoint(name)}/faults`, [fault]);
export const removeFaults = (name) => send("DELETE", `${endpoint(name)}/faults`);
export const changeProfile = (name, change) => send("PATCH", `${endpoint(name)}/profile`, change);
export const reset = (name) => send("POST", `${endpoint(name)}/reset`);
