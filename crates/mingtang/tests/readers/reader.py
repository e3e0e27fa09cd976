#!/usr/bin/env python3
"""Reads a log of ours by the letter of the specifications (C2SP signed-note, tlog-checkpoint, tlog-tiles, tlog-proof)
with nothing of ours: the standard library, and Ed25519 from the package cryptography.

    reader.py VKEY FOLDER [EARLIER-CHECKPOINT …] [FILE.tlog-proof …] [--spoil]

Checks the signature of the checkpoint, every statement, every hash of every full and partial tile, the root; that an
earlier checkpoint is the beginning of this one; and each proof by itself, without the log. Prints size and root.
With --spoil it then flips a bit of every byte of all that it has read, one at a time: nothing of it may pass.
"""

import base64
import hashlib
import json
import os
import struct
import sys

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

WIDTH = 256
ED25519 = 1


class Refused(Exception):
    """What was read does not hold."""


def must(holds, what):
    if not holds:
        raise Refused(what)


def unbase64(text):
    """Standard base64 in its one form: what is decoded is encoded to the same text again."""
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError as error:
        raise Refused(f"no base64: {text}") from error
    must(base64.b64encode(data).decode() == text, f"not the one form of base64: {text}")
    return data


class Key:
    """A vkey: name+hash+key, where the hash binds the name to the key."""

    def __init__(self, vkey):
        self.name, tag, key = vkey.split("+", 2)
        key = unbase64(key)
        must(key[0] == ED25519 and len(key) == 33, "no Ed25519 key")
        self.tag = hashlib.sha256(self.name.encode() + b"\n" + key).digest()[:4]
        must(self.tag.hex() == tag, "the vkey's hash is another")
        self.key = Ed25519PublicKey.from_public_bytes(key[1:])

    def opened(self, note):
        """The text of a note that this key has signed. Lines of other keys are passed over."""
        text, gap, signatures = note.decode("utf-8").rpartition("\n\n")
        must(gap and signatures.endswith("\n"), "no signed note")
        text += "\n"
        must(all(c == "\n" or ord(c) >= 0x20 for c in text), "control characters in the note")
        signed = False
        for line in signatures[:-1].split("\n"):
            dash, name, signature = line.split(" ")
            must(dash == "\u2014", "no signature line")
            signature = unbase64(signature)
            if name == self.name and signature[:4] == self.tag:
                try:
                    self.key.verify(signature[4:], text.encode())
                except InvalidSignature as error:
                    raise Refused("a signature of the log's key does not hold") from error
                signed = True
        must(signed, "not signed by the log")
        return text


def number(text):
    must(text.isascii() and text.isdigit() and str(int(text)) == text, f"no number: {text}")
    return int(text)


def checkpoint(key, note):
    """Size and root."""
    lines = key.opened(note).split("\n")
    must(lines[0] == key.name, "the checkpoint of another log")
    root = unbase64(lines[2])
    must(len(root) == 32 and lines[3:] == [""], "no checkpoint")
    return number(lines[1]), root


def leaf(statement):
    return hashlib.sha256(b"\0" + statement).digest()


