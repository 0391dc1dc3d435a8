// What a resident is about to take: items and quantities, what they cost, what stays.

import * as amount from "./amount.js";
import { byId, el, pair, redraw } from "./dom.js";
import { name, say } from "./words.js";

/** As many kinds as the ledger takes on one slip. */
export const KINDS_MAX = 20;

/** Points for all that is in the basket. */
export function total(basket, items) {
  return lines(basket, items).reduce((sum, line) => sum + line.points, 0n);
}

/** The basket's lines, in the order in which they were put in. */
export function lines(basket, items) {
  return [...basket].flatMap(([id, quantity]) => {
    const entry = items.find(({ item }) => item.item === id);
    if (!entry) return [];
    return [{ entry, quantity, points: amount.parse(entry.item.price) * BigInt(quantity) }];
  });
}

/** The body of a command for the basket, in a shift and on what was shown, if any. */
export function wish(resident, basket, { shift, shown }) {
  const items = [...basket].map(([item, quantity]) => ({ item, quantity }));
  return { resident, shift, shown, items };
}

/** Draws the basket. `change(item, by)` puts one more in or takes one out. */
export function draw({ items, basket, available, mayAdd, change }) {
  const rows = lines(basket, items ?? []);
  const sum = rows.reduce((all, line) => all + line.points, 0n);
  redraw(byId("lines"), rows.map(({ entry, quantity, points }) => row(entry, quantity, points, mayAdd, change)));
  byId("basket-empty").hidden = rows.length > 0;
  redraw(byId("sums"), rows.length === 0 ? [] : [
    pair(say("total"), amount.short(sum), { class: "total" }),
    pair(say("stays"), amount.short(available - sum), { class: "stays" }),
  ]);
  byId("redeem").disabled = rows.length === 0 || sum > available;
  byId("reserve").disabled = byId("redeem").disabled;
}

function row(entry, quantity, points, mayAdd, change) {
  const { item } = entry;
  const step = (by, sign, word) => el("button", {
    type: "button", class: "step", "data-focus": `${item.item}${sign}`,
    "aria-label": say(word, name(item.name)), disabled: by > 0 && !mayAdd(entry),
    on: { click: () => change(item.item, by) },
  }, sign);
  return el("li", { "data-line": item.item },
    el("span", { class: "name" }, name(item.name)),
    el("span", { class: "price" }, amount.short(points)),
    el("span", { class: "steps" },
      step(-1, "−", "less"), el("output", {}, String(quantity)), step(1, "+", "more")));
}

/** The basket as a list for a last look. */
export function summary(basket, items, available) {
  const rows = lines(basket, items);
  const sum = rows.reduce((all, line) => all + line.points, 0n);
  return [
    el("ul", { class: "summary" }, rows.map(({ entry, quantity, points }) => el("li", {},
      el("span", {}, `${name(entry.item.name)} × ${quantity}`), el("span", {}, amount.short(points))))),
    el("dl", { class: "sums" },
      pair(say("total"), amount.short(sum), { class: "total" }),
      pair(say("stays"), amount.short(available - sum), { class: "stays" })),
  ];
}
