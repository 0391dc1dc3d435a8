// What is reserved at this station and waits to be picked up.

import { listed, read } from "./api.js";
import * as amount from "./amount.js";
import { tail } from "./card.js";
import { byId, el, redraw } from "./dom.js";
import { nameOf, say, shortTime } from "./words.js";

/** What waits, oldest first; null if this server keeps no such list. */
export const load = () => listed("/v1/redemptions");

/** The cards of the residents for whom something waits, added to those that are known. */
export async function learnCards(open, cards) {
  for (const id of new Set(open.map(({ slip }) => slip.resident))) {
    if (!cards.has(id)) {
      // One after the other: a list at a counter is short, and nobody waits for it.
      const { card } = await read(`/v1/residents/${encodeURIComponent(id)}`);
      cards.set(id, card);
    }
  }
}

let drawn = "";

/**
 * Draws the list, the resident at the counter first. `step(kind, redemption)` hands out
 * ("captured") or gives back ("voided"). What stands there already is left alone, so that it
 * doesn't change under a finger.
 */
export function draw({ open, cards, names, resident, step }) {
  byId("reservations-open").hidden = open === null;
  byId("reservations-count").textContent = open?.length ? String(open.length) : "";
  const mine = (one) => one.slip.resident === resident;
  const ordered = [...(open ?? []).filter(mine), ...(open ?? []).filter((one) => !mine(one))];
  const rows = ordered.length === 0
    ? [el("li", { class: "empty" }, say("reservationsNone"))]
    : ordered.map((one) => row(one, mine(one), cards.get(one.slip.resident), names, step));
  const look = rows.map((element) => element.outerHTML).join("");
  if (look === drawn) return;
  drawn = look;
  redraw(byId("reservations-list"), rows);
}

function row(one, mine, card, names, step) {
  const act = (kind, word, look) => el("button", {
    type: "button", class: look, "data-focus": `${one.slip.redemption}${kind}`,
    on: { click: () => step(kind, one) },
  }, say(word));
  return el("li", { class: mine ? "mine" : "", "data-redemption": one.slip.redemption },
    el("p", {},
      el("span", { class: "code" }, card ? `···· ${tail(card)}` : "····"),
      mine ? el("span", { class: "badge" }, say("thisResident")) : null,
      one.expires_at && el("span", { class: "soft" }, say("until", shortTime(one.expires_at)))),
    el("p", { class: "what" }, content(one.slip, names)),
    el("p", { class: "acts" },
      act("voided", "giveBack", ""), act("captured", "handOut", "primary")));
}

/** "Rice 5 kg × 1, Soap × 2 · 74 pts" */
export function content(slip, names) {
  const parts = slip.lines.map((line) => `${nameOf(line.item, names)} × ${line.quantity}`);
  return `${parts.join(document.documentElement.lang.startsWith("zh") ? "、" : ", ")} · ${amount.short(amount.parse(slip.total))} ${say("points")}`;
}

/** The choice of a reason for giving back. */
export function reasons() {
  const choice = (value, word, chosen) => el("label", { class: "tick" },
    el("input", { type: "radio", name: "reason", value, checked: chosen }), " ", say(word));
  return el("fieldset", {}, el("legend", {}, say("why")),
    choice("resident", "reasonResident", true), choice("station", "reasonStation", false),
    choice("supplier", "reasonSupplier", false));
}

/** The reason that was chosen. */
export const chosenReason = () =>
  document.querySelector("#confirm-body input[name=reason]:checked")?.value ?? "resident";
