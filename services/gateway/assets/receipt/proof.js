// Checks a receipt: a C2SP tlog-proof whose extra data is the record itself. Nothing leaves the
// page. Each step throws the name of what does not hold.

const FIRST_LINE = "c2sp.org/tlog-proof@v1";
const HASH_BYTES = 32;
const ED25519 = 1;

const bytesOf = (base64) => {
  try {
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  } catch {
    return null;
  }
};

const joined = (...parts) => {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
};

const sha256 = async (...parts) => new Uint8Array(await crypto.subtle.digest("SHA-256", joined(...parts)));
const same = (one, other) => one.length === other.length && one.every((byte, at) => byte === other[at]);
const text = (string) => new TextEncoder().encode(string);

/** Reads a receipt; throws "form" if it is none. */
export function read(receipt) {
  const end = receipt.indexOf("\n\n");
  if (end < 0) throw "form";
  const [first, extra, index, ...path] = receipt.slice(0, end).split("\n");
  const checkpoint = receipt.slice(end + 2);
  const record = extra?.startsWith("extra ") ? bytesOf(extra.slice(6)) : null;
  const hashes = path.map(bytesOf);
  const sound = first === FIRST_LINE && record !== null && /^index (0|[1-9][0-9]{0,18})$/.test(index ?? "")
    && hashes.length <= 64 && hashes.every((hash) => hash?.length === HASH_BYTES);
  if (!sound) throw "form";
  return { record, index: BigInt(index.slice(6)), path: hashes, checkpoint };
}

/** Reads a public key: name, id and bytes; throws "key" if it is none. */
async function keyOf(line) {
  const [, name, id, encoded] = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(line.trim()) ?? [];
  const key = encoded ? bytesOf(encoded) : null;
  if (!key || key.length !== HASH_BYTES + 1 || key[0] !== ED25519) throw "key";
  const hash = await sha256(text(`${name}\n`), key);
  const expected = [...hash.slice(0, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  if (expected !== id) throw "key";
  return { name, id: hash.slice(0, 4), key: key.slice(1) };
}

/** The head that a key signed; throws "signature" or "form". */
async function opened(note, { name, id, key }) {
  const end = note.lastIndexOf("\n\n");
  if (end < 0) throw "form";
  const body = note.slice(0, end + 1);
  const lines = note.slice(end + 2).split("\n").filter((line) => line !== "");
  const prefix = `— ${name} `;
  const signatures = lines.filter((line) => line.startsWith(prefix)).map((line) => bytesOf(line.slice(prefix.length)));
  const ours = signatures.find((blob) => blob && blob.length === 68 && same(blob.slice(0, 4), id));
  if (!ours) throw "signature";
  const imported = await crypto.subtle.importKey("raw", key, "Ed25519", false, ["verify"]);
  if (!(await crypto.subtle.verify("Ed25519", imported, ours.slice(4), text(body)))) throw "signature";
  const [origin, size, root, rest] = body.split("\n");
  const hash = bytesOf(root ?? "");
  if (origin !== name || !/^(0|[1-9][0-9]{0,18})$/.test(size ?? "") || hash?.length !== HASH_BYTES || rest !== "") throw "form";
  return { origin, size: BigInt(size), root: hash, cosigned: lines.filter((line) => !line.startsWith(prefix)).length };
}

/** RFC 9162, section 2.1.3.2; throws "proof" if the record is not there. */
async function included({ record, index, path }, { size, root }) {
  if (index >= size) throw "proof";
  let [node, last] = [index, size - 1n];
  let hash = await sha256([0], record);
  for (const sibling of path) {
    if (last === 0n) throw "proof";
    if (node & 1n || node === last) {
      hash = await sha256([1], sibling, hash);
      while (!(node & 1n) && node !== 0n) {
        node >>= 1n;
        last >>= 1n;
      }
    } else {
      hash = await sha256([1], hash, sibling);
    }
    node >>= 1n;
    last >>= 1n;
  }
  if (last !== 0n || !same(hash, root)) throw "proof";
}

/** Whether this browser can check a signature of this kind. */
export async function canCheck() {
  try {
    await crypto.subtle.importKey("raw", new Uint8Array(HASH_BYTES), "Ed25519", false, ["verify"]);
    return true;
  } catch (error) {
    return error.name !== "NotSupportedError" && crypto.subtle !== undefined;
  }
}

/** Checks all of it, and answers what it proves. Throws what does not hold. */
export async function check(receiptText, keyText) {
  const receipt = read(receiptText.replace(/\r\n/g, "\n").replace(/^\s+/, ""));
  const head = await opened(receipt.checkpoint, await keyOf(keyText));
  await included(receipt, head);
  const hex = [...head.root].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return { ...head, root: hex, position: receipt.index + 1n, bytes: receipt.record.length };
}
