#!/usr/bin/env python3
"""Derives chars.txt: how each common character is read, and what it is mistaken for by its shape or its keys.

usage: chars.py SOURCES   (the folder that build.py takes, after build.py has run), writes beside itself.
"""

import bz2
import glob
import json
import os
import re
import sys
import unicodedata
from collections import defaultdict

HERE = os.path.dirname(os.path.abspath(__file__))
MOST_SHAPES = 16
STROKES_ALIKE = 0.78
STROKES_ALIKE_IN_FAMILY = 0.5
# Characters of so few strokes are alike when one stroke differs.
SHORT = 5


def unihan(folder, name, fields):
    table = defaultdict(dict)
    for line in bz2.open(glob.glob(f"{folder}/**/Unihan_{name}.txt.bz2", recursive=True)[0], "rt", encoding="utf-8"):
        parts = line.rstrip("\n").split("\t")
        if len(parts) == 3 and parts[1] in fields:
            table[chr(int(parts[0][2:], 16))][parts[1]] = parts[2]
    return table


def plain(reading):
    """A syllable without its tone; ü is written v."""
    letters = unicodedata.normalize("NFD", reading.replace("ü", "v").replace("ǖ", "v").replace("ǘ", "v")
                                    .replace("ǚ", "v").replace("ǜ", "v").replace("ê", "e"))
    return re.sub(r"[^a-zv]", "", letters)


def readings(fields):
    """The readings of modern text, the usual first; rare ones of the dictionary only where there is no other."""
    for name in ("kHanyuPinlu", "kTGHZ2013", "kMandarin"):
        if name in fields:
            found = re.findall(r"[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿê]+", re.sub(r"[0-9().,*:]", " ", fields[name]))
            return list(dict.fromkeys(plain(r) for r in found if plain(r)))[:3]
    return []


def distance(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
    return row[-1]


def strokes(folder):
    path = glob.glob(f"{folder}/**/pycorrector/data/stroke.txt", recursive=True)[0]
    pairs = (line.split() for line in open(path, encoding="utf-8") if not line.startswith("#"))
    return {p[0]: p[1] for p in pairs if len(p) == 2}


def families(folder):
    path = glob.glob(f"{folder}/**/pycorrector/data/same_stroke.txt", recursive=True)[0]
    alike = defaultdict(set)
    for line in open(path, encoding="utf-8"):
        group = line.split()
        if not line.startswith("#") and group:
            for other in group[1:]:
                alike[group[0]].add(other)
                alike[other].add(group[0])
    return alike


def keys(folder):
    table = json.load(open(glob.glob(f"{folder}/**/wubi_86.json", recursive=True)[0], encoding="utf-8"))
    return {c: max(codes, key=len) for c, codes in table.items()}


def likeness(a, b, known):
    """0 where two characters are not taken for each other, else up to 2."""
    stroke, family, phonetic, key = known
    score = 0.9 if b in family[a] else 0.0
    if a in stroke and b in stroke:
        longest = max(len(stroke[a]), len(stroke[b]))
        ratio = 1 - distance(stroke[a], stroke[b]) / longest
        kin = phonetic[a] & phonetic[b]
        short = longest <= SHORT and ratio >= 1 - 1.01 / longest
        if ratio >= STROKES_ALIKE or short or (kin and ratio >= STROKES_ALIKE_IN_FAMILY) or (score and ratio > 0.4):
            score += ratio
    if a in key and b in key and len(key[a]) == len(key[b]) and sum(x != y for x, y in zip(key[a], key[b])) <= 1:
        score += 0.6
    elif score and key.get(a, "?")[0] == key.get(b, "!")[0]:
        score += 0.1
    return score


def shapes(chars, known):
    """For each character those most like it. Only pairs that share something cheap are compared."""
    stroke, family, phonetic, key = known
    buckets = defaultdict(set)
    for c in chars:
        s = stroke.get(c, "")
        for tag in [("kin", p) for p in phonetic[c]] + [("head", s[:3], len(s) // 3), ("head", s[:3], len(s) // 3 + 1),
                    ("tail", s[-4:], len(s) // 3), ("tail", s[-4:], len(s) // 3 + 1)]:
            buckets[tag].add(c)
        k = key.get(c, "")
        for n in range(len(k)):
            buckets[("key", n, k[:n] + "*" + k[n + 1 :])].add(c)
    near = {}
    few = {c for c in chars if len(stroke.get(c, "......")) <= SHORT}
    for c in chars:
        others = set(family[c]) | (few if c in few else set())
        s, k = stroke.get(c, ""), key.get(c, "")
        for tag in [("kin", p) for p in phonetic[c]] + [("head", s[:3], len(s) // 3), ("head", s[:3], len(s) // 3 + 1),
                    ("tail", s[-4:], len(s) // 3), ("tail", s[-4:], len(s) // 3 + 1)]:
            others |= buckets[tag]
        for n in range(len(k)):
            others |= buckets[("key", n, k[:n] + "*" + k[n + 1 :])]
        scored = sorted(((likeness(c, o, known), o) for o in others if o != c and o in chars), reverse=True)
        near[c] = "".join(o for score, o in scored[:MOST_SHAPES] if score >= 0.6)
    return near


def main(folder):
    reads = unihan(folder, "Readings", {"kHanyuPinlu", "kTGHZ2013", "kMandarin"})
    kin = unihan(folder, "DictionaryLikeData", {"kPhonetic"})
    common = open(f"{folder}/common.txt", encoding="utf-8").read().split()
    chars = {c: readings(reads[c]) for c in common if "kTGHZ2013" in reads[c]}
    phonetic = defaultdict(set, {c: set(re.findall(r"[0-9]+[A-Z]?", kin[c].get("kPhonetic", ""))) for c in chars})
    near = shapes(set(chars), (strokes(folder), families(folder), phonetic, keys(folder)))
    with open(f"{HERE}/chars.txt", "w", encoding="utf-8") as out:
        for c in sorted(chars):
            out.write(f"{c} {','.join(chars[c])} {near[c]}\n".rstrip() + "\n")
    print(len(chars), "characters", sum(map(len, near.values())) / len(near), "shapes each")


if __name__ == "__main__":
    main(sys.argv[1])
