// Suppliers' statements for the finance desk and for suppliers, each with its own key: the list,
// a statement that prints on paper, and the entry of a payment. For the finance desk the netting statements of
// the time bank too. Which one is looked at stands in the address; the key never does.

import { el } from "/station/dom.js";
import { tongue } from "/receipt/tongue.js";
import { WORDS } from "./words.js";

const KEY = "linli.finance.key";
const PAGE_ROWS = 50;

const find = (id) => document.getElementById(id);
const speech = tongue("finance", WORDS);
const { word } = speech;
/** The last position that this page wrote: reads have to have seen it. */
let seen = 0;
/** What is shown: `{ heads, next, nettings }`, `{ statement }` or `{ netting }`. */
let shown = null;

const time = (instant) => new Date(instant).toLocaleString(speech.locale(), { timeZone: "Asia/Shanghai" });

/** Asks the API; throws the sentence that says why not. Nothing, where that is wanted of what the key may not see. */
async function ask(path, { body, wish, unseen } = {}) {
  const headers = {
    Authorization: `Bearer ${sessionStorage.getItem(KEY)}`,
    "Accept-Language": speech.locale(),
  };
  if (seen > 0) headers["Linli-After"] = String(seen);
  if (wish) Object.assign(headers, { "Idempotency-Key": wish, "Content-Type": "application/json" });
  let answer;
  try {
    answer = await fetch(path, { method: wish ? "POST" : "GET", headers, body, cache: "no-store", credentials: "omit" });
  } catch {
    throw word("away");
  }
  if (answer.ok) return answer;
  if (unseen && answer.status === 403) return null;
  const told = await answer.json().catch(() => ({}));
  throw told.detail ?? told.title ?? word("away");
}

const read = async (path) => (await ask(path)).json();

/** A form whose command keeps its key until it is answered: sent twice, it is done once. */
function asking(name, fields, path, body) {
  let kept = null;
  const inputs = fields.map((field) => el("input", { id: field, required: true, maxlength: 64, autocomplete: "off" }));
  const send = async (event) => {
    event.preventDefault();
    const text = JSON.stringify(body(...inputs.map((input) => input.value.trim())));
    if (kept?.text !== text) kept = { text, wish: `finance-${[...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("")}` };
    await attempt(async () => {
      const done = await (await ask(path, { body: kept.text, wish: kept.wish })).json();
      kept = null;
      seen = Math.max(seen, done.last);
      await look();
    });
  };
  return el("form", { class: "screen", on: { submit: send } },
    el("div", { class: "row" },
      inputs.map((input, at) => el("div", {}, el("label", { for: input.id }, word(fields[at])), input)),
      el("button", { type: "submit" }, word(name))));
}

function table(head, rows, last) {
  const cell = (tag) => ([content, number]) => el(tag, number ? { class: "number" } : {}, content);
  const line = (tag, row, attributes) => el("tr", attributes, row.map(cell(tag)));
  const numbers = head.map(([, number]) => number);
  const body = rows.map((row, at) => line("td", row.map((content, column) => [content, numbers[column]]),
    last && at === rows.length - 1 ? { class: "sum" } : {}));
  return el("div", { class: "scroll" }, el("table", {},
    el("thead", {}, line("th", head.map(([name, number]) => [word(name), number]))), el("tbody", {}, body)));
}

const state = (head) => head.payment ? `${word("paidBy")} · ${head.payment}` : word("toPay");

const NETTING = "netting-";

/** The time bank's statements; none for a supplier, who may not see them. */
function bank(nettings) {
  if (nettings === null) return [];
  const rows = nettings.map((head) => [
    el("a", { href: `#${NETTING}${head.number}` }, `${word("netting")} ${head.number}`), time(head.netted_at), String(head.position),
  ]);
  return [
    el("h2", {}, word("timeBank")),
    asking("net", [], "/v1/time/nettings", () => ({})),
    rows.length === 0 ? el("p", {}, word("nothing")) : table([["netting"], ["issued"], ["position", true]], rows),
  ];
}

/** What communities owe each other: it prints on paper as a supplier's statement does. */
function netted({ number, netted_at, position, leaf, root, netting }) {
  const pair = (term, content) => el("div", {}, el("dt", {}, word(term)), el("dd", {}, content));
  const called = (community) => el("code", {}, community);
  const lines = netting.lines.map((line) => [
    called(line.community), ...[line.opening, line.taken, line.given, line.closing].map(String),
  ]);
  const trades = netting.trades.map((trade) => [called(trade.from), called(trade.to), String(trade.minutes)]);
  return [
    el("p", { class: "screen" }, el("a", { href: "#" }, word("back"))),
    el("h2", {}, `${word("netting")} ${number}`),
    el("div", { class: "tools screen" },
      el("button", { type: "button", on: { click: () => print() } }, word("print")),
      el("button", { type: "button", on: { click: () => attempt(() => download(`/v1/time/nettings/${number}/csv`, `${NETTING}${number}`)) } }, word("csv"))),
    el("dl", {},
      pair("issued", time(netted_at)), pair("since", String(netting.since)), pair("position", String(position)),
      pair("leaf", el("code", {}, leaf)), pair("root", root ? el("code", {}, root) : word("rootSoon"))),
    table([["community"], ["opening", true], ["taken", true], ["given", true], ["closing", true]], lines),
    table([["tookFrom"], ["gaveTo"], ["minutes", true]], trades),
    el("p", { class: "soft" }, word("seal")),
    el("div", { class: "signatures" }, ["prepared", "checked"].map((name) => el("div", {}, word(name)))),
  ];
}

