// The counter: one resident at a time, what they put into the basket, and the commands that
// come of it.

import { Refused, Unreachable, newCommand, once } from "./api.js";
import * as amount from "./amount.js";
import * as basket from "./basket.js";
import * as card from "./card.js";
import * as catalogue from "./catalogue.js";
import * as code from "./code.js";
import * as confirm from "./confirm.js";
import { byId, redraw, speak } from "./dom.js";
import * as lists from "./lists.js";
import * as receipt from "./receipt.js";
import * as reservations from "./reservations.js";
import * as passbook from "./passbook.js";
import * as people from "./resident.js";
import * as session from "./session.js";
import * as shift from "./shift.js";
import * as showing from "./showing.js";
import * as slots from "./slots.js";
import * as vouchers from "./vouchers.js";
import * as waiting from "./waiting.js";
import { current, name, nameOf, say } from "./words.js";

/** All that the page knows. Items' names outlive a resident; nothing else does. */
const now = {
  station: null, resident: null, items: null, basket: new Map(),
  open: null, cards: new Map(), names: new Map(), receipt: null, looking: null,
};
let keyEnded = () => {};

/** The lists that lie over the counter, and may tell of residents. */
const LISTS = ["reservations", "vouchers", "passbook", "waiting", "slots", "day", "slips"];

/** Opens the counter of a station; `ended()` is called when the key no longer works. */
export async function open(station, ended) {
  now.station = station;
  keyEnded = ended;
  lists.use({ station: station.station, names: now.names, cards: now.cards, told });
  clear();
  await resume();
  const waits = lists.refreshWaiting().catch((error) => told(error));
  const booked = slots.load(station.station, { names: now.names, told, sentence }).catch((error) => told(error));
  await Promise.all([shift.load().catch((error) => told(error)), refreshReservations(), waits, booked]);
}

/** Closes it: nothing stays in memory. */
export function close() {
  Object.assign(now, { station: null, open: null, cards: new Map(), names: new Map() });
  lists.forget();
  slots.reset();
  shift.reset();
  clear();
}

/** Is there anything of a resident on the screen that may be cleared? */
export const shown = () => !confirm.busy()
  && (now.resident !== null || now.receipt !== null || LISTS.some((id) => byId(id).open));

/** Nobody stands at the counter any longer. */
export function clear() {
  now.looking?.abort();
  Object.assign(now, { resident: null, items: null, basket: new Map(), receipt: null, looking: null });
  catalogue.reset();
  byId("code").value = "";
  byId("code-problem").textContent = "";
  notice(null);
  for (const id of ["receipt", "confirm", ...LISTS]) if (byId(id).open) byId(id).close();
  passbook.reset();
  if (now.station) document.body.dataset.view = "idle";
  draw();
  byId("code").focus();
}

