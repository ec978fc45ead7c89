// Slack's "are you sure", before an act that has a confirm object.

import { button, el, freshId } from "./dom.js";
import { text, words } from "./mrkdwn.js";

export function confirmed(asked) {
  return new Promise((resolve) => {
    const id = freshId("confirm");
    const end = (answer) => { dialog.close(); dialog.remove(); resolve(answer); };
    const dialog = el("dialog", { class: "confirm", role: "alertdialog", "aria-labelledby": id, "aria-describedby": `${id}-text`, oncancel: (event) => { event.preventDefault(); end(false); } },
      el("h2", { id }, words(asked.title)),
      el("div", { id: `${id}-text` }, text(asked.text)),
      el("div", { class: "buttons" },
        button(words(asked.deny), () => end(false), { class: "act" }),
        button(words(asked.confirm), () => end(true), { class: `act ${asked.style ?? "primary"}` })));
    document.body.append(dialog);
    dialog.showModal();
  });
}
