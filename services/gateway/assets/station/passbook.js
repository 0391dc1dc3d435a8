// The passbook (爱心存折) of the resident at the counter: the lines after the last one that stands in it,
// printed where it has room. Each line ends with a code that anybody can check.

import { KINDS } from "/passbook/kinds.js";
import { Refused, read } from "./api.js";
import * as amount from "./amount.js";
import { byId, el, redraw } from "./dom.js";
import { current, dayOf, say } from "./words.js";

/** As many lines as a page of the book has, and as the gateway answers. */
const PAGE_LINES = 24;

/** Nobody's book: whose it is, `told(error, place)`, the lines to be printed, whether more come after. */
const NONE = { resident: null, told: () => {}, lines: null, more: false };
let book = NONE;

/** Forgets whose book it was. */
export function reset() {
  book = NONE;
  byId("passbook-since").value = "";
  byId("passbook-row").value = "1";
  byId("passbook-problem").textContent = "";
  draw();
}

/** Shows the book of a resident; `told(error, place)` says what went wrong. */
export function open(resident, told) {
  reset();
  book = { ...NONE, resident, told };
  byId("passbook").showModal();
  byId("passbook-since").focus();
}

/** Reads the lines after the last one in the book, whose code was typed; the newest if none was. */
export async function load() {
  const { resident, told } = book;
  const typed = byId("passbook-since").value.trim();
  const since = typed ? `?since=${encodeURIComponent(typed)}` : "";
  byId("passbook-problem").textContent = "";
  try {
    const found = await read(`/v1/residents/${encodeURIComponent(resident)}/passbook${since}`);
    // Somebody else may stand there by now.
    if (book.resident === resident) book = { ...book, ...found, resident };
  } catch (error) {
    if (book.resident !== resident) return;
    book = { ...book, lines: null };
    const other = error instanceof Refused && error.kind() === "invalid-query";
    if (other) byId("passbook-problem").textContent = say("passbookOther");
    else told(error, byId("passbook-problem"));
  }
  draw();
}

/** Draws the lines as they will stand on paper. */
export function draw() {
  const { lines, more } = book;
  const blank = Math.min(PAGE_LINES, Math.max(1, Number(byId("passbook-row").value) || 1)) - 1;
  const room = PAGE_LINES - blank;
  const printed = (lines ?? []).slice(0, room);
  const left = more || (lines ?? []).length > room;
  redraw(byId("passbook-lines"),
    Array.from({ length: printed.length > 0 ? blank : 0 }, () => el("li", { class: "blank" }, "\u00a0")),
    printed.map(line));
  byId("passbook-print").disabled = printed.length === 0;
  byId("passbook-note").textContent = lines === null ? ""
    : printed.length === 0 ? say("passbookNone")
      : left ? say("passbookMore", printed.at(-1).code) : say("passbookAll");
}

function line({ code, recorded_at: at, kind, amount: moved, balance }) {
  const points = amount.parse(moved);
  const sign = points < 0n ? "\u2212" : "+";
  return el("li", { "data-code": code },
    el("span", {}, dayOf(at)),
    el("span", { class: "kind" }, KINDS[kind][current() === "zh" ? 0 : 1]),
    el("span", { class: "moved" }, sign, amount.exact(points < 0n ? -points : points)),
    el("span", { class: "stands" }, amount.exact(amount.parse(balance))),
    el("span", { class: "code" }, code));
}