def node(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def tree(leaves):
    """RFC 6962 section 2.1."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return node(tree(leaves[:split]), tree(leaves[split:]))


def tile_path(row, index, width):
    """tlog-tiles: groups of three digits, all but the last with an x; a partial tile's width behind it."""
    parts = [f"{index % 1000:03}"]
    while index >= 1000:
        index //= 1000
        parts.insert(0, f"x{index % 1000:03}")
    return os.path.join("tile", row, *parts) + (f".p/{width}" if width < WIDTH else "")


def statements(folder, size):
    found = []
    for index in range(-(-size // WIDTH)):
        width = min(WIDTH, size - index * WIDTH)
        bundle = read(folder, tile_path("entries", index, width))
        before = len(found)
        while bundle:
            (length,) = struct.unpack(">H", bundle[:2])
            must(len(bundle) >= 2 + length, "a bundle ends within a statement")
            found.append(bundle[2 : 2 + length])
            bundle = bundle[2 + length :]
        must(len(found) - before == width, "a bundle of another width")
    for statement in found:
        json.loads(statement)
    return found


def check_tiles(folder, leaves):
    """Every hash of every tile of every level is that of the statements below it."""
    level, hashes = 0, leaves
    while hashes:
        for index in range(-(-len(hashes) // WIDTH)):
            some = hashes[index * WIDTH : (index + 1) * WIDTH]
            found = read(folder, tile_path(str(level), index, len(some)))
            must(found == b"".join(some), f"tile {level}/{index} has other hashes")
        full = len(hashes) // WIDTH
        hashes = [tree(hashes[n * WIDTH : (n + 1) * WIDTH]) for n in range(full)]
        level += 1


def includes(size, root, index, hashed, path):
    """RFC 9162 section 2.1.3.2."""
    must(index < size, "no such statement")
    at, last = index, size - 1
    for part in path:
        must(last, "the path is too long")
        if at & 1 or at == last:
            hashed = node(part, hashed)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            hashed = node(hashed, part)
        at, last = at >> 1, last >> 1
    must(last == 0 and hashed == root, "the path does not lead to the root")


def consistent(first, old, second, new, path):
    """RFC 9162 section 2.1.4.2."""
    must(0 < first <= second, "the log became shorter")
    rest = list(path)
    if first == second:
        return must(not rest and old == new, "two roots of one size")
    if first & (first - 1) == 0:
        rest.insert(0, old)
    at, last = first - 1, second - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    one = two = rest.pop(0)
    for part in rest:
        must(last, "the path is too long")
        if at & 1 or at == last:
            one, two = node(part, one), node(part, two)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            two = node(two, part)
        at, last = at >> 1, last >> 1
    must(last == 0 and one == old and two == new, "one tree is not the beginning of the other")


def inclusion_path(leaves, index):
    if len(leaves) <= 1:
        return []
    split = 1 << (len(leaves) - 1).bit_length() - 1
    if index < split:
        return inclusion_path(leaves[:split], index) + [tree(leaves[split:])]
    return inclusion_path(leaves[split:], index - split) + [tree(leaves[:split])]


def consistency_path(leaves, first, whole=True):
    if first == len(leaves):
        return [] if whole else [tree(leaves)]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    if first <= split:
        return consistency_path(leaves[:split], first, whole) + [tree(leaves[split:])]
    return consistency_path(leaves[split:], first - split, False) + [tree(leaves[:split])]


def salted(salt, label, digest):
    """What a statement commits to: SHA-256 of salt, label, zero, digest."""
    must(salt.hex() == salt.hex().lower() and len(salt) == 16, "no salt")
    return hashlib.sha256(salt + label + b"\0" + digest).hexdigest()


def canonical(value):
    """RFC 8785, as far as text in objects needs it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def check_opening(opening):
    """Salt and digests are what the statement commits to."""
    said = json.loads(opening["statement"])
    salt, content = bytes.fromhex(opening["salt"]), bytes.fromhex(opening["content"])
    if "hashes" not in said:
        return must(salted(salt, b"submission", content) == said["commitment"], "the content is another")
    told = {"revision": salted(salt, b"revision", content)}
    if "late" in opening:
        told["late"] = salted(salt, b"late", bytes.fromhex(opening["late"]))
    must(told == said["hashes"], "the content is another")


def check_proof(key, proof):
    """A .tlog-proof by itself: the statement it carries stands under a head that the log has signed."""
    head, gap, note = proof.partition(b"\n\n")
    lines = head.decode("utf-8").split("\n")
    must(gap and lines[0] == "c2sp.org/tlog-proof@v1", "no proof")
    must(lines[1].startswith("extra ") and lines[2].startswith("index "), "no proof of ours")
    extra = unbase64(lines[1][len("extra ") :])
    opening = json.loads(extra)
    must(canonical(opening) == extra and set(opening) <= {"content", "late", "salt", "statement"}, "another spelling")
    for name in set(opening) - {"statement"}:
        must(opening[name] == opening[name].lower(), "another spelling")
    size, root = checkpoint(key, note)
    path = [unbase64(line) for line in lines[3:]]
    must(all(len(part) == 32 for part in path), "no path")
    includes(size, root, number(lines[2][len("index ") :]), leaf(opening["statement"].encode()), path)
    check_opening(opening)


def check(key, folder, more):
    """All of it. Returns size and root."""
    size, root = checkpoint(key, read(folder, "checkpoint"))
    leaves = [leaf(statement) for statement in statements(folder, size)]
    must(tree(leaves) == root, "the root is another")
    check_tiles(folder, leaves)
    for index in {*range(min(size, 20)), *range(max(0, size - 20), size)}:
        includes(size, root, index, leaves[index], inclusion_path(leaves, index))
    for name in more:
        found = read(name)
        if found.startswith(b"c2sp.org/tlog-proof@"):
            check_proof(key, found)
            continue
        first, old = checkpoint(key, found)
        if first:
            consistent(first, old, size, root, consistency_path(leaves, first))
    return size, root


SEEN, SPOILT = {}, {}


def read(*path):
    """A file, or what a test has made of it."""
    path = os.path.join(*path)
    if path in SPOILT:
        return SPOILT[path]
    with open(path, "rb") as file:
        SEEN[path] = file.read()
    return SEEN[path]


def spoil(key, folder, more):
    """Flips a bit of every byte of every file that was read; each must be refused. Returns how many were."""
    refused = 0
    for path, right in dict(SEEN).items():
        for at in range(len(right)):
            wrong = bytearray(right)
            wrong[at] ^= 1 << at % 8
            SPOILT[path] = bytes(wrong)
            try:
                check(key, folder, more)
            except FAULTS:
                refused += 1
            else:
                raise Refused(f"a flipped bit in byte {at} of {path} went unseen")
            del SPOILT[path]
    return refused


FAULTS = (Refused, ValueError, KeyError, IndexError, TypeError, AttributeError, OSError, struct.error)


def main(vkey, folder, *more):
    flips = "--spoil" in more
    more = [name for name in more if name != "--spoil"]
    key = Key(vkey)
    size, root = check(key, folder, more)
    if flips:
        print(spoil(key, folder, more), "flipped bits refused")
    print(size, root.hex())


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except FAULTS as error:
        sys.exit(f"refused: {error}")
