// What the page says, in Chinese and English, and how it writes times and numbers.

const CHOSEN = "linli.station.language";

const WORDS = {
  title: ["邻里 · 服务站", "Linli · Service station"],
  language: ["语言", "Language"],
  signOut: ["退出", "Sign out"],
  signInTitle: ["服务站柜台", "Service station counter"],
  signInHint: ["请粘贴或扫描本站的密钥。只需一次。", "Paste or scan this station's key. Once is enough."],
  key: ["服务站密钥", "Station key"],
  keepKey: ["这是服务站的设备，保持登录", "This device is the station's: stay signed in"],
  signIn: ["登录", "Sign in"],
  signingIn: ["正在登录…", "Signing in…"],
  keyEnded: ["密钥已失效，请重新登录。", "The key no longer works. Please sign in again."],

  resident: ["居民", "Resident"],
  code: ["扫描居民动态码，或输入卡号", "Scan the resident's code, or type the card's"],
  codeHint: ["手机上的动态码，或卡上的八位编码（大小写均可），按回车查询", "The code on the phone, or the eight characters on the card in either case, then Enter"],
  codeNext: ["下一位居民", "Next resident"],
  lookUp: ["查询", "Look up"],
  clear: ["清除", "Clear"],
  noCard: ["这不是卡号：请核对八位编码，可能输错了一位。", "That is no card's code. Please check the eight characters; one may be mistyped."],
  noCode: ["请扫描居民手机上的动态码。", "Please scan the code on the resident's phone."],
  available: ["可用积分", "Points available"],
  held: ["已预留", "Set aside"],
  validUntil: [(p, d) => `其中 ${p} 有效至 ${d}`, (p, d) => `${p} of it valid until ${d}`],
  stars: [(n) => `${n} 星志愿者`, (n) => `${n}-star volunteer`],
  loading: ["正在读取…", "Loading…"],
  idle: ["为保护隐私，居民信息已清除。", "Cleared, to keep the resident's data private."],
  unreachable: ["服务器没有应答。", "The server doesn't answer."],
  offline: ["网络已断开。恢复后会自动继续，不会重复扣分。", "No connection. It goes on by itself when it is back; nothing is charged twice."],
  again: ["重试", "Try again"],
  unexpected: ["出现意外错误，请联系管理员。", "Something unexpected went wrong. Please tell the operator."],

  catalogue: ["兑换目录", "What can be had here"],
  filter: ["查找", "Find"],
  kinds: ["类别", "Kind"],
  all: ["全部", "All"],
  goods: ["物品", "Goods"],
  service: ["服务", "Services"],
  bookable: ["预约", "Bookable"],
  nothingFound: ["没有符合的项目。", "Nothing here by that name."],
  nothingListed: ["本站暂无可兑换的项目。", "Nothing is listed here yet."],
  points: ["分", "pts"],
  free: ["免费", "Free"],
  left: [(n) => `余 ${n}`, (n) => `${n} left`],
  short: [(p) => `还差 ${p} 分`, (p) => `${p} points short`],
  outOfStock: ["本站无货", "Out of stock here"],
  bookingNeeded: ["须预约时段", "Booked by the slot"],
  noMore: ["没有更多了", "No more of it here"],
  assistedOnly: ["限帮扶家庭", "For assisted households"],
  tooFewStars: [(n) => `需 ${n} 星`, (n) => `Needs ${n} ${n === 1 ? "star" : "stars"}`],

  basket: ["兑换篮", "Basket"],
  basketEmpty: ["点选左侧项目，放入兑换篮。", "Tap an item to put it in."],
  more: [(x) => `增加 ${x}`, (x) => `One more ${x}`],
  less: [(x) => `减少 ${x}`, (x) => `One less ${x}`],
  total: ["合计", "Total"],
  stays: ["兑换后剩余", "Left after"],
  redeem: ["兑换", "Redeem"],
  reserve: ["预留，稍后领取", "Reserve for later"],
  basketFull: [(n) => `一单最多 ${n} 种。`, (n) => `A slip holds ${n} kinds at most.`],

  confirmSale: ["确认兑换？", "Redeem now?"],
  confirmReserve: ["确认预留？", "Reserve these?"],
  confirmCapture: ["确认发放？", "Hand these out?"],
  confirmVoid: ["退回这笔预留？", "Give these back?"],
  back: ["返回", "Back"],
  redeemFor: [(p) => `兑换 ${p} 分`, (p) => `Redeem ${p} points`],
  reserveFor: [(p) => `预留 ${p} 分`, (p) => `Reserve ${p} points`],
  recording: ["正在记账…", "Recording…"],
  trying: [
    (n) => `暂无应答，正在第 ${n} 次发送同一笔。不会重复扣分，请勿关闭。`,
    (n) => `No answer yet. Sending the same one again (${n}). Nothing is charged twice; please keep this open.`,
  ],
  finishFirst: ["请先完成这一步，再扫描下一张卡。", "Please finish this before the next card."],
  otherKey: [
    "上次有一笔操作未得到应答，且用的是另一把密钥。请先核对该居民的余额。",
    "A command begun with another key was never answered. Please check that resident's balance first.",
  ],
  resuming: ["上次有一笔操作未得到应答，正在确认…", "The last command wasn't answered. Making sure of it…"],

  shown: ["居民出示", "The resident shows"],
  shownCode: ["手机动态码", "The code on the phone"],
  shownCard: [(t) => `居民卡 ···· ${t} 与密码`, (t) => `The card ···· ${t} and its PIN`],
  shownPaper: ["爱心存折等纸质凭证", "The passbook or another paper"],
  shownNone: ["未出示", "Nothing"],
  scanCode: ["扫描动态码", "Scan the code"],
  pinResident: ["请居民输入密码", "The resident types the PIN"],
  pinWanted: ["请居民输入卡的密码。", "Please let the resident type the PIN of the card."],
  byCode: ["手机动态码", "Code on the phone"],
  byCard: ["居民卡与密码", "Card and PIN"],
  byPaper: ["纸质凭证", "Paper"],

  shift: ["班次", "Shift"],
  shiftShort: [(t) => `班次 ${t}`, (t) => `Shift ${t}`],
  shiftBegin: ["上班", "Start a shift"],
  shiftEnd: ["下班", "End the shift"],
  shiftTitle: ["当前班次", "The shift"],
  shiftOf: [(t) => `操作员 ${t}`, (t) => `Operator ${t}`],
  shiftSince: ["开始", "Since"],
  shiftUntil: ["最晚", "Until at the latest"],
  operator: ["操作员", "Operator"],
  pin: ["密码（PIN）", "PIN"],

  vouchers: ["服务券", "Vouchers"],
  vouchersTitle: ["可用的服务券", "Vouchers to be used"],
  vouchersNone: ["没有可用的服务券。", "There is none."],
  voucherCode: ["服务券编码", "The voucher's code"],
  voucherUse: ["使用", "Use"],
  voucherUntil: [(d) => `有效至 ${d}`, (d) => `valid until ${d}`],
  voucherUsed: [(x) => `${x}：服务券已使用。`, (x) => `${x}: the voucher is used.`],
  triesLeft: [(n) => `编码曾输错，还可尝试 ${n} 次。`, (n) => `A wrong code was typed; ${n} more ${n === 1 ? "try" : "tries"}.`],
  lockedUntil: [(d) => `已锁定至 ${d}`, (d) => `Locked until ${d}`],

  passbook: ["存折", "Passbook"],
  passbookTitle: ["打印存折", "Print in the passbook"],
  passbookSince: ["存折最后一行的凭证码（新存折留空）", "Code of the book's last line (none in a new book)"],
  passbookRow: ["从第几行开始打印", "First free row on the page"],
  passbookLook: ["读取", "Read"],
  passbookOther: ["这不是该居民存折上的凭证码，请核对。", "That is no code of this resident's book. Please check it."],
  passbookNone: ["没有需要打印的行。", "There is nothing to print."],
  passbookAll: ["打印后存折即为最新。", "With these the book is up to date."],
  passbookMore: [(c) => `本页打满后请翻页，再以 ${c} 继续。`, (c) => `Turn the page after these and go on from ${c}.`],

  day: ["今日", "Today"],
  dayTitle: ["今日兑换", "Redeemed today"],
  dayNone: ["今天还没有兑换。", "Nothing yet today."],
  dayHanded: ["已发放单数", "Handed out"],
  donePart: ["部分领取", "Handed out in part"],
  doneTimedOut: ["预留已过期", "Expired"],
  doneReturned: ["已退货", "Returned"],

  slips: ["离线单", "Off line"],
  slipsTitle: ["离线单补录", "Slips written off line"],
  allowance: [
    (all, each, d) => `离线额度余 ${all} 分，每人至多 ${each} 分，${d} 前补录。`,
    (all, each, d) => `${all} points of the allowance are left, at most ${each} a person; bring slips in until ${d}.`,
  ],
  allowanceNone: ["本站目前没有离线额度，不能补录离线单。", "This station has no allowance, so no slips can be brought in."],
  slipNumber: ["编号", "Number"],
  slipCard: ["居民卡号", "Resident's card"],
  slipItem: ["项目", "Item"],
  slipQuantity: ["数量", "How many"],
  slipAt: ["发放时间", "Handed out at"],
  slipBring: ["补录", "Bring in"],
  slipCounted: ["已入账", "Counted"],
  slipNumberTaken: ["编号重复", "Number taken"],
  slipNotCovered: ["不在额度时间内", "Outside the time"],
  slipTooLate: ["补录过晚", "Too late"],
  slipOtherPrice: ["价格不符", "Other price"],
  slipNotEligible: ["不符合兑换条件", "Not eligible"],
  slipStationLimit: ["超出本站额度", "Past the station's limit"],
  slipPersonLimit: ["超出个人额度", "Past the person's limit"],
  slipOutOfStock: ["账面无货", "Out of stock by the books"],
  slipShort: [(p) => `差额 ${p} 分`, (p) => `${p} points short`],

  waiting: ["排队", "Waiting"],
  waitingTitle: ["缺货排队", "Waiting for goods"],
  waitingNone: ["目前没有人排队。", "Nobody is waiting."],
  waitingPlace: [(n) => `第 ${n} 位`, (n) => `Place ${n}`],
  waitingSince: [(d) => `${d} 起`, (d) => `since ${d}`],
  waitingOff: ["取消排队", "Take off the list"],
  confirmQueue: ["本站无货。登记排队？", "Out of stock here. Put on the list?"],
  queueJoin: ["排队登记", "Put on the list"],
  queued: [(x) => `${x}：已登记排队，到货后按先后留货。`, (x) => `${x}: on the list. It is set aside in turn when it comes.`],

  slots: ["时段", "Slots"],
  slotsTitle: ["预约时段", "What is booked by the slot"],
  slotsNone: ["这一天不开放。", "It isn't open on this day."],
  slotsPlace: ["场地或用品", "What"],
  slotsDay: ["日期", "Day"],
  slotFree: [(n, of) => `可约 ${n} / ${of}`, (n, of) => `${n} of ${of} free`],
  slotWaits: [(n) => `候补 ${n} 人`, (n) => `${n} waiting`],
  slotOff: [(why) => `停开 · ${why}`, (why) => `Off · ${why}`],
  slotCallOff: ["停开", "Call off"],
  slotOn: ["重新开放", "Open again"],
  slotDayOff: ["全天停开", "Call the day off"],
  slotDayOn: ["全天重新开放", "Open the day again"],
  confirmOff: ["确认停开？", "Call this off?"],
  confirmOn: ["重新开放？", "Open this again?"],
  slotsBooked: [
    (n) => `已预约 ${n} 份。尚未领钥匙的预约全部取消，积分全额退回；候补者移出队列。`,
    (n) => `${n} booked. Whoever hasn't got the key yet loses the booking and has all points back; who waits goes off the list.`,
  ],
  slotsAnew: ["已取消的预约不会恢复，需重新预约。", "What had ended stays ended: whoever wants it books it anew."],
  slotsAreOff: [(n) => `已停开 ${n} 个时段，请告知已预约的居民。`, (n) => `${n} ${n === 1 ? "slot is" : "slots are"} off. Please tell who had booked.`],
  slotsAreOn: [(n) => `已重新开放 ${n} 个时段。`, (n) => `${n} ${n === 1 ? "slot is" : "slots are"} open again.`],
  offWhy: ["停开原因", "Why"],
  offWeather: ["天气", "The weather"],
  offDamage: ["损坏或维修", "Damage or repair"],
  offNeeded: ["另有安排", "Needed for something else"],
  offUnstaffed: ["无人值守", "Nobody is there"],
  offOther: ["其他", "Another reason"],

  reservations: ["待领取", "Reserved"],
  reservationsTitle: ["待领取的预留", "Waiting to be picked up"],
  reservationsNone: ["目前没有待领取的预留。", "Nothing is waiting."],
  until: [(d) => `保留至 ${d}`, (d) => `Kept until ${d}`],
  thisResident: ["当前居民", "This resident"],
  handOut: ["发放", "Hand out"],
  giveBack: ["退回", "Give back"],
  why: ["退回原因", "Why"],
  reasonResident: ["居民不要了", "The resident changed their mind"],
  reasonStation: ["本站无法提供", "We can't hand it out"],
  reasonSupplier: ["供应商缺货", "The supplier couldn't deliver"],
  close: ["关闭", "Close"],

  slipSold: ["兑换单", "Receipt"],
  slipReserved: ["预留单", "Reservation"],
  slipCaptured: ["兑换单 · 已领取", "Receipt · handed out"],
  slipVoided: ["退回单", "Given back"],
  done: ["兑换成功", "Redeemed"],
  doneReserved: ["已预留", "Reserved"],
  doneVoided: ["积分已退回", "The points are back"],
  repeated: ["这一笔此前已记账，没有重复扣分。", "It had been recorded before; nothing was charged twice."],
  time: ["时间", "Time"],
  card: ["卡号尾号", "Card ending in"],
  balanceAfter: ["此后可用", "Balance after"],
  balanceNow: ["当前可用", "Balance now"],
  lotsUsed: ["所用积分批次", "Lots used"],
  lotsBack: ["退回的积分批次", "Lots given back"],
  lotUntil: [(d) => `有效至 ${d} 的积分`, (d) => `points valid until ${d}`],
  lapsed: ["其中已过期", "Lapsed meanwhile"],
  keptUntil: ["保留至", "Kept until"],
  redemption: ["单号", "Redemption"],
  positions: ["账本位置", "Ledger positions"],
  print: ["打印", "Print"],
  next: ["完成，下一位", "Next resident"],
  keepReceipt: ["凭此单号可在社区账本中核对。", "With this number the entry can be found in the community's ledger."],
};

