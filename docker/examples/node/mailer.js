// What an application has, and what is tested here: a mailer that sends over TLS or not at all, and tries again.
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { createTransport } from 'nodemailer';

const TRIES = 3;
const PAUSE = 200; // milliseconds; minutes in real life

export async function send(mail, smtp) {
  const transport = createTransport({ ...smtp, requireTLS: true });
  // The same in each try, so that a receiver can tell a second try from a second mail.
  const message = { messageId: `<${randomUUID()}@client.example>`, ...mail };
  for (let left = TRIES; ; ) {
    try {
      return await transport.sendMail(message);
    } catch (error) {
      if (--left === 0) throw error;
      await setTimeout(PAUSE);
    }
  }
}
