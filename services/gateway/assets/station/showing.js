// What the resident shows before points move: the code of the app, the card with its PIN, paper, or
// nothing where the rules of the place want nothing.

import { post } from "./api.js";
import * as code from "./code.js";
import { tail } from "./card.js";
import { byId, el } from "./dom.js";
import { say } from "./words.js";

/** Something is still to be typed or scanned; the message says what. */
export class Missing extends Error {}

/** Have the rules told that something has to be shown? Then nothing isn't offered any longer. */
let wanted = false;

/** The rules told so. */
export function want() {
  wanted = true;
}

/** The choice of what is shown, by a resident with this card or whose code was scanned just now. */
export function fields({ card, scanned }) {
  const fresh = scanned && code.fresh(scanned.at) ? scanned.text : "";
  const first = fresh ? "code" : wanted && card ? "card" : wanted ? "code" : "none";
  const choice = (value, word, field) => el("div", { class: "choice" },
    el("label", { class: "tick" },
      el("input", { type: "radio", name: "shown", value, checked: value === first }), " ", word),
    field);
  return el("fieldset", { class: "shown", id: "shown" },
    el("legend", {}, say("shown")),
    choice("code", say("shownCode"), input("shown-code", "code", {
      type: "text", placeholder: say("scanCode"), value: fresh, maxlength: "64", autocapitalize: "characters",
    })),
    card ? choice("card", say("shownCard", tail(card)), input("shown-pin", "card", {
      type: "password", placeholder: say("pinResident"), inputmode: "numeric", maxlength: "12",
    })) : null,
    choice("paper", say("shownPaper")),
    wanted ? null : choice("none", say("shownNone")));
}

/** A field that chooses what it belongs to as soon as something is typed into it. */
function input(id, value, attributes) {
  const field = el("input", {
    id, autocomplete: "off", spellcheck: "false", "aria-label": attributes.placeholder, ...attributes,
    on: {
      input: () => choose(value),
      keydown: (event) => {
        if (event.key !== "Enter") return;
        event.preventDefault();
        byId("confirm-yes").click();
      },
    },
  });
  return field;
}

function choose(value) {
  const radio = document.querySelector(`#shown input[value=${value}]`);
  if (radio) radio.checked = true;
}

/** A code was scanned while the choice stands there: true if it was one. */
export function scanned(text) {
  const found = code.read(text);
  if (!found || !byId("shown-code")) return false;
  byId("shown-code").value = found;
  choose("code");
  return true;
}

/** What a command says of it; throws `Missing`, or what the server refused, if it can't be said. */
export async function told(card) {
  const chosen = document.querySelector("#shown input[name=shown]:checked")?.value ?? "none";
  if (chosen === "paper") return "paper";
  if (chosen === "code") {
    const text = code.read(byId("shown-code").value);
    if (!text) throw new Missing(say("noCode"));
    return { code: text };
  }
  if (chosen === "card") {
    const pin = byId("shown-pin").value.trim();
    byId("shown-pin").value = "";
    if (!pin) throw new Missing(say("pinWanted"));
    const answer = await post(`/v1/cards/${encodeURIComponent(card)}/show`, { "Resident-Pin": pin });
    return { card: answer.card };
  }
  return undefined;
}
