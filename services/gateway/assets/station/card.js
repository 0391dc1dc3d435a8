// The code on a resident's card: seven Crockford base-32 characters and one that checks them.
// The server decides; the check here only tells a slip of the finger at once.

import * as crockford from "./crockford.js";

const CHARACTERS = 8;
// The weights of the check, from the last of the seven characters to the first.
const WEIGHTS = [3, 5, 7, 9, 11, 13, 15];

/** What was typed or scanned as "4H7K-2M9Z"; null if it is no card's code. */
export function read(typed) {
  const text = crockford.plain(typed);
  const digits = crockford.values(text);
  if (digits?.length !== CHARACTERS) return null;
  const check = digits.pop();
  const sum = digits.reverse().reduce((total, digit, place) => total + digit * WEIGHTS[place], 0);
  return (sum & 31) === check ? `${text.slice(0, 4)}-${text.slice(4)}` : null;
}

/** The end of a code, as much as a receipt shows. */
export function tail(card) {
  return card.replace(/[\s-]/g, "").slice(-4);
}
