// The lists that lie over the counter and tell of no one resident: what was done today, who waits for
// goods, and slips that were written off line.

import { Refused, once, read } from "./api.js";
import * as card from "./card.js";
import * as catalogue from "./catalogue.js";
import * as day from "./day.js";
import { byId } from "./dom.js";
import * as slips from "./slips.js";
import * as waiting from "./waiting.js";
import { say } from "./words.js";

/** The station, the names of its items, the cards of residents, and `told(error, place)`, which says what went wrong. */
let here = { station: null, names: new Map(), cards: new Map(), told: () => {} };

/** Who waits, as far as it was read. */
let waits = null;

/** The counter that the lists are of. */
export function use(counter) {
  here = counter;
}

/** What can be had here, whose names are learnt by it. */
export async function items() {
  const found = await catalogue.load(here.station);
  for (const { item } of found) here.names.set(item.item, item.name);
  return found;
}

/** Shows what this counter did today. */
export async function showDay() {
  byId("day-problem").textContent = "";
  day.draw({ list: null, names: here.names });
  byId("day").showModal();
  try {
    const named = here.names.size === 0 ? items() : null;
    const [list] = await Promise.all([day.load(), named]);
    day.draw({ list, names: here.names });
  } catch (error) {
    here.told(error, byId("day-problem"));
  }
}

/** Nobody is at the counter any more: nothing stays in memory. */
export function forget() {
  waits = null;
  drawWaiting();
}

/** Reads who waits; the button shows how many. */
export async function refreshWaiting() {
  const found = await waiting.load();
  waits = found;
  drawWaiting();
}

/** Draws who waits, in the language of the moment. */
export function drawWaiting() {
  byId("waiting-open").hidden = waits === null;
  waiting.draw({ list: waits, names: here.names, cards: here.cards, off: takeOff });
}

/** Shows who waits here for goods. */
export async function showWaiting() {
  byId("waiting-problem").textContent = "";
  byId("waiting").showModal();
  try {
    const named = here.names.size === 0 ? items() : null;
    await Promise.all([refreshWaiting(), named]);
    await waiting.cardsOf(waits ?? [], here.cards);
    drawWaiting();
  } catch (error) {
    here.told(error, byId("waiting-problem"));
  }
}

async function takeOff(one) {
  byId("waiting-problem").textContent = "";
  try {
    await waiting.leave(one);
  } catch (error) {
    here.told(error, byId("waiting-problem"));
  }
  await refreshWaiting().catch((error) => here.told(error, byId("waiting-problem")));
}

/** Shows the slips that were written off line, and brings more in. */
export async function showSlips() {
  byId("slips-problem").textContent = "";
  byId("slips-form").replaceChildren();
  byId("slips").showModal();
  await refreshSlips();
}

async function refreshSlips() {
  try {
    const [found, had] = await Promise.all([slips.load(), items()]);
    slips.draw({ ...found, items: had, bring: bringSlip });
  } catch (error) {
    here.told(error, byId("slips-problem"));
  }
}

async function bringSlip({ card: typed, body }) {
  byId("slips-problem").textContent = "";
  const whose = card.read(typed);
  if (whose === null) {
    byId("slips-problem").textContent = say("noCard");
    return;
  }
  byId("slip-bring").disabled = true;
  try {
    const { resident } = await read(`/v1/residents/by-card/${encodeURIComponent(whose)}`);
    const sent = slips.command(body, resident);
    await once(sent);
    slips.answered(body);
    slips.done();
    await refreshSlips();
  } catch (error) {
    // Without an answer, another click brings in the same slip.
    if (error instanceof Refused) slips.answered(body);
    here.told(error, byId("slips-problem"));
  } finally {
    byId("slip-bring").disabled = false;
  }
}
