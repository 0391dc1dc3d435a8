// Points are hundredths in a BigInt. They come and go as text; no floating point ever sees them.

/** "12.5" → 1250n. */
export function parse(text) {
  const match = /^(-?)([0-9]+)(?:\.([0-9]{1,2}))?$/.exec(text);
  if (!match) throw new RangeError(`no amount: ${text}`);
  const [, sign, whole, part = ""] = match;
  const hundredths = BigInt(whole) * 100n + BigInt(part.padEnd(2, "0"));
  return sign ? -hundredths : hundredths;
}

/** 123450n → "1,234.50": as on a receipt, where the points stand under each other. */
export function exact(hundredths) {
  const size = hundredths < 0n ? -hundredths : hundredths;
  const whole = String(size / 100n).replace(/\B(?=(\d{3})+$)/g, ",");
  const part = String(size % 100n).padStart(2, "0");
  return `${hundredths < 0n ? "−" : ""}${whole}.${part}`;
}

/** 4400n → "44", 4450n → "44.50": as on a shelf. */
export function short(hundredths) {
  return exact(hundredths).replace(/\.00$/, "");
}

/** 123450n → "1234.50": as it is said over HTTP. */
export function plain(hundredths) {
  return exact(hundredths).replaceAll(",", "").replace("−", "-");
}
