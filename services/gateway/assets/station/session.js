// What this device keeps: the station's key, and the one command whose answer isn't certain yet.
// Nothing about a resident is kept once an answer is there.

const KEY = "linli.station.key";
const PENDING = "linli.station.pending";

/** Both kept until the tab closes, or for good if this device is the station's. */
const kept = () => (localStorage.getItem(KEY) === null ? sessionStorage : localStorage);

/** The station's key, or null. */
export function key() {
  return kept().getItem(KEY);
}

/** Keeps the key. */
export function signIn(key, forGood) {
  const waiting = kept().getItem(PENDING);
  signOut();
  const store = forGood ? localStorage : sessionStorage;
  store.setItem(KEY, key);
  if (waiting !== null) store.setItem(PENDING, waiting);
}

/** Forgets the key and all else. */
export function signOut() {
  for (const store of [localStorage, sessionStorage]) {
    store.removeItem(KEY);
    store.removeItem(PENDING);
  }
}

/** Forgets the key, which no longer opens anything, but not the command that waits. */
export function dropKey() {
  const waiting = kept().getItem(PENDING);
  signOut();
  if (waiting !== null) sessionStorage.setItem(PENDING, waiting);
}

/** The command whose answer isn't certain yet, or null. */
export function pending() {
  return JSON.parse(kept().getItem(PENDING) ?? "null");
}

/** Keeps a command before it is sent, so that neither a reload nor a crash sends it as a new one. */
export function setPending(command) {
  kept().setItem(PENDING, JSON.stringify({ ...command, of: keyId() }));
}

/** The answer is certain. */
export function clearPending() {
  for (const store of [localStorage, sessionStorage]) store.removeItem(PENDING);
}

/** Which key this is, without its secret: linli_<environment>_<id>_<secret>_<check>. */
export function keyId() {
  return key()?.split("_")[2] ?? null;
}
