// Trails and moments, asked of the API with the auditor's own key. What is looked at stands in the
// address, so that a finding can be passed on as a link; the key never does.

import { tongue } from "/receipt/tongue.js";
import { WORDS } from "./words.js";

const KEY = "linli.audit.key";

const find = (id) => document.getElementById(id);
const speech = tongue("audit", WORDS);
const { word } = speech;
let shown = null;

function make(tag, content, attributes = {}) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...[content].flat());
  return element;
}

const link = (what, id) => make("a", id, { href: `#${what}/${id}` });

/** Where a question leads in the API. */
function path(what, id, position) {
  const when = position === "" ? "" : `?position=${encodeURIComponent(position)}`;
  return {
    redemption: `/v1/trails/redemptions/${id}`,
    contribution: `/v1/trails/contributions/${id}`,
    booking: `/v1/trails/bookings/${id}`,
    resident: `/v1/past/residents/${id}${when}`,
    pools: `/v1/past/pools${when}`,
    stock: `/v1/past/stock${when}`,
    rules: `/v1/past/rules${when}`,
    record: `/v1/log/records/${id}`,
  }[what];
}

function table(head, rows) {
  const cell = (tag, number) => (content) => make(tag, content, number ? { class: "number" } : {});
  const line = (tag, cells) => make("tr", cells.map(([content, number]) => cell(tag, number)(content)));
  return make("div", make("table", [
    make("thead", line("th", head.map(([name, number]) => [word(name), number]))),
    make("tbody", rows.map((row) => line("td", row.map((content, at) => [content, head[at][1]])))),
  ]), { class: "scroll" });
}

function step(told) {
  const { role, lot, points, follow, record } = told;
  const lines = [
    make("h3", word(role)),
    make("p", [`${word("record")} `, link("record", String(record.position)), ` · ${record.recorded_at}`], { class: "soft" }),
  ];
  if (points !== undefined) lines.push(make("p", `${word("points")}: ${points}`));
  if (lot !== undefined) lines.push(make("p", [`${word("lot")}: `, link("contribution", lot)]));
  if (follow !== undefined && follow.id !== lot) lines.push(make("p", [`${word("follow")}: `, link(follow.kind, follow.id)]));
  const explanation = record.event.explanation ?? [];
  for (const line of explanation) lines.push(make("p", line[speech.language()] ?? line.en));
  lines.push(whole(record));
  return make("li", lines, { class: role });
}

function whole(record) {
  return make("details", [make("summary", word("raw")), make("pre", JSON.stringify(record, null, 2))]);
}

/** What an answer looks like, by what was asked. */
const VIEWS = {
  redemption: (told) => [make("ol", told.steps.map(step))],
  contribution: (told) => [make("ol", told.steps.map(step))],
  booking: (told) => [make("ol", told.steps.map(step))],
  record: (told) => [make("pre", JSON.stringify(told, null, 2))],
  resident: (told) => [
    table(
      [["available", true], ["held", true], ["merit", true], ["minutes", true], ["stars", true]],
      [[told.available, told.held, told.merit, String(told.minutes), String(told.stars)]],
    ),
    table(
      [["lot", false], ["available", true], ["held", true], ["expires", false]],
      told.lots.map((lot) => [link("contribution", lot.lot), lot.available, lot.held, lot.expires_at]),
    ),
    table(
      [["held", true], ["follow", false]],
      told.holds.map((slip) => [slip.total, link("redemption", slip.redemption)]),
    ),
  ],
  pools: (told) => [table(
    [["pool", false], ["funded", true], ["left", true], ["lapsed", true]],
    told.pools.map((pool) => [pool.code, pool.funded, pool.left, pool.lapsed]),
  )],
  stock: (told) => [table(
    [["station", false], ["item", false], ["received", true], ["onHand", true], ["reserved", true], ["delivered", true]],
    told.shelves.map((shelf) => [
      shelf.station, shelf.item,
      ...[shelf.received, shelf.on_hand, shelf.reserved, shelf.delivered].map(String),
    ]),
  )],
  rules: (told) => [table(
    [["version", true], ["published", false]],
    [[String(told.version ?? word("none")), told.published.join(", ") || word("none")]],
  )],
};

function show() {
  speech.label();
  const what = find("what").value;
  find("of").hidden = ["pools", "stock", "rules"].includes(what);
  find("when").hidden = ["redemption", "contribution", "booking", "record"].includes(what);
  find("outcome").hidden = shown === null;
  if (shown === null) return;
  const { of, told, fault } = shown;
  find("outcome").dataset.fault = fault ? "yes" : "no";
  find("heading").textContent = fault ?? `${word(`of${of.what[0].toUpperCase()}${of.what.slice(1)}`)} ${of.id}`;
  find("moment").textContent = told?.moment
    ? word("asOf", { position: told.moment.position, at: told.moment.recorded_at })
    : "";
  find("told").replaceChildren(...(told ? VIEWS[of.what](told) : []));
}

/** Asks what the address says. */
async function look() {
  const [what, id = "", position = ""] = decodeURIComponent(location.hash.slice(1)).split("/");
  const key = sessionStorage.getItem(KEY);
  if (!(what in VIEWS) || key === null) return show();
  [find("what").value, find("id").value, find("position").value] = [what, id, position];
  const of = { what, id };
  try {
    const answer = await fetch(path(what, encodeURIComponent(id), position), {
      headers: { Authorization: `Bearer ${key}`, "Accept-Language": speech.locale() },
    });
    const told = await answer.json();
    shown = answer.ok ? { of, told } : { of, fault: told.detail ?? told.title };
  } catch {
    shown = { of, fault: word("away") };
  }
  show();
}

find("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  sessionStorage.setItem(KEY, find("key").value.trim());
  const value = (name) => (find(name).closest("div").hidden ? "" : find(name).value.trim());
  const asked = [find("what").value, value("id"), value("position")].join("/");
  if (location.hash === `#${asked}`) look();
  else location.hash = asked;
});

find("what").addEventListener("change", show);
addEventListener("hashchange", look);
speech.choose(show);

find("key").value = sessionStorage.getItem(KEY) ?? "";
show();
look();
