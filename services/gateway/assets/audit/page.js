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

/** A link to something else to look at: at the same moment, where that has one. */
const link = (what, id, moment) => make("a", id, { href: `#${what}/${id}${moment === undefined ? "" : `/${moment}`}` });

/** What is asked for by an id, and what is of a moment. */
const BY_ID = ["redemption", "contribution", "booking", "voucher", "resident", "rank", "hold", "sheet", "record"];
const OF_A_MOMENT = ["resident", "rank", "hold", "pools", "stock", "rules", "time"];

/** A moment is a position of the log, or an instant: both are asked by what they are. */
function asked(moment, more = {}) {
  const named = /^\d+$/.test(moment) ? { position: moment } : { at: moment };
  const query = new URLSearchParams({ ...(moment === "" ? {} : named), ...more }).toString();
  return query === "" ? "" : `?${query}`;
}

/** Where a question leads in the API. */
function path(what, id, moment, window) {
  const when = asked(moment);
  return {
    redemption: `/v1/trails/redemptions/${id}`,
    contribution: `/v1/trails/contributions/${id}`,
    booking: `/v1/trails/bookings/${id}`,
    voucher: `/v1/trails/vouchers/${id}`,
    resident: `/v1/past/residents/${id}${when}`,
    rank: `/v1/past/residents/${id}/rank${asked(moment, { window })}`,
    hold: `/v1/past/holds/${id}${when}`,
    pools: `/v1/past/pools${when}`,
    stock: `/v1/past/stock${when}`,
    rules: `/v1/past/rules${when}`,
    time: `/v1/past/time${when}`,
    sheet: `/v1/rules/${id}/sheet`,
    record: `/v1/log/records/${id}`,
  }[what];
}

/** An instant without a fraction that says nothing. */
const instant = (told) => (told ?? "").replace(/\.0+Z$/, "Z");

function table(head, rows) {
  if (rows.length === 0) return make("p", `${word(head[0][0])}: ${word("none")}`, { class: "soft" });
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
    make("p", [`${word("record")} `, link("record", String(record.position)), ` · ${instant(record.recorded_at)}`], { class: "soft" }),
  ];
  if (points !== undefined) lines.push(make("p", `${word("points")}: ${points}`));
  if (lot !== undefined) lines.push(make("p", [`${word("lot")}: `, link("contribution", lot)]));
  if (follow !== undefined && follow.id !== lot) lines.push(make("p", [`${word("follow")}: `, link(follow.kind, follow.id)]));
  const { type, act, grade, officer, version, rules_version: rules } = record.event;
  const said = [act && `${word("act")}: ${act}`, grade && `${word("grade")}: ${grade}`, officer && `${word("officer")}: ${officer}`];
  if (said.some(Boolean)) lines.push(make("p", said.filter(Boolean).join(" · ")));
  const sheet = type === "rules.published" ? version : rules;
  if (sheet !== undefined) lines.push(make("p", [`${word("ofSheet")}: `, link("sheet", String(sheet))]));
  const explanation = record.event.explanation ?? [];
  for (const line of explanation) lines.push(make("p", line[speech.language()] ?? line.en));
  lines.push(whole(record));
  return make("li", lines, { class: role });
}

function whole(record) {
  return make("details", [make("summary", word("raw")), make("pre", JSON.stringify(record, null, 2))]);
}

const trail = (told) => [make("ol", told.steps.map(step))];

/** What is set aside: each with its trail. */
function holds(list) {
  return table(
    [["heldFor", false], ["status", false], ["points", true], ["endsAt", false]],
    list.map((hold) => [
      [`${word(hold.kind)} `, link(hold.kind, hold.id)], word(`is_${hold.status}`), hold.points, instant(hold.ends_at),
    ]),
  );
}

/** An account of stored time: a word alone, or a kind with an id. */
function account(told) {
  if (typeof told === "string") return word(`time_${told}`);
  const [kind, id] = Object.entries(told)[0];
  return [`${word(`time_${kind}`)} `, kind === "resident" ? link("resident", id, shown.told.position) : id];
}

