// Who waits at this station for goods that it is short of, each with the place on the list.

import { listed, newCommand, once } from "./api.js";
import { tail } from "./card.js";
import { byId, el, redraw } from "./dom.js";
import { learnCards } from "./reservations.js";
import { name, nameOf, say, shortTime } from "./words.js";

/** Who waits, in the order of arrival; null if this key may not see it. */
export const load = () => listed("/v1/queue");

/** The cards of those who wait, added to those that are known. */
export const cardsOf = (list, cards) =>
  learnCards(list.map(({ resident }) => ({ slip: { resident } })), cards);

/** Is it short, and nothing else in the way of having it? */
export const mayWait = ({ item, hindrances }) => item.kind === "goods"
  && hindrances.includes("out_of_stock")
  && !hindrances.some((why) => ["assisted_only", "too_few_stars", "not_open"].includes(why));

/** The wish to wait for one of it. Sent again, it is the same wish. */
export function join(resident, { item }) {
  const sent = newCommand("/v1/queue", { resident, item: item.item, quantity: 1 });
  return () => once(sent);
}

/** The wish to wait no longer. */
export const leave = ({ redemption }) =>
  once(newCommand(`/v1/queue/${encodeURIComponent(redemption)}/leave`));

/** What the last look before joining shows. */
export const summary = ({ item }) => [el("p", {}, `${name(item.name)} × 1`)];

/** Draws the list and the count; `list` is null while it is loading. */
export function draw({ list, names, cards, off }) {
  byId("waiting-count").textContent = list?.length ? String(list.length) : "";
  redraw(byId("waiting-list"), list?.length === 0
    ? el("li", { class: "empty" }, say("waitingNone"))
    : (list ?? []).map((one) => row(one, names, cards.get(one.resident), off)));
}

function row(one, names, card, off) {
  return el("li", { "data-wait": one.redemption },
    el("p", {},
      el("span", { class: "badge" }, say("waitingPlace", one.place)),
      el("span", { class: "code" }, card ? `···· ${tail(card)}` : "····"),
      el("span", { class: "soft" }, say("waitingSince", shortTime(one.recorded_at)))),
    el("p", { class: "what" }, `${nameOf(one.item, names)} × ${one.quantity}`),
    el("p", { class: "acts" }, el("button", {
      type: "button", "data-focus": one.redemption, on: { click: () => off(one) },
    }, say("waitingOff"))));
}
