// What is booked here by the slot: what is free on a day, and slots that are called off because they can't be
// used, and opened again.

import { listed, newCommand, once, read } from "./api.js";
import * as confirm from "./confirm.js";
import { byId, el, redraw, speak } from "./dom.js";
import { items } from "./lists.js";
import { dayOf, nameOf, say, slotTime } from "./words.js";

/** Why slots are called off, and what each is called. */
const REASONS = {
  weather: "offWeather", damage: "offDamage", needed: "offNeeded", unstaffed: "offUnstaffed", other: "offOther",
};

const EMPTY = { places: null, chosen: null, day: null, slots: null, names: new Map(), told: () => {}, sentence: String };

/** The resources of this station, which of them is looked at, on which day. */
let now = { ...EMPTY };

/** Reads what can be booked at a station. `told` and `sentence` say what went wrong. */
export async function load(station, { names, told, sentence }) {
  const found = await listed(`/v1/resources?station=${encodeURIComponent(station)}`);
  const places = (found ?? []).filter(({ withdrawn }) => !withdrawn);
  now = { ...EMPTY, places, names, told, sentence, chosen: places[0]?.resource ?? null };
  byId("slots-open").hidden = places.length === 0;
}

/** Nobody is at the counter any more. */
export function reset() {
  now = { ...EMPTY };
  byId("slots-open").hidden = true;
  draw();
}

/** Shows the slots of today. */
export async function show() {
  now.day = dayOf(Date.now());
  byId("slots-note").textContent = "";
  byId("slots").showModal();
  drawChoices();
  if (now.names.size === 0) {
    await items().catch((error) => now.told(error, byId("slots-problem")));
    drawChoices();
  }
  await look();
}

/** Reads the slots of the day and the resource that are chosen. */
async function look() {
  const asked = { chosen: now.chosen, day: now.day };
  byId("slots-problem").textContent = "";
  now.slots = null;
  drawSlots();
  if (!asked.day || !asked.chosen) return;
  try {
    const path = `/v1/resources/${encodeURIComponent(asked.chosen)}/slots?day=${encodeURIComponent(asked.day)}`;
    const { slots } = await read(path);
    // Another day may have been chosen meanwhile.
    if (now.chosen !== asked.chosen || now.day !== asked.day) return;
    now.slots = slots;
  } catch (error) {
    now.told(error, byId("slots-problem"));
  }
  drawSlots();
}

/** Draws all of it, in the language of the moment. */
export function draw() {
  drawChoices();
  drawSlots();
}

/** Draws the slots; they are null while they are loading. */
function drawSlots() {
  const { slots } = now;
  const some = (off) => slots?.some((slot) => Boolean(slot.off) === off);
  redraw(byId("slots-acts"),
    some(false) ? act("slotDayOff", "day-off", () => turn(true, null)) : null,
    some(true) ? act("slotDayOn", "day-on", () => turn(false, null)) : null);
  redraw(byId("slots-list"), slots?.length === 0
    ? el("li", { class: "empty" }, say("slotsNone"))
    : (slots ?? []).map(row));
}

/** Draws what is chosen. Not after each choice: a day that is being typed would be lost. */
function drawChoices() {
  const { places, chosen, day, names } = now;
  redraw(byId("slots-form"), [
    el("div", {}, el("label", { for: "slots-place" }, say("slotsPlace")),
      el("select", { id: "slots-place", "data-focus": "place", on: { input: ({ target }) => { now.chosen = target.value; look(); } } },
        (places ?? []).map(({ resource, item }) =>
          el("option", { value: resource, selected: resource === chosen }, nameOf(item, names))))),
    el("div", {}, el("label", { for: "slots-day" }, say("slotsDay")),
      el("input", { id: "slots-day", type: "date", "data-focus": "day", value: day, on: { input: ({ target }) => { now.day = target.value; look(); } } })),
  ]);
}

function row(slot) {
  const { start, ends_at, of, free, waiting, off } = slot;
  return el("li", { class: "slot", "data-slot": start },
    el("p", {},
      el("span", { class: "code" }, `${slotTime(start)}–${slotTime(ends_at)}`),
      off
        ? el("span", { class: "badge" }, say("slotOff", say(REASONS[off.reason])))
        : el("span", { class: "soft" }, say("slotFree", free, of)),
      waiting > 0 ? el("span", { class: "soft" }, say("slotWaits", waiting)) : null),
    off ? act("slotOn", `on-${start}`, () => turn(false, slot)) : act("slotCallOff", `off-${start}`, () => turn(true, slot)));
}

const act = (word, focus, click) => el("button", { type: "button", "data-focus": focus, on: { click } }, say(word));

/** Calls a slot, or all of the day, off, or opens it again, once that was confirmed. */
async function turn(off, slot) {
  const { chosen, day, slots } = now;
  const when = slot ? `${day} ${slotTime(slot.start)}–${slotTime(slot.ends_at)}` : day;
  const span = slot ? { start: slot.start } : { day };
  const booked = (slot ? [slot] : slots).filter((one) => !one.off).reduce((sum, one) => sum + one.of - one.free, 0);
  const place = now.places.find(({ resource }) => resource === chosen);
  byId("slots-note").textContent = "";
  const answer = await confirm.ask({
    title: say(off ? "confirmOff" : "confirmOn"),
    body: [
      el("p", {}, el("strong", {}, `${nameOf(place.item, now.names)} · ${when}`)),
      off ? el("p", {}, say("slotsBooked", booked)) : el("p", {}, say("slotsAnew")),
      off ? reasons() : null,
    ].filter(Boolean),
    yes: say(off ? "slotCallOff" : "slotOn"),
    check: sending(`/v1/resources/${encodeURIComponent(chosen)}/${off ? "call-off" : "reopen"}`,
      () => (off ? { ...span, reason: reason() } : span)),
    why: now.sentence,
  });
  if (answer) {
    byId("confirm").close();
    byId("slots-note").textContent = say(off ? "slotsAreOff" : "slotsAreOn", answer.said.changed.starts.length);
    speak(byId("slots-note").textContent);
  }
  // Who said no may have seen that somebody else was quicker.
  await look();
}

/** Sends what `body()` says then. Sent again with the same words, it is the same wish. */
function sending(path, body) {
  let kept = null;
  return () => {
    const said = body();
    if (kept?.body !== JSON.stringify(said)) kept = newCommand(path, said);
    return once(kept);
  };
}

function reasons() {
  return el("fieldset", {}, el("legend", {}, say("offWhy")),
    Object.entries(REASONS).map(([value, word], at) => el("label", { class: "tick" },
      el("input", { type: "radio", name: "off-reason", value, checked: at === 0 }), " ", say(word))));
}

const reason = () => document.querySelector("#confirm-body input[name=off-reason]:checked").value;
