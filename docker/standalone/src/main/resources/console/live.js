// What tells that something has happened.

const TYPES = ["connected", "session", "changed", "skipped"];

/**
 * Calls back for each event, and when a connection was made or lost. A page that nobody sees listens to nothing: browsers
 * allow six connections to a program, over all their pages.
 */
export class Live {
  constructor(happened, connected, lost) {
    this.handlers = {happened, connected, lost};
    document.addEventListener("visibilitychange", () => document.hidden ? this.stop() : this.start());
    if (!document.hidden) {
      this.start();
    }
  }

  start() {
    this.stop();
    const {happened, connected, lost} = this.handlers;
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
    TYPES.forEach((type) => events.addEventListener(type, happened));
  }

  stop() {
    clearTimeout(this.retry);
    this.events?.close();
  }
}
