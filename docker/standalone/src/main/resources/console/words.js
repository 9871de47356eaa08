// What the sender's own log will say of a connection, and what to change there.

import * as api from "./api.js";
import {element, fact} from "./dom.js";

/** Unfolded, it asks; most connections nobody asks about. */
export function words(name, number) {
  const told = element("div");
  const details = element("details", {}, element("summary", {}, "What the sender's own log will say"), told);
  details.addEventListener("toggle", async () => {
    if (details.open && !told.hasChildNodes()) {
      told.append(...await api.senderLog(name, number).then(shown, (problem) => [element("p", {}, problem.message)]));
    }
  });
  return details;
}

function shown({said, change, unknown, sendLog}) {
  const lines = said.flatMap((line) => fact(`${line.software}, ${line.where}${line.certainty === "guessed" ? " (our guess)" : ""}`, line.text));
  return [
    element("dl", {}, ...lines, ...(change ? fact("what to change", change) : []), ...(unknown ? fact("what we cannot know", unknown) : [])),
    element("p", {class: "soft"}, "The send log, had it been an Exchange server:"),
    element("pre", {tabIndex: 0, "aria-label": "send log"}, sendLog.join("\n")),
  ];
}
