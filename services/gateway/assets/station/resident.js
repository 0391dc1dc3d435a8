// Who stands at the counter: the card, what they can spend, what lapses next.

import { read } from "./api.js";
import * as amount from "./amount.js";
import { tail } from "./card.js";
import { byId, el, redraw } from "./dom.js";
import { lastDay, say } from "./words.js";

/** The resident whose card it is, with wallet and lots. */
export async function find(card, signal) {
  const resident = await read(`/v1/residents/by-card/${encodeURIComponent(card)}`, signal);
  return { ...resident, ...(await purse(resident.resident, signal)) };
}

/** The resident whose app shows this code, with wallet and lots. */
export async function findByCode(code, signal) {
  const resident = await read(`/v1/residents/by-code/${encodeURIComponent(code)}`, signal);
  return { ...resident, ...(await purse(resident.resident, signal)), scanned: { text: code, at: Date.now() } };
}

/** A resident's wallet and lots. */
export async function purse(resident, signal) {
  const path = `/v1/residents/${encodeURIComponent(resident)}`;
  const [wallet, { lots }] = await Promise.all([
    read(`${path}/wallet`, signal), read(`${path}/lots`, signal),
  ]);
  return { available: amount.parse(wallet.available), held: amount.parse(wallet.held), lots };
}

/** Draws the resident, or nobody; `vouchers` opens what the resident can use, `passbook` the book. */
export function draw(resident, vouchers, passbook) {
  if (!resident) return redraw(byId("who"));
  const next = resident.lots.find((lot) => amount.parse(lot.available) > 0n);
  return redraw(byId("who"),
    el("p", { class: "balance" },
      el("span", { class: "soft" }, say("available")), " ",
      el("strong", { id: "available" }, amount.exact(resident.available))),
    el("ul", { class: "facts" },
      el("li", {}, el("span", { class: "code" }, `···· ${tail(resident.card)}`),
        resident.stars > 0 ? ` · ${say("stars", resident.stars)}` : null),
      next && el("li", { class: "soft" },
        say("validUntil", amount.short(amount.parse(next.available)), lastDay(next.expires_at))),
      resident.held > 0n && el("li", { class: "soft" }, `${say("held")} ${amount.exact(resident.held)}`)),
    resident.vouchers?.length
      ? el("button", { type: "button", id: "vouchers-open", "data-focus": "vouchers", on: { click: vouchers } },
        say("vouchers"), " ", el("span", { class: "count" }, String(resident.vouchers.length)))
      : null,
    el("button", { type: "button", class: "quiet", id: "passbook-open", "data-focus": "passbook", on: { click: passbook } },
      say("passbook")));
}
