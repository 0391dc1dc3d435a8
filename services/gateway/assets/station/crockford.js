// Crockford's base 32: what codes and ids are written in. It has no I, L, O and U, and whoever reads
// or types it is forgiven case, blanks, hyphens, the full-width letters of a Chinese keyboard, O for 0,
// and I or L for 1.

const DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** What was typed or scanned, as it is written; it may still hold what is no digit. */
export function plain(typed) {
  return typed.normalize("NFKC").toUpperCase().replace(/[\s\-‐-―−_.]/g, "")
    .replaceAll("O", "0").replace(/[IL]/g, "1");
}

/** The values of the digits; null if one of them is none. */
export function values(text) {
  const found = [...text].map((character) => DIGITS.indexOf(character));
  return found.includes(-1) ? null : found;
}

/** A new id: the time in milliseconds and 80 bits of chance. */
export function ulid() {
  let time = Date.now();
  let text = "";
  for (let place = 0; place < 10; place += 1) {
    text = DIGITS[time % 32] + text;
    time = Math.floor(time / 32);
  }
  return text + [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => DIGITS[byte % 32]).join("");
}
