// Making elements. Text is set as text: what a client has sent is never taken for markup.

export const $ = (id) => document.getElementById(id);

// Control characters but tab and line feed, and those that turn the direction of text or cannot be seen: they could show
// a dialogue other than it was.
const UNSEEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\r(?!\n)/g;

/** What a client has sent, with what cannot be seen written as \u202e. */
export const plain = (text) => String(text).replace(UNSEEN, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);

export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [key, value] of Object.entries(properties)) {
    if (key === "class") {
      made.className = value;
    } else if (key.includes("-") || key === "role") {
      made.setAttribute(key, value);
    } else {
      made[key] = value;
    }
  }
  made.append(...children.map((child) => child instanceof Node ? child : plain(child)));
  return made;
}

export function svg(tag, attributes = {}, text) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }
  if (text !== undefined) {
    made.textContent = plain(text);
  }
  return made;
}

/** A name and what it is, for a list of facts. */
export const fact = (name, value) => [element("dt", {}, name), element("dd", {}, value)];

const filled = new WeakMap();

/**
 * Makes these the children of an element, one for each item. Who is there under the same key stays as it is: a click, the
 * focus and what is unfolded outlast a redraw.
 */
export function fill(parent, items, key, make) {
  const before = filled.get(parent) ?? new Map();
  const now = new Map();
  for (const item of items) {
    now.set(key(item), before.get(key(item)) ?? make(item));
  }
  filled.set(parent, now);
  const stay = new Set(now.values());
  [...parent.children].filter((child) => !stay.has(child)).forEach((child) => child.remove());
  [...stay].forEach((child, i) => {
    if (parent.children[i] !== child) {
      parent.insertBefore(child, parent.children[i] ?? null);
    }
  });
  return [...stay];
}

/** 0.35 s, 61 s, 4 min 2 s. */
export function duration(seconds) {
  if (seconds < 10) {
    return `${seconds.toFixed(2)} s`;
  }
  const whole = Math.round(seconds);
  return whole < 120 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

export const clock = (instant) => new Date(instant).toLocaleTimeString([], {hour12: false});

export const versionName = (wire) => wire.replace("TLS_", "TLS ").replace("SSL_", "SSL ").replace("_", ".");
