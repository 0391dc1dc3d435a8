// A certificate by its code: valid or void, what it says, by whom and when. No name is told.

import { byCode } from "/receipt/bycode.js";
import { fact } from "/receipt/fact.js";
import { tongue } from "/receipt/tongue.js";

const WORDS = {
  title: ["志愿服务记录证明", "Certificate of service"],
  language: ["语言", "Language"],
  code: ["证明编码", "The certificate's code"],
  codeHint: ["证明上的 26 位编码。", "The 26 characters on the certificate."],
  check: ["核对", "Check"],
  valid: ["证明有效", "The certificate is valid"],
  void: ["证明已作废", "The certificate is void"],
  unknown: ["没有这份证明", "There is no such certificate"],
  unknownMeaning: ["请核对编码。未出具的证明查不到。", "Check the code. What was not issued can't be found."],
  failed: ["暂时无法核对", "It can't be checked now"],
  failedMeaning: ["请稍后再试。", "Try again in a moment."],
  meaning: ["以下内容出自账本，任何人都可据其签名核对。", "This is what the ledger says, which anybody can check by its signatures."],
  number: ["编号", "Number"],
  issuer: ["出具单位", "Issued by"],
  issuedAt: ["出具日期", "Issued on"],
  revokedAt: ["作废日期", "Void since"],
  reason: ["作废原因", "Why it is void"],
  hours: ["志愿服务时长", "Service"],
  honourHours: ["其中另列：补录时长", "Besides, entered afterwards"],
  stars: ["已授予星级", "Stars granted"],
  ofYear: [(year) => `${year} 年`, (year) => `In ${year}`],
  inHours: [(hours) => `${hours} 小时`, (hours) => `${hours} hours`],
  print: ["打印", "Print"],
  noName: ["此页不显示姓名。姓名写在持有人手中的纸上。", "No name is shown here. It stands on the paper that the holder has."],
  false: ["内容不实", "it was false"],
  mistake: ["出具有误", "it was made out by mistake"],
  holder: ["持有人要求", "the holder asked for it"],
  erased: ["持有人已注销账户", "the holder's account was closed"],
  overtaken: ["所证服务已被冲正", "service that it tells of was taken back"],
};

const find = (id) => document.getElementById(id);
const speech = tongue("certificate", WORDS);
const { word } = speech;
let told = null;

const hours = (minutes) => word("inHours", (minutes / 60).toFixed(1).replace(/\.0$/, ""));
const day = (instant) => new Intl.DateTimeFormat(speech.locale(), { dateStyle: "long", timeZone: "Asia/Shanghai" }).format(new Date(instant));

function served({ minutes, years, honour_minutes, stars }) {
  const rows = [fact(word("hours"), hours(minutes))];
  for (const it of years) rows.push(fact(word("ofYear", it.year), hours(it.minutes)));
  if (honour_minutes > 0) rows.push(fact(word("honourHours"), hours(honour_minutes)));
  if (stars > 0) rows.push(fact(word("stars"), "★".repeat(stars)));
  return rows;
}

function facts({ paper, issuer, issued_at, revoked_at, reason }) {
  const rows = [];
  if (paper) rows.push(fact(word("number"), paper.number));
  if (issuer) rows.push(fact(word("issuer"), speech.language() === "zh" ? issuer.zh : issuer.en));
  rows.push(fact(word("issuedAt"), day(issued_at)));
  if (revoked_at) rows.push(fact(word("revokedAt"), day(revoked_at)));
  if (reason) rows.push(fact(word("reason"), word(reason)));
  if (paper) rows.push(...served(paper));
  rows.push(fact(word("code"), find("code").value.trim().toUpperCase()));
  return rows;
}

function show() {
  speech.label();
  find("outcome").hidden = told === null;
  if (told === null) return;
  const found = told.found;
  find("outcome").dataset.holds = found?.valid ? "yes" : "no";
  find("verdict").textContent = word(found ? (found.valid ? "valid" : "void") : told.failed ? "failed" : "unknown");
  find("meaning").textContent = word(found ? "meaning" : told.failed ? "failedMeaning" : "unknownMeaning");
  find("facts").replaceChildren(...(found ? facts(found) : []));
  find("print").hidden = !found;
}

speech.choose(show);
find("print").addEventListener("click", () => window.print());
show();
byCode("/v1/certificates", (answer) => {
  told = answer;
  show();
});
