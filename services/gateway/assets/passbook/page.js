// A line of a passbook by its code: what the ledger says, to be held against the paper. No name is told.

import { byCode } from "/receipt/bycode.js";
import { fact as row } from "/receipt/fact.js";
import { tongue } from "/receipt/tongue.js";
import { KINDS } from "./kinds.js";

const WORDS = {
  title: ["核对存折", "Check a passbook line"],
  language: ["语言", "Language"],
  code: ["行末的凭证码", "The code at the end of the line"],
  codeHint: ["例如 1F2K-8Q3ZT-0M7WC，大小写不限。", "Such as 1F2K-8Q3ZT-0M7WC, in either case."],
  check: ["核对", "Check"],
  found: ["账本中有这一行", "The ledger has this line"],
  foundMeaning: ["请与纸上的日期、分数和余额逐一核对。", "Hold it against the date, the points and the balance on the paper."],
  unknown: ["账本中没有这一行", "The ledger has no such line"],
  unknownMeaning: ["请核对凭证码。改动过的或不是本站打印的行查不到。", "Check the code. A line that was changed, or printed by nobody here, can't be found."],
  failed: ["暂时无法核对", "It can't be checked now"],
  failedMeaning: ["请稍后再试。", "Try again in a moment."],
  date: ["日期", "Date"],
  kind: ["事由", "What for"],
  amount: ["分数", "Points"],
  balance: ["余额", "Balance"],
  position: ["账本位置", "Position in the ledger"],
  noName: ["此页不显示姓名。", "No name is shown here."],
  ...KINDS,
};

const find = (id) => document.getElementById(id);
const speech = tongue("passbook", WORDS);
const { word } = speech;
let told = null;

const fact = (name, value) => row(word(name), value);

const day = (instant) => new Intl.DateTimeFormat(speech.locale(), { dateStyle: "long", timeStyle: "short", timeZone: "Asia/Shanghai" }).format(new Date(instant));
const signed = (amount) => (amount.startsWith("-") ? `\u2212${amount.slice(1)}` : `+${amount}`);

const facts = ({ district, lines }) => lines.flatMap((line) => [
  fact("date", day(line.recorded_at)),
  fact("kind", word(line.kind)),
  fact("amount", signed(line.amount)),
  fact("balance", line.balance),
  fact("position", `${district} ${line.position}`),
]);

function show() {
  speech.label();
  find("outcome").hidden = told === null;
  if (told === null) return;
  const { found, failed } = told;
  const say = found ? "found" : failed ? "failed" : "unknown";
  find("outcome").dataset.holds = found ? "yes" : "no";
  find("verdict").textContent = word(say);
  find("meaning").textContent = word(`${say}Meaning`);
  find("facts").replaceChildren(...(found ? facts(found) : []));
}

speech.choose(show);
show();
byCode("/v1/passbook", (answer) => {
  told = answer;
  show();
});
