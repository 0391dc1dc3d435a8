// The page around the proof: words in Chinese and English, the key that this place tells.

import { canCheck, check } from "./proof.js";
import { fact as row } from "./fact.js";
import { tongue } from "./tongue.js";

const WORDS = {
  title: ["核对凭证", "Check a receipt"],
  language: ["语言", "Language"],
  lead: [
    "凭证证明：某条记录确实在账本里，并且没有被改动过。",
    "A receipt proves that a record is in the ledger, and that it was not changed.",
  ],
  receipt: ["凭证", "Receipt"],
  receiptHint: ["把凭证全文粘贴到这里，第一行是 c2sp.org/tlog-proof@v1。", "Paste all of it. Its first line is c2sp.org/tlog-proof@v1."],
  key: ["账本的公钥", "The ledger's public key"],
  keyHint: [
    "已填入本站公布的公钥。若要不依赖本站核对，请使用您从别处得到的公钥。",
    "This is the key that this site tells. To rely on nobody, use the one that you have from elsewhere.",
  ],
  check: ["核对", "Check"],
  holds: ["凭证有效", "The receipt holds"],
  holdsNot: ["凭证无效", "The receipt does not hold"],
  holdsMeaning: [
    (d) => `这条记录是账本「${d.origin}」的第 ${d.position} 条，签名时账本共有 ${d.size} 条记录。`,
    (d) => `This record stands at position ${d.position} of ${d.origin}, which had ${d.size} records when it was signed.`,
  ],
  form: ["这不是一份完整的凭证。请从第一行复制到最后一行。", "This is not a whole receipt. Copy it from its first line to its last."],
  badKey: ["公钥的格式不对。", "The public key is none."],
  signature: ["其中的签名不是这个公钥签的，或者内容被改动过。", "It was not signed by this key, or was changed since."],
  proof: ["记录与签名时的账本不符：记录被改动过，或不在这个位置。", "The record is not what was signed: it was changed, or stands elsewhere."],
  noEd25519: ["这个浏览器不能核对此类签名，请换用较新的浏览器。", "This browser can't check such signatures. Please use a newer one."],
  position: ["位置", "Position"],
  signedSize: ["签名时的记录数", "Records when signed"],
  root: ["树根", "Root"],
  cosigned: ["见证人签名", "Witnesses"],
  local: ["核对全部在本页内完成，凭证不会发送到任何地方。", "All of it is checked in this page. The receipt is sent nowhere."],
};

const find = (id) => document.getElementById(id);
const speech = tongue("receipt", WORDS);
const { word } = speech;
let told = null;

const fact = (name, value) => row(word(name), value);

function show() {
  speech.label();
  find("outcome").hidden = told === null;
  if (told === null) return;
  find("outcome").dataset.holds = told.proven ? "yes" : "no";
  find("verdict").textContent = word(told.proven ? "holds" : "holdsNot");
  find("meaning").textContent = told.proven ? word("holdsMeaning", told.proven) : word(told.why);
  find("facts").replaceChildren(...(told.proven
    ? [
      fact("position", told.proven.position),
      fact("signedSize", told.proven.size),
      fact("cosigned", told.proven.cosigned),
      fact("root", told.proven.root),
    ]
    : []));
}

find("check").addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    told = (await canCheck()) ? { proven: await check(find("receipt").value, find("key").value) } : { why: "noEd25519" };
  } catch (why) {
    if (typeof why !== "string") throw why;
    told = { why: why === "key" ? "badKey" : why };
  }
  show();
  // On a phone the answer stands below a long receipt.
  find("outcome").scrollIntoView({ block: "nearest" });
});

speech.choose(show);

show();
// Whose log it is, the receipt says; the key of that log is put in, unless somebody gave one.
const keys = await fetch("/log/keys").then((answer) => (answer.ok ? answer.text() : "")).catch(() => "");
const known = keys.split("\n").filter((line) => line !== "");
let given = false;

function suggest() {
  if (given) return;
  const origin = find("receipt").value.split("\n\n")[1]?.split("\n")[0];
  find("key").value = known.find((key) => key.split("+")[0] === origin) ?? known[0] ?? "";
}

find("key").addEventListener("input", () => { given = find("key").value !== ""; });
find("receipt").addEventListener("input", suggest);
suggest();
