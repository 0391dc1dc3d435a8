// The lists that lie over the counter and tell of no one resident: what was done today, and slips that
// were written off line.

import { Refused, once, read } from "./api.js";
import * as card from "./card.js";
import * as catalogue from "./catalogue.js";
import * as day from "./day.js";
import { byId } from "./dom.js";
import * as slips from "./slips.js";
import { say } from "./words.js";

/** The station, the names of its items, and `told(error, place)`, which says what went wrong. */
let here = { station: null, names: new Map(), told: () => {} };

/** The counter that the lists are of. */
export function use(counter) {
  here = counter;
}

/** What can be had here, whose names are learnt by it. */
async function items() {
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