let language = start();

function start() {
  const chosen = localStorage.getItem(CHOSEN);
  if (chosen === "zh" || chosen === "en") return chosen;
  return navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
}

/** "zh" or "en". */
export function current() {
  return language;
}

/** The same, as a tag for `lang` and for `Intl`. */
export const tag = () => (language === "zh" ? "zh-CN" : "en-GB");

/** Speaks another language from now on, on this device. */
export function choose(other) {
  language = other;
  localStorage.setItem(CHOSEN, other);
}

/** A text, with what belongs in it. */
export function say(word, ...values) {
  const text = WORDS[word][language === "zh" ? 0 : 1];
  return typeof text === "function" ? text(...values) : text;
}

/** A name that is given in both languages. */
export function name(bilingual) {
  return bilingual[language] || bilingual.zh || bilingual.en;
}

/** What people call an item; its id as long as nobody has told its name. */
export function nameOf(item, names) {
  const known = names.get(item);
  return known ? name(known) : item;
}

/** An instant as date and time of this device. */
export function time(instant) {
  const style = { dateStyle: "medium", timeStyle: "medium" };
  return new Intl.DateTimeFormat(tag(), style).format(new Date(instant));
}

/** The day of an instant, as it is written in a passbook: 2026-03-07, by the clocks of the place, whatever this device's say. */
export function dayOf(instant) {
  return new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeZone: "Asia/Shanghai" }).format(new Date(instant));
}

