// What can be had here: one tile an item, greyed with the reason where it can't be had.

import { read } from "./api.js";
import * as amount from "./amount.js";
import { byId, el, redraw } from "./dom.js";
import { current, name, say } from "./words.js";

const KINDS = ["all", "goods", "service", "bookable"];

/** A station that offers more than these pages hold has another problem. */
const PAGES_MAX = 20;

let wanted = { text: "", kind: "all" };

/** Which of the items a filter leaves. */
function matches(item) {
  if (wanted.kind !== "all" && item.kind !== wanted.kind) return false;
  const text = wanted.text.trim().toLowerCase();
  return !text || item.name.zh.includes(text) || item.name.en.toLowerCase().includes(text);
}

/** What a station offers; with a resident, what stands in the way of each. */
export async function load(station, resident, signal) {
  const query = new URLSearchParams({ station });
  if (resident) query.set("resident", resident);
  const found = [];
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const { items, next } = await read(`/v1/catalogue?${query}`, signal);
    found.push(...items);
    if (!next) break;
    query.set("cursor", next);
  }
  return found;
}

/** In the order in which a clerk looks: what can be had first, then by kind and price. */
export function inOrder(items) {
  const rank = ({ item, hindrances }) => [hindrances.length > 0 ? 1 : 0, KINDS.indexOf(item.kind)];
  return [...items].sort((one, other) => {
    const [a, b] = [rank(one), rank(other)];
    const byPrice = Number(amount.parse(one.item.price) - amount.parse(other.item.price));
    return a[0] - b[0] || a[1] - b[1] || byPrice;
  });
}

/** Why one more of it can't be put into the basket; null if it can. */
export function reason({ item, free, hindrances }, inBasket, pointsLeft) {
  if (hindrances.includes("assisted_only")) return say("assistedOnly");
  if (hindrances.includes("too_few_stars")) return say("tooFewStars", item.eligibility.least_stars);
  if (hindrances.includes("booking_needed")) return say("bookingNeeded");
  if (hindrances.includes("out_of_stock")) return say("outOfStock");
  if (free !== undefined && inBasket >= free) return say("noMore");
  const short = amount.parse(item.price) - pointsLeft;
  return short > 0n ? say("short", amount.short(short)) : null;
}

/**
 * Draws the tiles. `basket` maps items to quantities, `pointsLeft` is what the basket leaves to
 * spend, `put(entry)` puts one in, `refuse(reason, entry)` says why not. `items` is null while loading.
 */
export function draw({ items, basket, pointsLeft, put, refuse }) {
  redraw(byId("kinds"), KINDS.map((kind) => el("button", {
    type: "button", class: "chip", "data-focus": kind,
    "aria-pressed": String(kind === wanted.kind),
    on: { click: () => { wanted.kind = kind; draw({ items, basket, pointsLeft, put, refuse }); } },
  }, say(kind))));

  const tiles = byId("tiles");
  tiles.setAttribute("aria-busy", String(items === null));
  if (items === null) {
    redraw(tiles, Array.from({ length: 9 }, () => el("li", { class: "tile waiting" })));
    byId("tiles-empty").hidden = true;
    return;
  }
  const found = items.filter(({ item }) => matches(item));
  redraw(tiles, found.map((entry) => {
    const inBasket = basket.get(entry.item.item) ?? 0;
    const why = reason(entry, inBasket, pointsLeft);
    return el("li", {}, tile(entry, inBasket, why, () => (why ? refuse(`${name(entry.item.name)} · ${why}`, entry) : put(entry))));
  }));
  byId("tiles-empty").hidden = found.length > 0;
  byId("tiles-empty").textContent = say(items.length > 0 ? "nothingFound" : "nothingListed");
}

function tile({ item, free }, inBasket, why, click) {
  const price = amount.parse(item.price);
  const other = current() === "zh" ? "en" : "zh";
  return el("button", {
    type: "button", class: "tile", "data-item": item.item, "data-focus": item.item,
    "aria-disabled": why ? "true" : null, on: { click },
  },
  inBasket > 0 ? el("span", { class: "badge" }, `× ${inBasket}`) : null,
  el("span", { class: "name" }, name(item.name)),
  el("span", { class: "soft", lang: other === "zh" ? "zh-CN" : "en" }, item.name[other]),
  el("span", { class: "foot" },
    price === 0n
      ? el("span", { class: "price" }, say("free"))
      : el("span", { class: "price" }, amount.short(price), " ", el("small", {}, say("points"))),
    why
      ? el("span", { class: "why" }, why)
      : free !== undefined && el("span", { class: "soft" }, say("left", free - inBasket))));
}

/** What is looked for from now on. */
export function look(text) {
  wanted.text = text;
}

/** Nothing is looked for any longer. */
export function reset() {
  wanted = { text: "", kind: "all" };
  byId("filter").value = "";
}

/** The item that a search has narrowed it down to; null if there are none or several. */
export function only(items) {
  const found = wanted.text.trim() ? (items ?? []).filter(({ item }) => matches(item)) : [];
  return found.length === 1 ? found[0] : null;
}
