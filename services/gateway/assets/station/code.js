// The code that a resident's app shows: 48 Crockford base-32 characters that change every half
// minute. Only the server can say whose it is.

import * as crockford from "./crockford.js";

const CHARACTERS = 48;
/** It counts for a minute at most; a clerk who is so near its end asks for the next one. */
const FRESH_MS = 40_000;

/** What was scanned as its 48 characters; null if it is no such code. */
export function read(typed) {
  const text = crockford.plain(typed);
  return text.length === CHARACTERS && crockford.values(text) ? text : null;
}

/** Is a code that was scanned at that time likely to count still? */
export const fresh = (scannedAt) => Date.now() - scannedAt < FRESH_MS;
