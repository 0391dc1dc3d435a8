"""Checks an export of a Linli log, and what an account stands at, with nothing of Linli's.

    python3 check_export.py FOLDER 'KEY' [ACCOUNT]

FOLDER is what `linli audit export --tiles` wrote; KEY is the log's public key, from somewhere else
than the folder; ACCOUNT is a kind and an id, such as available:01M87G5G9XWAMCT9DAJY3JTX67. Without one
all accounts are told. Python's standard library is enough. It says nothing of the rules: `linli audit verify` does.
"""

import base64
import hashlib
import sys
from collections import defaultdict
from pathlib import Path

KINDS = {1: "funder", 2: "pool", 3: "available", 4: "held", 5: "supplier", 6: "expired",
         40: "receivable", 41: "claims", 60: "loss", 61: "settled", 62: "corrected"}


# --- Ed25519, as RFC 8032 says it (section 5.1), for checking alone.

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P


def point(text):
    """The point of these 32 bytes."""
    y = int.from_bytes(text, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    assert y < P, "no point"
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    assert (x * x - square) % P == 0, "no point"
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


def add(a, b):
    c, d = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    e, f = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    g, h, i, j = d - c, f - e, f + e, d + c
    return g * h % P, i * j % P, h * i % P, g * j % P


def times(number, a):
    result = (0, 1, 1, 0)
    while number:
        if number & 1:
            result = add(result, a)
        a, number = add(a, a), number >> 1
    return result


BASE = point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def is_signed(public, message, signature):
    r, s = signature[:32], int.from_bytes(signature[32:], "little")
    k = int.from_bytes(hashlib.sha512(r + public + message).digest(), "little") % L
    left, right = times(s, BASE), add(point(r), times(k, point(public)))
    same = lambda n: (left[n] * right[2] - right[n] * left[2]) % P == 0  # noqa: E731
    return s < L and same(0) and same(1)


# --- The checkpoint: three lines, a blank one, and signatures (C2SP signed-note).

def checkpoint(note, key):
    """Size and root, if the log's key signed them."""
    name, number, encoded = key.split("+", 2)
    kind, public = base64.b64decode(encoded)[:1], base64.b64decode(encoded)[1:]
    assert kind == b"\x01", "the key is no Ed25519 key that signs"
    assert hashlib.sha256(f"{name}\n".encode() + kind + public).hexdigest()[:8] == number
    body, signatures = note.rsplit("\n\n", 1)
    body += "\n"
    for line in signatures.splitlines():
        _, signer, blob = line.split(" ")
        blob = base64.b64decode(blob)
        if signer == name and blob[:4].hex() == number:
            assert is_signed(public, body.encode(), blob[4:]), "the signature does not hold"
            origin, size, root = body.splitlines()
            assert origin == name, "signed by the key of another log"
            return int(size), base64.b64decode(root)
    raise AssertionError("the checkpoint is not signed by this key")


# --- The records: bundles of 256, each record behind its length in two bytes (C2SP tlog-tiles).

def records(folder, size):
    for index in range((size + 255) // 256):
        digits = f"{index:03d}"
        if index > 999:
            groups = f"{index:0{(len(str(index)) + 2) // 3 * 3}d}"
            groups = [groups[at:at + 3] for at in range(0, len(groups), 3)]
            digits = "/".join([f"x{group}" for group in groups[:-1]] + groups[-1:])
        width = min(256, size - index * 256)
        name = digits if width == 256 else f"{digits}.p/{width}"
        bundle = (folder / "tile" / "entries" / name).read_bytes()
        at = 0
        for _ in range(width):
            end = at + 2 + int.from_bytes(bundle[at:at + 2], "big")
            assert end <= len(bundle), f"{name} is cut short"
            yield bundle[at + 2:end]
            at = end
        assert at == len(bundle), f"{name} is too long"


# --- What a record says: protobuf, as proto/linli/v1/record.proto has it.

def fields(message):
    """Number and value of each field: a whole number, or bytes."""
    at = 0

    def number():
        nonlocal at
        value, shift = 0, 0
        while True:
            byte = message[at]
            at, value, shift = at + 1, value | (byte & 127) << shift, shift + 7
            if byte < 128:
                return value

    while at < len(message):
        tag = number()
        if tag & 7 == 0:
            yield tag >> 3, number()
        else:
            length = {1: 8, 5: 4}.get(tag & 7)
            length = number() if length is None else length
            yield tag >> 3, message[at:at + length]
            at += length


def ulid(message):
    parts = dict(fields(message))
    high, low = (int.from_bytes(parts.get(n, b""), "little") for n in (1, 2))
    number, text = high << 64 | low, ""
    for _ in range(26):
        number, text = number >> 5, "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[number & 31] + text
    return text


def signed(number):
    return number >> 1 if number & 1 == 0 else -(number >> 1) - 1


def postings(record):
    for number, posting in fields(record):
        if number == 7:
            posting = dict(fields(posting))
            (kind, who), = fields(posting[1])
            amount, balance = signed(posting.get(2, 0)), signed(posting.get(3, 0))
            yield f"{KINDS.get(kind, kind)}:{ulid(who)}", amount, balance, posting.get(4, 0)


# --- All of it.

def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def main(folder, key, wanted=None):
    folder = Path(folder)
    size, signed_root = checkpoint((folder / "checkpoint").read_text(encoding="utf-8"), key)
    trees, balances, versions = [], defaultdict(int), defaultdict(int)
    for position, record in enumerate(records(folder, size), 1):
        tree = (1, hashlib.sha256(b"\x00" + record).digest())
        while trees and trees[-1][0] == tree[0]:
            tree = (tree[0] * 2, node(trees.pop()[1], tree[1]))
        trees.append(tree)
        total = 0
        for account, amount, balance, version in postings(record):
            balances[account] += amount
            versions[account] += 1
            total += amount
            assert (balance, version) == (balances[account], versions[account]), position
            if account == wanted:
                print(f"record {position}: {amount / 100:+.2f}, then {balance / 100:.2f}")
        assert total == 0, f"record {position} does not sum to zero"
    root = trees.pop()[1] if trees else hashlib.sha256(b"").digest()
    while trees:
        root = node(trees.pop()[1], root)
    assert root == signed_root, "the records are not those that were signed"
    print(f"{size} records, root {root.hex()}, as signed")
    for account, hundredths in sorted(balances.items()):
        if wanted in (None, account):
            print(f"{account} {hundredths / 100:.2f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
