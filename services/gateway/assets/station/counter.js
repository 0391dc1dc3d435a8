// The counter: one resident at a time, what they put into the basket, and the commands that
// come of it.

import { Refused, Unreachable, newCommand } from "./api.js";
import * as amount from "./amount.js";
import * as basket from "./basket.js";
import * as card from "./card.js";
import * as catalogue from "./catalogue.js";
import * as confirm from "./confirm.js";
import { byId, redraw, speak } from "./dom.js";
import * as receipt from "./receipt.js";
import * as reservations from "./reservations.js";
import * as people from "./resident.js";
import * as session from "./session.js";
import { current, name, say } from "./words.js";

/** All that the page knows. Items' names outlive a resident; nothing else does. */
const now = {
  station: null, resident: null, items: null, basket: new Map(),
  open: null, cards: new Map(), names: new Map(), receipt: null, looking: null,
};
let keyEnded = () => {};

/** Opens the counter of a station; `ended()` is called when the key no longer works. */
export async function open(station, ended) {
  now.station = station;
  keyEnded = ended;
  clear();
  await resume();
  await refreshReservations();
}

/** Closes it: nothing stays in memory. */
export function close() {
  Object.assign(now, { station: null, open: null, cards: new Map(), names: new Map() });
  clear();
}

/** Is there anything of a resident on the screen that may be cleared? */
export const shown = () => !confirm.busy()
  && (now.resident !== null || now.receipt !== null || byId("reservations").open);

/** Nobody stands at the counter any longer. */
export function clear() {
  now.looking?.abort();
  Object.assign(now, { resident: null, items: null, basket: new Map(), receipt: null, looking: null });
  catalogue.reset();
  byId("code").value = "";
  byId("code-problem").textContent = "";
  notice(null);
  for (const id of ["receipt", "reservations", "confirm"]) if (byId(id).open) byId(id).close();
  if (now.station) document.body.dataset.view = "idle";
  draw();
  byId("code").focus();
}

/** Looks a typed or scanned code up. */
export async function lookUp(typed) {
  const code = card.read(typed);
  if (code === null) {
    byId("code-problem").textContent = say("noCard");
    byId("code").select();
    return;
  }
  clear();
  const looking = new AbortController();
  now.looking = looking;
  byId("code").value = code;
  document.body.dataset.busy = "";
  try {
    const resident = await people.find(code, looking.signal);
    looking.signal.throwIfAborted();
    now.resident = resident;
    byId("code").value = "";
    document.body.dataset.view = "resident";
    draw();
    await loadItems(looking.signal);
    speak(`${say("available")} ${amount.exact(resident.available)}`);
  } catch (error) {
    if (!looking.signal.aborted) {
      clear();
      // Enter asks again.
      byId("code").value = code;
      byId("code").select();
      told(error, byId("code-problem"));
    }
  } finally {
    if (now.looking === looking || now.looking === null) delete document.body.dataset.busy;
  }
}

async function loadItems(signal) {
  const { resident } = now;
  const items = await catalogue.load(now.station.station, resident?.resident, signal);
  for (const { item } of items) now.names.set(item.item, item.name);
  // Somebody else may stand there by now.
  if (resident && resident === now.resident) now.items = catalogue.inOrder(items);
  draw();
}

/** Reads again what a refusal shows to be out of date; the basket stays as far as it can. */
async function refresh() {
  if (!now.resident) return;
  const { resident } = now;
  Object.assign(resident, await people.purse(resident.resident));
  await loadItems();
  for (const { item, free } of now.items ?? []) {
    const wanted = now.basket.get(item.item) ?? 0;
    if (free !== undefined && wanted > free) now.basket.set(item.item, free);
    if (now.basket.get(item.item) === 0) now.basket.delete(item.item);
  }
  draw();
}

/** Puts one more of an item into the basket, or takes one out. */
function change(item, by) {
  const quantity = (now.basket.get(item) ?? 0) + by;
  if (quantity > 0 && !now.basket.has(item) && now.basket.size >= basket.KINDS_MAX) {
    return notice(say("basketFull", basket.KINDS_MAX));
  }
  if (quantity > 0) now.basket.set(item, quantity);
  else now.basket.delete(item);
  notice(null);
  draw();
  return speak(`${say("total")} ${amount.short(basket.total(now.basket, now.items))}`);
}

/** Enter in the filter: a card that was scanned there, or the one item that is left. */
export function pick(typed) {
  if (card.read(typed) !== null) return lookUp(typed);
  const entry = catalogue.only(now.items);
  if (!entry) return undefined;
  const why = catalogue.reason(entry, now.basket.get(entry.item.item) ?? 0, pointsLeft());
  return why ? notice(why) : change(entry.item.item, 1);
}

/** The catalogue is searched for a text. */
export function filter(text) {
  catalogue.look(text);
  draw();
}

/** Redeems the basket at once ("sold"), or sets it aside ("reserved"). */
export async function redeem(kind) {
  const button = byId(kind === "sold" ? "redeem" : "reserve");
  if (!now.resident || button.disabled) return;
  notice(null);
  const sum = amount.short(basket.total(now.basket, now.items));
  const yes = await confirm.ask({
    title: say(kind === "sold" ? "confirmSale" : "confirmReserve"),
    body: basket.summary(now.basket, now.items, now.resident.available),
    yes: say(kind === "sold" ? "redeemFor" : "reserveFor", sum),
  });
  if (!yes) return;
  const path = kind === "sold" ? "/v1/sales" : "/v1/redemptions";
  const wish = newCommand(path, basket.wish(now.resident.resident, now.basket));
  await finish({ ...wish, kind, card: now.resident.card });
}

