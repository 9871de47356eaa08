// A test of mailer.js against the mock, which has to run: npm ci && npm test
//
// MOCKEXO_CONTROL is where its control API is, http://127.0.0.1:8025 by default; MOCKEXO_MX is the host:port of its MX, if
// that is not what the API says, as behind mapped ports.
import assert from 'node:assert/strict';
import { before, beforeEach, test } from 'node:test';
import { send } from './mailer.js';

const control = process.env.MOCKEXO_CONTROL ?? 'http://127.0.0.1:8025';
const mail = { from: 'alice@example.com', to: 'bob@contoso.com', subject: 'hello', text: 'hello' };
let smtp;

async function call(method, path, body) {
  const json = body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(new URL(path, control), { method, ...json });
  const text = await response.text();
  assert.ok(response.ok, `${method} ${path}: ${response.status} ${text}`);
  return text;
}

const faults = (...script) => call('PUT', '/endpoints/mx/faults', script);

// Held back by the mock until it is so; 408 after half a minute.
const sessions = async (wait) => JSON.parse(await call('GET', `/endpoints/mx/sessions?${wait}`));

before(async () => {
  const endpoints = JSON.parse(await call('GET', '/endpoints'));
  const { port } = endpoints.find(({ name }) => name === 'mx');
  const [host, mapped] = process.env.MOCKEXO_MX?.split(':') ?? [new URL(control).hostname, port];
  smtp = { host, port: Number(mapped), tls: { ca: await call('GET', '/ca.pem') } };
});

beforeEach(() => call('POST', '/endpoints/mx/reset'));

test('a handshake that fails is tried again over TLS', async () => {
  await faults({ onConnection: 1, at: 'CLIENT_HELLO', drop: 'FIN' });

  await send(mail, smtp);

  const { messages } = await sessions('await=2');
  assert.equal(messages.length, 1);
  assert.equal(messages[0].retriedAfterTlsFailure, true);
  assert.equal(messages[0].fellBackToCleartext, false);
  assert.deepEqual(
    messages[0].attempts.map(({ outcome, mailOver }) => [outcome, mailOver]),
    [['NO_MAIL', 'NONE'], ['DELIVERED', 'TLS_1_3']],
  );
});

test('a mail that cannot be sent over TLS is not sent', async () => {
  await faults({ onConnection: 'every', at: 'CLIENT_HELLO', drop: 'FIN' });

  await assert.rejects(send(mail, smtp));

  const { sessions: all, messages } = await sessions('quiet=1s'); // "never" needs quiet
  assert.equal(all.length, 3);
  assert.ok(messages.every(({ delivered, fellBackToCleartext }) => !delivered && !fellBackToCleartext));
});
