// The vouchers of the resident at the counter: what can be used here, and the code that uses it.

import { Refused, read } from "./api.js";
import * as amount from "./amount.js";
import { byId, el, redraw } from "./dom.js";
import { lastDay, nameOf, say, shortTime } from "./words.js";

/** As many as the gateway puts on a page; who has more has another problem. */
const PAGE_ITEMS = 200;

/** What of a resident's vouchers isn't over, soonest end first; nothing where this key may not look. */
export async function load(resident, signal) {
  try {
    const path = `/v1/residents/${encodeURIComponent(resident)}/vouchers?limit=${PAGE_ITEMS}`;
    const { items } = await read(path, signal);
    const open = items.filter(({ status }) => status === "issued");
    return open.sort((one, other) => one.expires_at.localeCompare(other.expires_at));
  } catch (error) {
    if (error instanceof Refused && error.status === 403) return [];
    throw error;
  }
}

/** Draws the list. `use(voucher, code)` uses one. */
export function draw({ vouchers, names, use }) {
  const rows = (vouchers ?? []).map((voucher) => row(voucher, names, use));
  redraw(byId("vouchers-list"),
    rows.length > 0 ? rows : el("li", { class: "empty" }, say("vouchersNone")));
}

function row(voucher, names, use) {
  const code = el("input", {
    type: "text", class: "code", autocomplete: "off", autocapitalize: "characters", spellcheck: "false",
    maxlength: "24", placeholder: "7K3M-Q9RT-2XWB-5HNE", "aria-label": say("voucherCode"),
    "data-focus": `${voucher.voucher}code`,
  });
  const left = voucher.wrong_codes - voucher.tries;
  return el("li", { "data-voucher": voucher.voucher },
    el("p", {},
      el("span", { class: "what" }, nameOf(voucher.item, names)),
      el("span", { class: "soft" }, `${amount.short(amount.parse(voucher.price))} ${say("points")}`),
      el("span", { class: "soft" }, say("voucherUntil", lastDay(voucher.expires_at)))),
    voucher.tries > 0 ? el("p", { class: "problem" }, say("triesLeft", left)) : null,
    voucher.locked_until && Date.parse(voucher.locked_until) > Date.now()
      ? el("p", { class: "problem" }, say("lockedUntil", shortTime(voucher.locked_until))) : null,
    el("form", {
      class: "field",
      on: { submit: (event) => { event.preventDefault(); if (code.value.trim()) use(voucher, code.value.trim()); } },
    }, code, el("button", { type: "submit", class: "primary" }, say("voucherUse"))));
}