function list({ heads, next, nettings }) {
  const rows = heads.map((head) => [
    el("a", { href: `#${head.statement}` }, head.label), el("code", {}, head.supplier),
    time(head.issued_at), state(head),
  ]);
  return [
    asking("issue", ["supplierId", "label"], "/v1/statements", (supplier, label) => ({ supplier, label })),
    heads.length === 0
      ? el("p", {}, word("nothing"))
      : table([["label"], ["supplier"], ["issued"], ["state"]], rows),
    next && el("button", { type: "button", on: { click: () => attempt(() => more(next)) } }, word("more")),
    bank(nettings),
  ];
}

function sheet({ head, figures, leaf, root, names, disputes }) {
  const called = (item) => {
    const name = names.find((known) => known.item === item)?.name;
    return item === undefined ? word("others") : name?.[speech.language()] ?? item;
  };
  const pair = (term, content) => el("div", {}, el("dt", {}, word(term)), el("dd", {}, content));
  const sums = ["opening", "captured", "returned", "corrected", "paid", "closing"];
  const lines = figures.lines.map((line) => [
    called(line.item), String(line.captured_pieces), line.captured.yuan,
    String(line.returned_pieces), line.returned.yuan,
  ]);
  const outcome = ({ upheld, correction, reference }) => upheld === undefined
    ? word("open")
    : word(upheld ? "upheld" : "dismissed", { yuan: correction.yuan, reference });
  return [
    el("p", { class: "screen" }, el("a", { href: "#" }, word("back"))),
    el("h2", {}, `${word("statement")} ${head.label}`),
    el("div", { class: "tools screen" },
      el("button", { type: "button", on: { click: () => print() } }, word("print")),
      el("button", { type: "button", on: { click: () => attempt(() => download(`/v1/statements/${head.statement}/csv`, `statement-${head.statement}`)) } }, word("csv"))),
    el("dl", {},
      pair("supplier", el("code", {}, head.supplier)), pair("issued", time(head.issued_at)),
      pair("state", head.payment ? word("settled", { yuan: head.paid.yuan, reference: head.payment }) : word("toPay")),
      pair("since", String(figures.since)), pair("position", String(head.position)),
      pair("leaf", el("code", {}, leaf)), pair("root", root ? el("code", {}, root) : word("rootSoon"))),
    table([["line"], ["points", true], ["yuan", true]],
      sums.map((sum) => [word(sum), figures[sum].points, figures[sum].yuan]), true),
    lines.length > 0 && table([["item"], ["out", true], ["captured", true], ["back_pieces", true], ["returned", true]], lines),
    disputes.length > 0 && [
      el("h3", {}, word("disputes")),
      table([["item"], ["line"], ["claimed", true], ["outcome"]], disputes.map((dispute) => [
        called(dispute.item), word(dispute.reason), dispute.claimed.yuan, outcome(dispute),
      ])),
    ],
    el("p", { class: "soft" }, word("seal")),
    el("div", { class: "signatures" }, ["prepared", "checked", "received"].map((name) => el("div", {}, word(name)))),
    !head.payment && asking("settle", ["payment"], `/v1/statements/${head.statement}/settlement`, (reference) => ({ reference })),
  ];
}

async function download(path, name) {
  const blob = await (await ask(path)).blob();
  const link = el("a", { href: URL.createObjectURL(blob), download: `${name}.csv` });
  link.click();
  URL.revokeObjectURL(link.href);
}

async function more(cursor) {
  const page = await read(`/v1/statements?limit=${PAGE_ROWS}&cursor=${encodeURIComponent(cursor)}`);
  shown = { ...shown, heads: [...shown.heads, ...page.items], next: page.next };
  show();
}

function show() {
  speech.label();
  const [all, one] = [shown?.heads ? list(shown) : null, shown?.statement ? sheet(shown.statement) : shown?.netting ? netted(shown.netting) : null];
  [find("list").hidden, find("sheet").hidden] = [all === null, one === null];
  for (const [place, content] of [["list", all], ["sheet", one]]) {
    find(place).replaceChildren(...(content ?? []).flat().filter(Boolean));
  }
}

/** Does it, and says why not where it can't be done. */
async function attempt(work) {
  find("fault").hidden = true;
  try {
    await work();
  } catch (why) {
    find("fault").textContent = typeof why === "string" ? why : word("away");
    find("fault").hidden = false;
  }
}

/** Shows what the address says. */
async function look() {
  if (sessionStorage.getItem(KEY) === null) return show();
  const statement = decodeURIComponent(location.hash.slice(1));
  if (statement.startsWith(NETTING)) {
    shown = { netting: await read(`/v1/time/nettings/${encodeURIComponent(statement.slice(NETTING.length))}`) };
  } else if (statement) {
    shown = { statement: await read(`/v1/statements/${encodeURIComponent(statement)}`) };
  } else {
    const page = await read(`/v1/statements?limit=${PAGE_ROWS}`);
    const nettings = await ask(`/v1/time/nettings?limit=${PAGE_ROWS}`, { unseen: true });
    shown = { heads: page.items, next: page.next, nettings: nettings && (await nettings.json()).items };
  }
  show();
}

find("enter").addEventListener("submit", (event) => {
  event.preventDefault();
  sessionStorage.setItem(KEY, find("key").value.trim());
  attempt(look);
});
addEventListener("hashchange", () => attempt(look));
speech.choose(show);

find("key").value = sessionStorage.getItem(KEY) ?? "";
show();
attempt(look);
