// What this device keeps: the station's key, and commands whose answer isn't certain yet. Nothing
// about a resident is kept once an answer is there.

const KEY = "linli.station.key";
const PENDING = "linli.station.pending.";

/** The station's key, or null. */
export function key() {
  return sessionStorage.getItem(KEY) ?? localStorage.getItem(KEY);
}

/** Keeps the key until the tab closes, or for good if this device is the station's. */
export function signIn(key, forGood) {
  signOut();
  (forGood ? localStorage : sessionStorage).setItem(KEY, key);
}

/** Forgets the key. A command that waits is not forgotten: it may have been done. */
export function signOut() {
  sessionStorage.removeItem(KEY);
  localStorage.removeItem(KEY);
}

/** Keeps a command before it is sent, so that neither a reload nor a crash sends it as a new one. */
export function keep(command) {
  localStorage.setItem(PENDING + command.key, JSON.stringify({ ...command, of: keyId() }));
}

/** The answer is certain. */
export function forget(command) {
  localStorage.removeItem(PENDING + command.key);
}

/** Commands that were sent, by this page or one before it, and whose answer isn't certain. */
export function pending() {
  const names = Object.keys(localStorage).filter((name) => name.startsWith(PENDING));
  return names.map((name) => JSON.parse(localStorage.getItem(name)));
}

/** Was it sent with the key that is kept now? Only then does the server know it again. */
export function isOwn(command) {
  return command.of === keyId();
}

/** Which key this is, without its secret: linli_<environment>_<id>_<secret>_<check>. */
function keyId() {
  return key()?.split("_")[2] ?? null;
}
