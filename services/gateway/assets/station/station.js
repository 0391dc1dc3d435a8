// The page of a service station: signing in, the languages, and which key or button does what.
// Points are only ever moved by the server; this page asks and shows.

import { Refused, onConnection, read } from "./api.js";
import * as counter from "./counter.js";
import { byId } from "./dom.js";
import * as keyboard from "./keyboard.js";
import * as lists from "./lists.js";
import * as passbook from "./passbook.js";
import * as privacy from "./privacy.js";
import * as session from "./session.js";
import * as shift from "./shift.js";
import * as slots from "./slots.js";
import * as words from "./words.js";

let station = null;

/** Shows the form for the key, with a reason if there is one. */
function askForKey(problem = "") {
  station = null;
  document.body.dataset.view = "sign-in";
  counter.close();
  draw();
  byId("sign-in-problem").textContent = problem;
  byId("key").focus();
}

/** Opens the counter with the key that is kept. */
async function enter() {
  document.body.dataset.view = "start";
  byId("start-text").textContent = words.say("loading");
  byId("start-again").hidden = true;
  try {
    station = await read("/v1/station");
  } catch (error) {
    const refused = error instanceof Refused ? error : error.refused;
    const why = refused?.sentence(words.current()) ?? words.say("unreachable");
    if (error instanceof Refused) {
      session.signOut();
      askForKey(why);
    } else {
      byId("start-text").textContent = why;
      byId("start-again").hidden = false;
      byId("start-again").focus();
    }
    return;
  }
  draw();
  await counter.open(station, () => {
    session.signOut();
    askForKey(words.say("keyEnded"));
  });
}

async function signIn(event) {
  event.preventDefault();
  const button = byId("sign-in-button");
  const typed = byId("key").value.trim();
  if (!typed) return;
  button.disabled = true;
  button.textContent = words.say("signingIn");
  session.signIn(typed, byId("keep").checked);
  byId("key").value = "";
  await enter();
  button.disabled = false;
  draw();
}

function signOut() {
  session.signOut();
  askForKey();
}

/** Everything that stands still, in the language of the moment. */
function draw() {
  words.write();
  byId("place").textContent = station ? words.name(station.name) : words.say("title");
  byId("sign-out").hidden = station === null;
  counter.draw();
}

function showConnection(alive) {
  byId("banner").hidden = alive && navigator.onLine;
  byId("banner").textContent = byId("banner").hidden ? "" : words.say("offline");
}

/** Esc goes one step back: out of the search, then away from the resident. */
function escape(event) {
  if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
  if (document.activeElement === byId("filter") && byId("filter").value) {
    byId("filter").value = "";
    counter.filter("");
  } else {
    counter.clear();
  }
  event.preventDefault();
}

function bind() {
  const on = (id, event, handler) => byId(id).addEventListener(event, handler);
  on("sign-in", "submit", signIn);
  on("sign-out", "click", signOut);
  on("start-again", "click", enter);
  on("lookup", "submit", (event) => {
    event.preventDefault();
    const typed = byId("code").value;
    // Enter in the empty field is the clerk who has filled the basket.
    if (typed.trim()) counter.lookUp(typed);
    else counter.redeem("sold");
  });
  on("code", "input", () => { byId("code-problem").textContent = ""; });
  on("clear", "click", counter.clear);
  on("filter", "input", (event) => counter.filter(event.target.value));
  on("filter", "keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    counter.pick(event.target.value);
  });
  on("redeem", "click", () => counter.redeem("sold"));
  on("reserve", "click", () => counter.redeem("reserved"));
  on("reservations-open", "click", counter.showReservations);
  on("reservations-close", "click", () => byId("reservations").close());
  on("shift-open", "click", () => shift.show());
  on("shift-no", "click", () => byId("shift").close());
  on("shift-yes", "click", counter.changeShift);
  on("shift", "keydown", (event) => {
    if (event.key === "Enter" && event.target.id === "operator-pin") byId("shift-yes").click();
  });
  on("waiting-open", "click", lists.showWaiting);
  on("slots-open", "click", slots.show);
  on("slots-form", "submit", (event) => event.preventDefault());
  on("day-open", "click", lists.showDay);
  on("slips-open", "click", lists.showSlips);
  for (const list of ["day", "passbook", "slips", "slots", "vouchers", "waiting"]) on(`${list}-close`, "click", () => byId(list).close());
  on("passbook-form", "submit", (event) => { event.preventDefault(); passbook.load(); });
  on("passbook-row", "input", passbook.draw);
  on("passbook-print", "click", () => window.print());
  on("receipt-print", "click", () => window.print());
  on("receipt-done", "click", counter.clear);
  on("receipt", "cancel", (event) => { event.preventDefault(); counter.clear(); });
  for (const button of document.querySelectorAll("[data-language]")) {
    button.addEventListener("click", () => { words.choose(button.dataset.language); draw(); });
  }
  document.addEventListener("keydown", escape);
  window.addEventListener("online", () => showConnection(true));
  window.addEventListener("offline", () => showConnection(false));
  onConnection(showConnection);
  keyboard.watch(counter.scanned);
  privacy.watch(counter.shown, counter.idle);
}

bind();
draw();
// A link that carries the key behind # only fills the form: nobody is signed in by following it.
const offered = new URLSearchParams(location.hash.slice(1)).get("key");
if (offered) {
  history.replaceState(null, "", location.pathname);
  session.signOut();
  askForKey();
  byId("key").value = offered;
  byId("sign-in-button").focus();
} else if (session.key()) {
  enter();
} else {
  askForKey();
}
