// What tells that something has happened.

const TYPES = ["connected", "session", "changed", "skipped"];
const LEAST_PAUSE = 300;

/**
 * What does something again and again, however often it is wanted: at most a few times a second, one at a time, and
 * leaving most of the time to others.
 */
export function calmly(action) {
  let busy = false;
  let again = false;
  return async function wanted() {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    const begin = performance.now();
    await action();
    setTimeout(() => {
      busy = false;
      if (again) {
        again = false;
        wanted();
      }
    }, Math.max(LEAST_PAUSE, 3 * (performance.now() - begin)));
  };
}

/**
 * Calls back for each event, with what an open connection has come to, and when a connection was made or lost. A page that nobody sees listens to nothing: browsers
 * allow six connections to a program, over all their pages.
 */
export class Live {
  constructor(happened, progressed, connected, lost) {
    this.handlers = {happened, progressed, connected, lost};
    document.addEventListener("visibilitychange", () => document.hidden ? this.stop() : this.start());
    if (!document.hidden) {
      this.start();
    }
  }

  start() {
    this.stop();
    const {happened, progressed, connected, lost} = this.handlers;
    const events = new EventSource("/events");
    this.events = events;
    events.onopen = connected;
    events.onerror = () => {
      lost();
      // A browser comes back by itself where the connection broke, and does not where it got an answer of another kind.
      if (events.readyState === EventSource.CLOSED) {
        this.retry = setTimeout(() => this.start(), 2000);
      }
    };
    events.addEventListener("progress", ({data}) => progressed(JSON.parse(data)));
    TYPES.forEach((type) => events.addEventListener(type, happened));
  }

  stop() {
    clearTimeout(this.retry);
    this.events?.close();
  }
}
