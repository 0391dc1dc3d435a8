// The receipt: made of the ledger's answer alone, and of names that the catalogue knows.

import * as amount from "./amount.js";
import { tail } from "./card.js";
import { byId, el, pair, redraw } from "./dom.js";
import { current, lastDay, name, nameOf, say, shortTime, time } from "./words.js";

/** By what the resident was known. */
export const SHOWN = { code: "byCode", card: "byCard", paper: "byPaper" };

const HEADS = {
  sold: { title: "slipSold", done: "done" },
  reserved: { title: "slipReserved", done: "doneReserved" },
  captured: { title: "slipCaptured", done: "done" },
  voided: { title: "slipVoided", done: "doneVoided" },
};

/**
 * Draws a receipt. `kind` is one of the heads above; `names` maps items to their names; `card` is
 * the resident's code, if it is known; `balance` the balance where the answer tells none.
 */
export function draw({ kind, receipt, replayed, station, names, card, balance }) {
  const { slip } = receipt.changed;
  const head = HEADS[kind];
  redraw(byId("paper"),
    el("p", { class: "done" }, say(head.done)),
    replayed ? el("p", { class: "soft" }, say("repeated")) : null,
    el("header", {},
      el("h2", { id: "receipt-title" }, say(head.title)),
      el("p", {}, name(station.name))),
    el("ul", { class: "items" }, slip.lines.map((line) => item(line, names))),
    sums(receipt, balance),
    el("dl", { class: "particulars" },
      pair(say("time"), time(receipt.recorded_at)),
      card ? pair(say("card"), tail(card)) : null,
      slip.shown ? pair(say("shown"), say(SHOWN[slip.shown.by])) : null,
      slip.shift ? pair(say("shift"), slip.shift.slice(-6), { class: "id" }) : null,
      receipt.changed.expires_at && pair(say("keptUntil"), shortTime(receipt.changed.expires_at)),
      el("div", { class: "lots" }, el("dt", {}, say(kind === "voided" ? "lotsBack" : "lotsUsed")),
        slip.lots.map((lot) => el("dd", {}, points(lot.points), " ", say("lotUntil", lastDay(lot.expires_at))))),
      pair(say("redemption"), slip.redemption, { class: "id" }),
      pair(say("positions"), positions(receipt), { class: "id" })),
    el("p", { class: "soft" }, say("keepReceipt")));
}

const points = (text) => amount.exact(amount.parse(text));

function positions({ first, last }) {
  return first === last ? String(first) : `${first}–${last}`;
}

function item(line, names) {
  const price = amount.parse(line.price);
  return el("li", {},
    el("span", { class: "name", lang: current() === "zh" ? "zh-CN" : "en" }, nameOf(line.item, names)),
    el("span", { class: "soft" }, `${amount.exact(price)} × ${line.quantity}`),
    el("span", { class: "price" }, amount.exact(price * BigInt(line.quantity))));
}

function sums({ changed }, balance) {
  const lapsed = (changed.lapsed ?? []).reduce((sum, lot) => sum + amount.parse(lot.points), 0n);
  const available = changed.available === undefined ? balance : amount.parse(changed.available);
  const held = changed.held === undefined ? 0n : amount.parse(changed.held);
  return el("dl", { class: "sums" },
    pair(say("total"), points(changed.slip.total), { class: "total" }),
    lapsed > 0n ? pair(say("lapsed"), amount.exact(lapsed)) : null,
    available !== undefined && available !== null
      ? pair(say(changed.available === undefined ? "balanceNow" : "balanceAfter"), amount.exact(available), { class: "after" })
      : null,
    held > 0n ? pair(say("held"), amount.exact(held)) : null);
}
