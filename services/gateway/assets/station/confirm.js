// The last look before a command, and the wait until its answer is certain.

import { command } from "./api.js";
import { byId, redraw } from "./dom.js";
import { say } from "./words.js";

let sending = false;

/**
 * Asks whether to go on: `{ said }`, or null. `check()` looks at what was typed before that: what it
 * answers is said; where it throws, `why(error)` tells it, and the dialog goes on asking. It stays open
 * until `settle` is done.
 */
export function ask({ title, body, yes, check = async () => undefined, why = String }) {
  const dialog = byId("confirm");
  prepare(title, body);
  byId("confirm-yes").textContent = yes;
  dialog.showModal();
  byId("confirm-yes").focus();
  return new Promise((resolve) => {
    byId("confirm-yes").onclick = async () => {
      byId("confirm-yes").disabled = true;
      wait("");
      try {
        resolve({ said: await check() });
      } catch (error) {
        wait(why(error));
        byId("confirm-yes").disabled = false;
      }
    };
    byId("confirm-no").onclick = () => { dialog.close(); resolve(null); };
    dialog.oncancel = (event) => {
      if (sending) return event.preventDefault();
      return resolve(null);
    };
    // A browser may close a dialog that refused to be cancelled; while sending it comes back.
    dialog.onclose = () => (sending ? dialog.showModal() : resolve(null));
  });
}

/** Sends a command, says what it waits for, and closes the dialog: the answer, or what was thrown. */
export async function settle(wish, first = say("recording")) {
  const dialog = byId("confirm");
  sending = true;
  byId("confirm-yes").disabled = true;
  byId("confirm-no").disabled = true;
  wait(first);
  try {
    return await command(wish, (attempt, refused) => {
      const why = refused?.sentence(document.documentElement.lang.startsWith("zh") ? "zh" : "en");
      wait([say("trying", attempt), why].filter(Boolean).join(" "));
    });
  } finally {
    sending = false;
    dialog.close();
  }
}

/** Opens the dialog for a command that was sent before this page was loaded. */
export function resume() {
  prepare(say("resuming"), []);
  byId("confirm-yes").textContent = say("again");
  byId("confirm-yes").disabled = true;
  byId("confirm-no").disabled = true;
  const dialog = byId("confirm");
  dialog.oncancel = (event) => event.preventDefault();
  dialog.onclose = () => sending && dialog.showModal();
  dialog.showModal();
}

/** Is a command on its way? */
export const busy = () => sending;

function prepare(title, body) {
  byId("confirm-title").textContent = title;
  redraw(byId("confirm-body"), body);
  byId("confirm-yes").disabled = false;
  byId("confirm-no").disabled = false;
  byId("confirm-wait").textContent = "";
}

function wait(text) {
  byId("confirm-wait").textContent = text;
}