/** What an answer looks like, by what was asked. */
const VIEWS = {
  redemption: trail,
  contribution: trail,
  booking: trail,
  voucher: trail,
  record: (told) => [make("pre", JSON.stringify(told, null, 2))],
  resident: (told) => [
    table(
      [["available", true], ["held", true], ["receivable", true], ["merit", true], ["minutes", true], ["honourMinutes", true], ["stars", true]],
      [[told.available, told.held, told.receivable, told.merit, ...[told.minutes, told.honour_minutes, told.stars].map(String)]],
    ),
    make("p", make("a", word("rankThen"), { href: `#rank/${told.resident}/${told.moment.position}/all` })),
    table(
      [["lot", false], ["available", true], ["held", true], ["expires", false]],
      told.lots.map((lot) => [link("contribution", lot.lot), lot.available, lot.held, instant(lot.expires_at)]),
    ),
    holds(told.holds),
  ],
  rank: (told) => [
    table(
      [["place", true], ["of", true], ["merit", true], ["area", false]],
      [[String(told.rank ?? word("none")), String(told.of ?? ""), told.merit ?? "", told.area]],
    ),
    make("p", [`${word("resident")}: `, link("resident", told.resident, told.moment.position)]),
  ],
  hold: (told) => [
    holds([told.hold]),
    table(
      [["lot", false], ["points", true], ["expires", false]],
      told.hold.lots.map((lot) => [link("contribution", lot.lot), lot.points, instant(lot.expires_at)]),
    ),
    ...(told.hold.resident === undefined ? [] : [
      make("p", [`${word("resident")}: `, link("resident", told.hold.resident, told.moment.position)]),
    ]),
  ],
  time: (told) => [
    table(
      [["account", false], ["minutesStored", true]],
      told.accounts.map((stand) => [account(stand.account), String(stand.minutes)]),
    ),
    table(
      [["waits", false], ["minutesStored", true], ["endsAt", false]],
      told.waiting.map((one) => [link("resident", one.resident, told.position), String(one.minutes), instant(one.lapses_at)]),
    ),
  ],
  pools: (told) => [table(
    [["pool", false], ["funded", true], ["left", true], ["lapsed", true], ["claims", true]],
    told.pools.map((pool) => [pool.code, pool.funded, pool.left, pool.lapsed, pool.claims]),
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
    [[
      told.version === undefined ? word("none") : link("sheet", String(told.version)),
      told.published.length === 0 ? word("none") : told.published.flatMap((version) => [link("sheet", String(version)), " "]),
    ]],
  )],
  sheet: (told) => [
    make("p", [`${word("record")} `, link("record", String(told.position))]),
    table([["rule", false], ["value", false]], told.lines.map((line) => [line.key, line.value])),
  ],
};

function show() {
  speech.label();
  const what = find("what").value;
  find("of").hidden = !BY_ID.includes(what);
  find("when").hidden = !OF_A_MOMENT.includes(what);
  find("in").hidden = what !== "rank";
  find("outcome").hidden = shown === null;
  if (shown === null) return;
  const { of, told, fault } = shown;
  find("outcome").dataset.fault = fault ? "yes" : "no";
  find("heading").textContent = fault ?? `${word(`of${of.what[0].toUpperCase()}${of.what.slice(1)}`)} ${of.id}`;
  // What is of the time bank has its moment beside the rest.
  const moment = told?.moment ?? (told?.accounts === undefined ? undefined : told);
  find("moment").textContent = moment === undefined
    ? ""
    : word("asOf", { position: moment.position, at: instant(moment.recorded_at) });
  find("told").replaceChildren(...(told ? VIEWS[of.what](told) : []));
}

/** Asks what the address says. */
async function look() {
  const [what, id = "", position = "", window = "all"] = decodeURIComponent(location.hash.slice(1)).split("/");
  const key = sessionStorage.getItem(KEY);
  if (!(what in VIEWS) || key === null) return show();
  [find("what").value, find("id").value, find("position").value, find("window").value] = [what, id, position, window];
  const of = { what, id };
  try {
    const answer = await fetch(path(what, encodeURIComponent(id), position, window), {
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
  const parts = [find("what").value, value("id"), value("position"), value("window")];
  while (parts.at(-1) === "") parts.pop();
  const address = parts.map(encodeURIComponent).join("/");
  if (location.hash === `#${address}`) look();
  else location.hash = address;
});

find("what").addEventListener("change", show);
addEventListener("hashchange", look);
speech.choose(show);

find("key").value = sessionStorage.getItem(KEY) ?? "";
show();
look();
