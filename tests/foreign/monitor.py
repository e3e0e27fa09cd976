"""Checks a served log with nothing of ours: RFC 6962 by its own words, Ed25519 from `cryptography`, and the salted
digests of decision 2. Usage: monitor.py BASE VKEY [PROOF CONTENT]"""

import base64
import hashlib
import json
import sys
import urllib.request

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def get(base, path):
    with urllib.request.urlopen(f"{base}/{path}") as answer:
        return answer.read()


def opened(signed, vkey):
    """The checkpoint of a signed note, if this key has signed it."""
    name, _, key = vkey.split("+", 2)
    key = base64.b64decode(key)
    assert key[0] == 1, "Ed25519"
    key_id = sha256(name.encode(), b"\n", key)[:4]
    text, _, lines = signed.rpartition(b"\n\n")
    text += b"\n"
    good = 0
    for line in lines.decode().splitlines():
        dash, signer, signature = line.split(" ")
        signature = base64.b64decode(signature)
        if signer == name and signature[:4] == key_id:
            Ed25519PublicKey.from_public_bytes(key[1:]).verify(signature[4:], text)
            good += 1
    assert good, "nobody has signed"
    origin, size, root = text.decode().splitlines()[:3]
    assert origin == name
    return int(size), base64.b64decode(root)


def path_of(row, index, width):
    groups = f"{index:03}"
    groups = groups.zfill(-(-len(groups) // 3) * 3)
    parts = [groups[i : i + 3] for i in range(0, len(groups), 3)]
    place = "/".join(["x" + part for part in parts[:-1]] + parts[-1:])
    return f"tile/{row}/{place}" + ("" if width == 256 else f".p/{width}")


def statements(base, size):
    out = []
    while len(out) < size:
        bundle = get(base, path_of("entries", len(out) // 256, min(256, size - len(out))))
        while bundle:
            length = int.from_bytes(bundle[:2], "big")
            out.append(bundle[2 : 2 + length])
            bundle = bundle[2 + length :]
    return out


def root(leaves):
    if not leaves:
        return sha256()
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return sha256(b"\1", root(leaves[:half]), root(leaves[half:]))


def tiles(base, leaves):
    """Every hash tile holds what its leaves give."""
    row, hashes = 0, leaves
    while hashes:
        for index in range(-(-len(hashes) // 256)):
            some = hashes[256 * index : 256 * index + 256]
            assert get(base, path_of(row, index, len(some))) == b"".join(some), (row, index)
        full = len(hashes) // 256
        row, hashes = row + 1, [root(hashes[256 * i : 256 * i + 256]) for i in range(full)]


def proof(file, content, vkey):
    """A kept proof and the content that it is about, without any server."""
    head, _, signed = file.partition(b"\n\n")
    lines = head.decode().splitlines()
    assert lines[0] == "c2sp.org/tlog-proof@v1"
    opening = json.loads(base64.b64decode(lines[1].removeprefix("extra ")))
    index = int(lines[2].removeprefix("index "))
    size, wanted = opened(signed, vkey)
    node, last = index, size - 1
    found = sha256(b"\0", opening["statement"].encode())
    for line in lines[3:]:
        other = base64.b64decode(line)
        if node & 1 or node == last:
            found = sha256(b"\1", other, found)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            found = sha256(b"\1", found, other)
        node, last = node >> 1, last >> 1
    assert last == 0 and found == wanted, "the statement is not in the tree"
    statement = json.loads(opening["statement"])
    committed = sha256(bytes.fromhex(opening["salt"]), b"revision", b"\0", sha256(content)).hex()
    assert committed == statement["hashes"]["revision"], "another content"
    return statement


def main(base, vkey, *files):
    size, wanted = opened(get(base, "checkpoint"), vkey)
    texts = statements(base, size)
    leaves = [sha256(b"\0", text) for text in texts]
    assert root(leaves) == wanted, "the statements do not lead to the root"
    tiles(base, leaves)
    for text in texts:
        said = json.loads(text)
        assert json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() == text
    print(f"python: {size} statements, root {base64.b64encode(wanted).decode()}")
    if files:
        with open(files[0], "rb") as kept, open(files[1], "rb") as content:
            said = proof(kept.read(), content.read(), vkey)
        print(f"python: {files[0]}: {said['action']} of {said['index']}")


main(*sys.argv[1:])
