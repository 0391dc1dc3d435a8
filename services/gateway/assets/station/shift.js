// Who works at the counter: a shift is opened with the operator's PIN, and closed in the evening.

import { Refused, newCommand, once, read } from "./api.js";
import { byId, el, pair, redraw } from "./dom.js";
import { say, shortTime } from "./words.js";

/** Whoever signed in on this device last is offered first. */
const LAST = "linli.station.operator";

let open = null;
let operators = [];
let opening = null;
let drawn = "";

/** The shift that is open here, for commands; undefined if none is. */
export const current = () => open?.shift;

/** Learns which shift is open; null if this server has none to tell. */
export async function load() {
  try {
    const shifts = await read("/v1/shifts?limit=20");
    open = shifts.items.find((shift) => !shift.closed_at) ?? null;
    const known = await read("/v1/operators?limit=200");
    operators = known.items.filter((operator) => !operator.retired_at);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    open = null;
    operators = [];
  }
  draw();
}

/** Nobody is signed in to the page any longer. */
export function reset() {
  open = null;
  operators = [];
  draw();
}

/** The end of an operator's id: it tells colleagues apart, and tells nothing of a person. */
export const short = (id) => id.slice(-6);

/** The button on top, and the dialog behind it. */
export function draw() {
  const button = byId("shift-open");
  button.hidden = operators.length === 0 && open === null;
  button.classList.toggle("wanted", open === null);
  button.textContent = open ? say("shiftOf", short(open.operator)) : say("shiftBegin");
  byId("shift-title").textContent = say(open ? "shiftTitle" : "shiftBegin");
  byId("shift-yes").textContent = say(open ? "shiftEnd" : "shiftBegin");
  // What stands there already is left alone, so that a PIN isn't lost under a finger.
  const look = [open?.shift, ...operators.map(({ operator }) => operator), say("pin")].join(" ");
  if (look === drawn) return;
  drawn = look;
  redraw(byId("shift-body"), open ? facts() : form());
}

function facts() {
  return el("dl", { class: "particulars" },
    pair(say("operator"), short(open.operator), { class: "code" }),
    open.opened_at && pair(say("shiftSince"), shortTime(open.opened_at)),
    pair(say("shiftUntil"), shortTime(open.closes_at)));
}

function form() {
  const last = localStorage.getItem(LAST);
  return [
    el("label", { for: "operator" }, say("operator")),
    el("select", { id: "operator" }, operators.map(({ operator }) =>
      el("option", { value: operator, selected: operator === last }, short(operator)))),
    el("label", { for: "operator-pin" }, say("pin")),
    el("input", {
      id: "operator-pin", type: "password", inputmode: "numeric", autocomplete: "off", maxlength: "12",
    }),
  ];
}

/** Shows the dialog. */
export function show(problem = "") {
  draw();
  byId("shift-problem").textContent = problem;
  if (!byId("shift").open) byId("shift").showModal();
  (byId("operator-pin") ?? byId("shift-yes")).focus();
}

/** Opens a shift, or closes the one that is open; throws what was refused. */
export async function change() {
  byId("shift-problem").textContent = "";
  if (open) {
    const wish = newCommand(`/v1/shifts/${encodeURIComponent(open.shift)}/close`);
    await once(wish);
    open = null;
  } else {
    const pin = byId("operator-pin").value.trim();
    byId("operator-pin").value = "";
    const operator = byId("operator").value;
    // The same wish until it is answered: a shift that was opened isn't opened again.
    opening = opening?.operator === operator ? opening : { operator, ...newCommand("/v1/shifts", { operator }) };
    const answer = await once(opening, { "Operator-Pin": pin });
    open = { ...answer.changed, opened_at: answer.recorded_at };
    opening = null;
    localStorage.setItem(LAST, operator);
  }
  byId("shift").close();
  draw();
}