/** Hands a reservation out ("captured"), or gives it back ("voided"). */
async function end(kind, one) {
  const captured = kind === "captured";
  const yes = await confirm.ask({
    title: say(captured ? "confirmCapture" : "confirmVoid"),
    body: [document.createTextNode(reservations.content(one.slip, now.names)), captured ? null : reservations.reasons()],
    yes: say(captured ? "handOut" : "giveBack"),
  });
  if (!yes) return;
  const path = `/v1/redemptions/${encodeURIComponent(one.slip.redemption)}/${captured ? "capture" : "void"}`;
  const wish = newCommand(path, captured ? undefined : { reason: reservations.chosenReason() });
  await finish({ ...wish, kind, card: now.cards.get(one.slip.resident) ?? null });
}

/** Sends a command and shows what came of it. */
async function finish(wish, first) {
  try {
    const answer = await confirm.settle(wish, first);
    await showReceipt(wish, answer);
  } catch (error) {
    const list = byId("reservations");
    told(error, list.open ? byId("reservations-problem") : null);
    if (error instanceof Refused && error.status !== 401) await refresh().catch((again) => told(again));
  }
  await refreshReservations();
}

async function showReceipt({ kind, card: code }, { body, replayed }) {
  now.receipt = { kind, receipt: body, replayed, station: now.station, names: now.names, card: code };
  if (body.changed.available === undefined) {
    // Handing out what was set aside doesn't move what can be spent, so the answer doesn't tell it.
    const purse = await people.purse(body.changed.slip.resident).catch(() => null);
    if (purse && now.receipt) now.receipt.balance = purse.available;
  }
  Object.assign(now, { resident: null, items: null, basket: new Map() });
  if (byId("reservations").open) byId("reservations").close();
  document.body.dataset.view = "idle";
  draw();
  if (!byId("receipt").open) byId("receipt").showModal();
  byId("receipt-done").focus();
  speak(byId("paper").querySelector(".done").textContent);
}

/** Commands whose answers never came before this page was loaded again. */
async function resume() {
  for (const wish of session.pending()) {
    if (session.isOwn(wish)) {
      confirm.resume();
      await loadItems().catch(() => {});
      await finish(wish, say("resuming"));
    } else {
      session.forget(wish);
      notice(say("otherKey"));
    }
  }
}

async function refreshReservations() {
  if (!now.station) return;
  try {
    now.open = await reservations.load();
    if (now.open?.length && now.names.size === 0) await loadItems();
    drawReservations();
    await reservations.learnCards(now.open ?? [], now.cards);
    drawReservations();
  } catch (error) {
    if (byId("reservations").open) told(error, byId("reservations-problem"));
  }
}

function drawReservations() {
  reservations.draw({ ...now, resident: now.resident?.resident, step: end });
}

/** Shows what waits to be picked up. */
export async function showReservations() {
  byId("reservations-problem").textContent = "";
  byId("reservations").showModal();
  await refreshReservations();
}

/** A card was scanned while a dialog was open: the next resident after a receipt, else too early. */
export function scanned(text) {
  if (confirm.busy() || byId("confirm").open) byId("confirm-wait").textContent = say("finishFirst");
  else lookUp(text);
}

const pointsLeft = () => now.resident.available - basket.total(now.basket, now.items ?? []);

/** Draws all that the page knows, in the language of the moment. */
export function draw() {
  people.draw(now.resident);
  byId("code").placeholder = now.resident ? say("codeNext") : "4H7K-2M9Z";
  if (now.resident) {
    catalogue.draw({
      items: now.items, basket: now.basket, pointsLeft: pointsLeft(),
      put: ({ item }) => change(item.item, 1), refuse: notice,
    });
    basket.draw({
      items: now.items, basket: now.basket, available: now.resident.available, change,
      mayAdd: (entry) => !catalogue.reason(entry, now.basket.get(entry.item.item) ?? 0, pointsLeft()),
    });
  } else {
    for (const id of ["tiles", "lines", "sums"]) redraw(byId(id));
  }
  drawReservations();
  if (now.receipt) receipt.draw(now.receipt);
  else redraw(byId("paper"));
}

/** Says what is in the way, or nothing. */
function notice(text) {
  byId("notice").textContent = text ?? "";
  byId("notice").hidden = !text;
}

/** Nobody touched the page for a while. */
export function idle() {
  clear();
  notice(say("idle"));
}

/** Tells what went wrong, where it can be seen. */
function told(error, place = null) {
  if (error instanceof Refused && error.status === 401) return keyEnded();
  const refused = error instanceof Refused ? error : error.refused;
  const sentence = refused?.sentence(current());
  const item = now.names.get(refused?.problem.item);
  let text = sentence && item ? `${name(item)} · ${sentence}` : sentence;
  if (!text && error instanceof Unreachable) text = say("unreachable");
  if (!text) {
    console.error(error);
    text = say("unexpected");
  }
  if (place) place.textContent = text;
  else notice(text);
  return undefined;
}