/** Looks a typed or scanned code up. */
export async function lookUp(typed) {
  const found = card.read(typed) ?? code.read(typed);
  if (found === null) {
    byId("code-problem").textContent = say("noCard");
    byId("code").select();
    return;
  }
  clear();
  const looking = new AbortController();
  now.looking = looking;
  byId("code").value = found;
  document.body.dataset.busy = "";
  try {
    const find = card.read(typed) ? people.find : people.findByCode;
    const resident = await find(found, looking.signal);
    looking.signal.throwIfAborted();
    now.resident = resident;
    byId("code").value = "";
    document.body.dataset.view = "resident";
    draw();
    await Promise.all([loadItems(looking.signal), loadVouchers(looking.signal)]);
    speak(`${say("available")} ${amount.exact(resident.available)}`);
  } catch (error) {
    if (!looking.signal.aborted) {
      clear();
      // Enter asks again.
      byId("code").value = found;
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

async function loadVouchers(signal) {
  const { resident } = now;
  if (!resident) return;
  const found = await vouchers.load(resident.resident, signal);
  if (resident !== now.resident) return;
  resident.vouchers = found;
  draw();
}

/** Reads again what a refusal shows to be out of date; the basket stays as far as it can. */
async function refresh() {
  if (!now.resident) return;
  const { resident } = now;
  const purse = async () => Object.assign(resident, await people.purse(resident.resident));
  await Promise.all([purse(), loadItems(), loadVouchers()]);
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

/** What can't be put into the basket: what is short may be waited for. */
function refuse(why, entry) {
  return waiting.mayWait(entry) ? queue(entry) : notice(why);
}

/** Puts the resident on the list for one of an item. */
async function queue(entry) {
  notice(null);
  const yes = await confirm.ask({
    title: say("confirmQueue"), body: waiting.summary(entry), yes: say("queueJoin"),
    check: waiting.join(now.resident.resident, entry), why: sentence,
  });
  if (!yes) return;
  byId("confirm").close();
  notice(say("queued", name(entry.item.name)));
  speak(byId("notice").textContent);
  await lists.refreshWaiting().catch((error) => told(error));
}

/** Redeems the basket at once ("sold"), or sets it aside ("reserved"). */
export async function redeem(kind) {
  const button = byId(kind === "sold" ? "redeem" : "reserve");
  if (!now.resident || button.disabled) return;
  notice(null);
  const sum = amount.short(basket.total(now.basket, now.items));
  const yes = await confirm.ask({
    title: say(kind === "sold" ? "confirmSale" : "confirmReserve"),
    body: [...basket.summary(now.basket, now.items, now.resident.available), showing.fields(now.resident)],
    yes: say(kind === "sold" ? "redeemFor" : "reserveFor", sum),
    check: () => showing.told(now.resident.card),
    why: sentence,
  });
  if (!yes) return;
  const path = kind === "sold" ? "/v1/sales" : "/v1/redemptions";
  const on = { shift: shift.current(), shown: yes.said };
  const wish = newCommand(path, basket.wish(now.resident.resident, now.basket, on));
  await finish({ ...wish, kind, card: now.resident.card });
}

/** Hands a reservation out ("captured"), or gives it back ("voided"). */
async function end(kind, one) {
  const captured = kind === "captured";
  const whose = now.cards.get(one.slip.resident) ?? null;
  const yes = await confirm.ask({
    title: say(captured ? "confirmCapture" : "confirmVoid"),
    body: [
      document.createTextNode(reservations.content(one.slip, now.names)),
      captured ? showing.fields({ card: whose }) : reservations.reasons(),
    ],
    yes: say(captured ? "handOut" : "giveBack"),
    check: async () => (captured ? showing.told(whose) : undefined),
    why: sentence,
  });
  if (!yes) return;
  const path = `/v1/redemptions/${encodeURIComponent(one.slip.redemption)}/${captured ? "capture" : "void"}`;
  const on = { shift: shift.current(), shown: yes.said };
  const wish = newCommand(path, captured ? on : { reason: reservations.chosenReason() });
  await finish({ ...wish, kind, card: whose });
}

/** Sends a command and shows what came of it. */
async function finish(wish, first) {
  try {
    const answer = await confirm.settle(wish, first);
    await showReceipt(wish, answer);
  } catch (error) {
    const list = byId("reservations");
    told(error, list.open ? byId("reservations-problem") : null);
    const kind = error instanceof Refused ? error.kind() : null;
    if (kind === "presence-needed") showing.want();
    if (kind === "shift-needed" || kind === "shift-over") {
      await shift.load().catch((again) => told(again));
      shift.show(error.sentence(current()));
    }
    if (error instanceof Refused && error.status !== 401) await refresh().catch((again) => told(again));
  }
  const waits = lists.refreshWaiting().catch((error) => told(error));
  await Promise.all([refreshReservations(), waits]);
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

/** Shows the vouchers of the resident who stands there. */
function showVouchers() {
  byId("vouchers-problem").textContent = "";
  drawVouchers();
  byId("vouchers").showModal();
}

function drawVouchers() {
  vouchers.draw({ vouchers: now.resident?.vouchers, names: now.names, use: useVoucher });
}

/** Uses a voucher by the code that was shown; what is wrong with it is said in the list. */
async function useVoucher(voucher, typed) {
  byId("vouchers-problem").textContent = "";
  const path = `/v1/vouchers/${encodeURIComponent(voucher.voucher)}/use`;
  const sent = newCommand(path, { code: typed });
  try {
    await once(sent);
    byId("vouchers").close();
    notice(say("voucherUsed", nameOf(voucher.item, now.names)));
    speak(byId("notice").textContent);
  } catch (error) {
    told(error, byId("vouchers-problem"));
  }
  await refresh().catch((error) => told(error));
  drawVouchers();
}

/** Opens a shift, or closes it. */
export async function changeShift() {
  byId("shift-yes").disabled = true;
  try {
    await shift.change();
  } catch (error) {
    told(error, byId("shift-problem"));
  } finally {
    byId("shift-yes").disabled = false;
  }
}

/** A card was scanned while a dialog was open: the next resident after a receipt, else too early. */
export function scanned(text) {
  if (byId("confirm").open && !confirm.busy() && showing.scanned(text)) return;
  if (confirm.busy() || byId("confirm").open) byId("confirm-wait").textContent = say("finishFirst");
  else lookUp(text);
}

const pointsLeft = () => now.resident.available - basket.total(now.basket, now.items ?? []);

/** Draws all that the page knows, in the language of the moment. */
export function draw() {
  people.draw(now.resident, showVouchers, () => passbook.open(now.resident.resident, told));
  shift.draw();
  for (const id of ["day-open", "slips-open"]) byId(id).hidden = now.station === null;
  byId("code").placeholder = now.resident ? say("codeNext") : "4H7K-2M9Z";
  if (now.resident) {
    catalogue.draw({
      items: now.items, basket: now.basket, pointsLeft: pointsLeft(),
      put: ({ item }) => change(item.item, 1), refuse,
    });
    basket.draw({
      items: now.items, basket: now.basket, available: now.resident.available, change,
      mayAdd: (entry) => !catalogue.reason(entry, now.basket.get(entry.item.item) ?? 0, pointsLeft()),
    });
  } else {
    for (const id of ["tiles", "lines", "sums"]) redraw(byId(id));
  }
  drawReservations();
  if (byId("vouchers").open) drawVouchers();
  lists.drawWaiting();
  if (byId("slots").open) slots.draw();
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

/** What went wrong, as a sentence. */
function sentence(error) {
  const refused = error instanceof Refused ? error : error.refused;
  const said = refused?.sentence(current());
  const item = now.names.get(refused?.problem.item);
  if (said) return item ? `${name(item)} · ${said}` : said;
  if (error instanceof Unreachable) return say("unreachable");
  if (error instanceof showing.Missing) return error.message;
  console.error(error);
  return say("unexpected");
}

/** Tells what went wrong, where it can be seen. */
function told(error, place = null) {
  if (error instanceof Refused && error.status === 401) return keyEnded();
  const text = sentence(error);
  if (place) place.textContent = text;
  else notice(text);
  return undefined;
}
