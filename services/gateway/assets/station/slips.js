// Slips that were written while the line was down: the allowance that covers them, one to be brought
// in, and what became of those that were.

import { newCommand, read } from "./api.js";
import * as amount from "./amount.js";
import { ulid } from "./crockford.js";
import { byId, el, redraw } from "./dom.js";
import { name, say, shortTime } from "./words.js";

/** As many as the gateway puts on a page. */
const PAGE_ITEMS = 200;

const STANDINGS = {
  counted: "slipCounted", number_taken: "slipNumberTaken", not_covered: "slipNotCovered",
  too_late: "slipTooLate", other_price: "slipOtherPrice", not_eligible: "slipNotEligible",
  station_limit: "slipStationLimit", person_limit: "slipPersonLimit", out_of_stock: "slipOutOfStock",
};

/** The newest allowance, if there was any, and the slips that were brought in. */
export async function load() {
  const [allowances, slips] = await Promise.all([
    read("/v1/allowances?limit=5"), read(`/v1/slips?limit=${PAGE_ITEMS}`),
  ]);
  // Whether slips still come in under it the server says, by the ledger's clock.
  return { allowance: allowances.items[0] ?? null, slips: slips.items };
}

/** Draws it all. `bring(slip)` is called with what was typed. */
export function draw({ allowance, slips, items, bring }) {
  byId("slips-allowance").textContent = allowance
    ? say("allowance", amount.short(amount.parse(allowance.left)), amount.short(amount.parse(allowance.per_person)), shortTime(allowance.sync_until))
    : say("allowanceNone");
  // What is being typed stays when only the list changes.
  if (!allowance) redraw(byId("slips-form"));
  else if (!byId("slip-number")) redraw(byId("slips-form"), form(items, next(slips, allowance)));
  byId("slips-form").onsubmit = (event) => { event.preventDefault(); bring(typed(allowance, items)); };
  redraw(byId("slips-list"), slips.map(row));
}

/** The number after the last. */
function next(slips, allowance) {
  const own = slips.filter((slip) => slip.allowance === allowance.allowance);
  return own.reduce((most, slip) => Math.max(most, slip.number), 0) + 1;
}

function form(items, number) {
  const goods = (items ?? []).filter(({ item }) => item.kind !== "bookable");
  const field = (id, word, input) => el("div", {}, el("label", { for: id }, say(word)), input);
  return [
    field("slip-number", "slipNumber", el("input", {
      id: "slip-number", type: "text", inputmode: "numeric", maxlength: "4", value: String(number), required: true,
    })),
    field("slip-card", "slipCard", el("input", {
      id: "slip-card", type: "text", class: "code", autocapitalize: "characters", maxlength: "12",
      placeholder: "4H7K-2M9Z", required: true,
    })),
    field("slip-item", "slipItem", el("select", { id: "slip-item" }, goods.map(({ item }) =>
      el("option", { value: item.item }, `${name(item.name)} · ${amount.short(amount.parse(item.price))}`)))),
    field("slip-quantity", "slipQuantity", el("input", {
      id: "slip-quantity", type: "text", inputmode: "numeric", maxlength: "3", value: "1", required: true,
    })),
    field("slip-at", "slipAt", el("input", { id: "slip-at", type: "datetime-local", required: true })),
    el("button", { type: "submit", class: "primary", id: "slip-bring" }, say("slipBring")),
  ];
}

/** What was typed; the resident is still to be found by the card. */
function typed(allowance, items) {
  const value = (id) => byId(id).value.trim();
  const item = value("slip-item");
  const quantity = Number.parseInt(value("slip-quantity"), 10) || 0;
  const price = items.find((entry) => entry.item.item === item)?.item.price ?? "0";
  const at = new Date(value("slip-at"));
  return {
    card: value("slip-card"),
    body: {
      allowance: allowance.allowance,
      number: Number.parseInt(value("slip-number"), 10) || 0,
      items: [{ item, quantity }],
      total: amount.plain(amount.parse(price) * BigInt(quantity)),
      handed_at: Number.isNaN(at.getTime()) ? "" : at.toISOString(),
    },
  };
}

/** Slips that were sent and whose answer never came, by allowance and number. */
const unanswered = new Map();
const place = ({ allowance, number }) => `${allowance} ${number}`;

/**
 * The command for a slip of this resident. Its redemption gets an id here, so that it is known again:
 * a number whose answer never came keeps its id, and what was typed alike is the same command.
 */
export function command(body, resident) {
  const before = unanswered.get(place(body));
  const redemption = before?.redemption ?? ulid();
  const wish = newCommand("/v1/slips", { ...body, resident, redemption });
  const same = before?.wish.body === wish.body ? before.wish : wish;
  unanswered.set(place(body), { redemption, wish: same });
  return same;
}

/** Its answer came: whatever bears this number next is another slip. */
export function answered(body) {
  unanswered.delete(place(body));
}

/** Empties what was typed: the next slip, with the next number. */
export function done() {
  const number = Number.parseInt(byId("slip-number").value, 10) || 0;
  byId("slip-number").value = String(number + 1);
  byId("slip-card").value = "";
  byId("slip-quantity").value = "1";
  byId("slip-card").focus();
}

function row(slip) {
  const counts = slip.standing === "counted";
  const short = amount.parse(slip.short);
  return el("li", { "data-slip": String(slip.number) },
    el("p", {},
      el("span", { class: "code" }, `№ ${slip.number}`),
      el("span", { class: counts ? "soft" : "badge" }, say(STANDINGS[slip.standing])),
      el("span", { class: "soft" }, shortTime(slip.handed_at)),
      el("span", {}, `${amount.short(amount.parse(slip.total))} ${say("points")}`),
      short > 0n ? el("span", { class: "problem" }, say("slipShort", amount.short(short))) : null));
}
