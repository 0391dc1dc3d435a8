// Talking to the gateway. A read is tried a few times; a command until its answer is certain, each
// time with the same Idempotency-Key, so that twice is once.

import * as session from "./session.js";

/** Longer than the gateway's own longest wait. */
const ANSWER_WAIT_MS = 20_000;
/** A read that failed so often is shown as failed. */
const READ_ATTEMPTS_MAX = 4;
const PAUSE_FIRST_MS = 500;
const PAUSE_LONGEST_MS = 5_000;

/** The server said no; nothing changed. `problem` is its problem document. */
export class Refused extends Error {
  constructor(status, problem) {
    super(problem.type ?? `status ${status}`);
    this.status = status;
    this.problem = problem;
  }

  /** The problem's name, such as "shift-needed". */
  kind() {
    return this.problem.type?.split("/").at(-1) ?? "";
  }

  /** The problem's sentence in a language, if the server told one. */
  sentence(language) {
    const { detail_zh, detail_en, detail, title, trace } = this.problem;
    const told = (language === "zh" ? detail_zh : detail_en) ?? detail ?? title ?? null;
    // A fault is looked into by its number; a refusal has none to give.
    return told && trace && this.status >= 500 ? `${told} (${trace})` : told;
  }
}

/** No answer, or one that says to come again. */
export class Unreachable extends Error {
  constructor(cause, pauseMs = 0, refused = null) {
    super("no answer", { cause });
    this.pauseMs = pauseMs;
    this.refused = refused;
  }
}

let connectionChanged = () => {};
/** Calls back with true when the server answers, false when it doesn't. */
export function onConnection(callback) {
  connectionChanged = callback;
}

/** The last position that this page wrote: reads have to have seen it. */
let seen = 0;

/** Something read: the parsed answer. `signal` ends the waiting. */
export async function read(path, signal) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return (await send("GET", path, {}, undefined, signal)).body;
    } catch (error) {
      if (!(error instanceof Unreachable) || attempt >= READ_ATTEMPTS_MAX) throw error;
      await pause(attempt, error.pauseMs, signal);
    }
  }
}

/** As many as the gateway puts on a page, and no more pages than a counter has use for. */
const PAGE_ITEMS = 200;
const PAGES_MAX = 5;

/** A list, page after page, in its order; null if this server keeps none, or this key may not see it. */
export async function listed(path) {
  const found = [];
  let cursor = "";
  try {
    for (let page = 0; page < PAGES_MAX; page += 1) {
      const answer = await read(`${path}${path.includes("?") ? "&" : "?"}limit=${PAGE_ITEMS}${cursor}`);
      found.push(...answer.items);
      if (!answer.next) break;
      cursor = `&cursor=${encodeURIComponent(answer.next)}`;
    }
  } catch (error) {
    if (error instanceof Refused && [403, 404, 405].includes(error.status)) return null;
    throw error;
  }
  return found;
}

/**
 * Sends a command until the answer is certain: `{ body, replayed }`, or `Refused`. It is kept
 * before it is sent. `waiting(attempt, refused)` is called before each further attempt.
 */
export async function command(wish, waiting) {
  session.keep(wish);
  const headers = { "Idempotency-Key": wish.key };
  for (let attempt = 1; ; attempt += 1) {
    try {
      const answer = await send("POST", wish.path, headers, wish.body);
      session.forget(wish);
      seen = Math.max(seen, answer.body.last);
      return answer;
    } catch (error) {
      if (error instanceof Refused && error.status !== 401) session.forget(wish);
      if (!(error instanceof Unreachable)) throw error;
      waiting(attempt + 1, error.refused);
      await pause(attempt, error.pauseMs);
    }
  }
}

/**
 * Asks for something once: what carries a PIN is neither kept nor sent again by itself. Answers the
 * parsed body; throws `Refused` or `Unreachable`.
 */
export async function post(path, headers, body) {
  try {
    const answer = await send("POST", path, headers, body);
    if (answer.body?.last) seen = Math.max(seen, answer.body.last);
    return answer.body;
  } catch (error) {
    // What is counted against somebody, such as a wrong code, is a record though it was refused.
    if (error instanceof Refused && error.problem.position) {
      seen = Math.max(seen, error.problem.position);
    }
    throw error;
  }
}

/** Sends a wish once; who asks again with the same wish asks for the same thing. As `post`. */
export function once(wish, headers = {}) {
  return post(wish.path, { "Idempotency-Key": wish.key, ...headers }, wish.body);
}

/** A new command: `body` is written down once, so that each attempt sends the same bytes. */
export function newCommand(path, body) {
  const random = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...random].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return { key: `station-${hex}`, path, body: body === undefined ? undefined : JSON.stringify(body) };
}

async function send(method, path, extra, body, signal) {
  const headers = { Authorization: `Bearer ${session.key()}`, Accept: "application/json", ...extra };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (method === "GET" && seen > 0) headers["Linli-After"] = String(seen);
  const timeout = AbortSignal.timeout(ANSWER_WAIT_MS);
  let answer;
  let text;
  try {
    answer = await fetch(path, {
      method, headers, body, cache: "no-store", credentials: "omit", redirect: "error",
      signal: signal ? either(signal, timeout) : timeout,
    });
    text = await answer.text();
  } catch (error) {
    if (signal?.aborted) throw error;
    connectionChanged(false);
    throw new Unreachable(error);
  }
  connectionChanged(true);
  const parsed = parse(text);
  if (answer.ok && parsed !== null) {
    return { body: parsed, replayed: answer.headers.get("Idempotency-Replayed") === "true" };
  }
  const refused = new Refused(answer.status, parsed ?? {});
  // What is no problem document comes from something in between, which knows nothing of a command.
  const told = typeof parsed?.type === "string";
  if (answer.ok || !told || answer.status >= 500 || [408, 425, 429].includes(answer.status)) {
    const pauseMs = Number(answer.headers.get("Retry-After") ?? 0) * 1_000;
    throw new Unreachable(refused, pauseMs, told ? refused : null);
  }
  throw refused;
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function either(one, other) {
  const both = new AbortController();
  for (const signal of [one, other]) {
    if (signal.aborted) both.abort(signal.reason);
    signal.addEventListener("abort", () => both.abort(signal.reason), { once: true });
  }
  return both.signal;
}

/** Waits longer each time; no longer than needed once the network is back. */
function pause(attempt, wishedMs, signal) {
  const doubled = PAUSE_FIRST_MS * 2 ** Math.min(attempt - 1, 8);
  const ms = Math.min(Math.max(doubled, wishedMs), PAUSE_LONGEST_MS);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      window.removeEventListener("online", done);
      resolve();
    }
    window.addEventListener("online", done, { once: true });
    signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