/** An instant, without the seconds. */
export function shortTime(instant) {
  const style = { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" };
  return new Intl.DateTimeFormat(tag(), style).format(new Date(instant));
}

/** The time of day of an instant. */
export function clock(instant) {
  const style = { hour: "2-digit", minute: "2-digit" };
  return new Intl.DateTimeFormat(tag(), style).format(new Date(instant));
}

/** The time of day at which a slot begins or ends, by the clocks of the place, whatever this device's say. */
export function slotTime(instant) {
  const style = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "Asia/Shanghai" };
  return new Intl.DateTimeFormat(tag(), style).format(new Date(instant));
}

/** The last day before an instant: what lapses at midnight is valid until the day before. */
export function lastDay(instant) {
  const style = { dateStyle: "medium" };
  return new Intl.DateTimeFormat(tag(), style).format(new Date(Date.parse(instant) - 1));
}

/** Writes the page's fixed texts. */
export function write() {
  document.documentElement.lang = tag();
  document.title = say("title");
  for (const element of document.querySelectorAll("[data-t]")) {
    element.textContent = say(element.dataset.t);
  }
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", say(element.dataset.label));
  }
  for (const element of document.querySelectorAll("[data-placeholder]")) {
    element.placeholder = say(element.dataset.placeholder);
  }
  for (const element of document.querySelectorAll("[data-language]")) {
    element.setAttribute("aria-pressed", String(element.dataset.language === language));
  }
}
