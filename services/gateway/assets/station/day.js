// What this counter did on a day: each redemption, and what they come to.

import { read } from "./api.js";
import * as amount from "./amount.js";
import { byId, el, pair, redraw } from "./dom.js";
import { SHOWN } from "./receipt.js";
import { content } from "./reservations.js";
import { clock, say } from "./words.js";

/** As many as the gateway puts on a page. */
const PAGE_ITEMS = 200;
/** A station that hands out more on a day has a till of its own. */
const PAGES_MAX = 10;

/** Redemptions of today, newest first. */
export async function load() {
  const found = [];
  let cursor = "";
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const answer = await read(`/v1/redemptions?day=today&limit=${PAGE_ITEMS}${cursor}`);
    found.push(...answer.items);
    if (!answer.next) break;
    cursor = `&cursor=${encodeURIComponent(answer.next)}`;
  }
  return found;
}

const WORDS = {
  captured: "done", part_captured: "donePart", reserved: "doneReserved", voided: "doneVoided",
  timed_out: "doneTimedOut", returned: "doneReturned",
};

/** Draws the list and its sums. */
export function draw({ list, names }) {
  const handed = (list ?? []).filter(({ status }) => status === "captured" || status === "part_captured");
  const points = handed.reduce((sum, one) => sum + amount.parse(one.slip.total), 0n);
  redraw(byId("day-sums"), list === null ? [] : [
    pair(say("dayHanded"), String(handed.length)),
    pair(say("total"), amount.exact(points), { class: "total" }),
  ]);
  redraw(byId("day-list"), list?.length === 0
    ? el("li", { class: "empty" }, say("dayNone"))
    : (list ?? []).map((one) => row(one, names)));
}

function row(one, names) {
  const { slip } = one;
  return el("li", { "data-redemption": slip.redemption },
    el("p", {},
      el("span", { class: "code" }, clock(one.recorded_at)),
      el("span", { class: one.status === "captured" ? "soft" : "badge" }, say(WORDS[one.status] ?? "done")),
      slip.shown ? el("span", { class: "soft" }, say(SHOWN[slip.shown.by])) : null,
      slip.shift ? el("span", { class: "soft" }, say("shiftShort", slip.shift.slice(-6))) : null),
    el("p", { class: "what" }, content(slip, names)));
}
