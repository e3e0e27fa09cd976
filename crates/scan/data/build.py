#!/usr/bin/env python3
"""Derives grams.bin and chars.txt from packages; README.md says which, under what licence, and how to fetch them.

usage: build.py SOURCES   (a folder with the unpacked packages), writes beside itself.
needs: numpy
"""

import glob
import math
import os
import re
import sqlite3
import struct
import sys
from collections import Counter

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
ORDER = 4
# Words of the general model are worth as many as a text of this many words would give.
GENERAL_WORDS = 1.2e7
# A word of the dictionary counts as if seen so often, more if it is frequent.
WORD_FLOOR, WORD_SHARE = 0.8, 0.02
# How often each term of terms.txt counts.
TERM = 24.0
# n-grams below these weights are left out, by length.
PRUNE = {1: 0.0, 2: 0.8, 3: 1.0, 4: 1.7}
# Characters above this weight are weighed as corrections.
COMMON = 4.0
LEVELS, LOWEST, STEP = 32, -2.0, 0.72
FINGERPRINT_BITS = 11

HAN = re.compile(r"[\u3400-\u9fff]")


def symbols(text):
    """The text as the model sees it: Han as they are, runs of digits 0, of letters a, everything else ，."""
    text = re.sub(r"[0-9０-９.．%％]+", "0", re.sub(r"\s+", "", text))
    text = re.sub(r"[A-Za-zＡ-Ｚａ-ｚ]+", "a", text)
    return re.sub(r"[^\u3400-\u9fff0a]+", "，", text)


def add(grams, text, weight=1.0, order=ORDER):
    for n in range(1, order + 1):
        table = grams[n]
        for i in range(len(text) - n + 1):
            table[text[i : i + n]] += weight


def general_model(folder):
    """The word trigrams of open-gram as weighted character n-grams."""
    data = open(glob.glob(f"{folder}/**/lm_sc.t3g", recursive=True)[0], "rb").read()
    sizes = struct.unpack("<6I", data[:24])[2:]
    chance = np.frombuffer(data, "<f4", 65536, 24)
    offset = 24 + 4 * (65536 + 16384)
    levels = []
    for size in sizes[:3]:
        a = np.frombuffer(data, "<u4", size * 3, offset).reshape(size, 3)
        offset += size * 12
        levels.append((a[:, 0] & 0x3FFFF, chance[a[:, 1] & 0xFFFF], (a[:, 1] >> 16) + ((a[:, 2] >> 25) << 16)))
    a = np.frombuffer(data, "<u4", sizes[3] * 2, offset).reshape(sizes[3], 2)
    levels.append((a[:, 0] & 0x3FFFF, chance[(a[:, 1] & 0xFFFF)], None))
    trie = open(glob.glob(f"{folder}/**/pydict_sc.bin", recursive=True)[0], "rb").read()
    words = trie[struct.unpack("<4I", trie[:16])[2] :].decode("utf-32-le").split("\0")
    words = [symbols(w) for w in words]
    return words, levels


def general(grams, folder):
    words, (_, (w1, p1, c1), (w2, p2, c2), (w3, p3, _)) = general_model(folder)
    p1 = p1.astype(float) * GENERAL_WORDS
    for i in range(1, len(w1) - 1):
        a = words[w1[i]]
        if not a:
            continue
        add(grams, a, p1[i])
        for j in range(c1[i], c1[i + 1]):
            b = words[w2[j]]
            if not b:
                continue
            weight = p1[i] * p2[j]
            spanning(grams, a + b, len(a), len(a), weight)
            for k in range(c2[j], c2[j + 1]):
                c = words[w3[k]]
                if c and len(b) <= ORDER - 2:
                    spanning(grams, a + b + c, len(a), len(a) + len(b), weight * p3[k])


def spanning(grams, text, first, last, weight):
    """Counts the n-grams that hold the characters before and after both borders."""
    for n in range(last - first + 2, ORDER + 1):
        table = grams[n]
        for i in range(max(0, last + 1 - n), min(first, len(text) - n + 1)):
            table[text[i : i + n]] += weight


def statutes(grams, folder):
    texts = []
    for path in glob.glob(f"{folder}/**/laws.db", recursive=True):
        texts += [row[0] for row in sqlite3.connect(path).execute("select article_text from articles")]
        texts += [row[0] for row in sqlite3.connect(path).execute("select distinct law_name from laws")]
    for path in glob.glob(f"{folder}/**/seed_data/*.md", recursive=True):
        texts += open(path, encoding="utf-8").read().splitlines()
    for text in set(texts):
        add(grams, "，" + symbols(text) + "，")


def dictionary(grams, folder):
    """Words of jieba: what stands inside a word is well formed, even where no text of ours has it."""
    for line in open(glob.glob(f"{folder}/**/jieba/dict.txt", recursive=True)[0], encoding="utf-8"):
        word, count, kind = line.split()
        if kind.startswith("nr") or not all(HAN.match(c) for c in word) or len(word) < 2:
            continue
        floor = WORD_FLOOR if len(word) > 2 else 0.0
        add(grams, word, floor + WORD_SHARE * int(count))


def terms(grams):
    for line in open(f"{HERE}/terms.txt", encoding="utf-8"):
        for term in line.split("#")[0].split():
            add(grams, symbols(term), TERM)
            add(grams, "，" + symbols(term)[: ORDER - 1], TERM / 4)


def level(weight):
    return max(0, min(LEVELS - 1, round((math.log2(weight) - LOWEST) / STEP)))


MASK = (1 << 64) - 1


def mixed(keys):
    """splitmix64's finaliser over packed n-grams."""
    z = keys + np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def slots(h, segment, count):
    """The three cells of a binary fuse filter."""
    high = ((h >> np.uint64(32)) * np.uint64(count * segment)) >> np.uint64(32)
    mask = np.uint64(segment - 1)
    a = high
    b = (a + np.uint64(segment)) ^ ((h >> np.uint64(18)) & mask)
    c = (a + np.uint64(2 * segment)) ^ (h & mask)
    return a.astype(np.int64), b.astype(np.int64), c.astype(np.int64)


def peel(cells, total):
    """An order in which every key has a cell of its own, or None. Round by round, all free cells at once."""
    n = len(cells[0])
    degree = np.zeros(total, np.int64)
    which = np.zeros(total, np.int64)
    for cell in cells:
        np.add.at(degree, cell, 1)
        np.bitwise_xor.at(which, cell, np.arange(n))
    rounds, left = [], n
    while left:
        free = np.nonzero(degree == 1)[0]
        if not len(free):
            return None
        keys, first = np.unique(which[free], return_index=True)
        rounds.append((keys, free[first]))
        for cell in cells:
            np.subtract.at(degree, cell[keys], 1)
            np.bitwise_xor.at(which, cell[keys], keys)
        left -= len(keys)
    return rounds


def fuse(keys, values):
    """The table T with T[a]^T[b]^T[c] = fingerprint and value of each key."""
    n = len(keys)
    segment = 1 << int(math.floor(math.log(n) / math.log(3.33) + 2.25))
    h = mixed(keys)
    for stretch in (1.125, 1.13, 1.14, 1.16, 1.2):
        count = max(1, math.ceil(n * stretch / segment) - 2)
        cells = slots(h, segment, count)
        total = (count + 2) * segment
        rounds = peel(cells, total)
        if rounds:
            break
    want = ((h & np.uint64((1 << FINGERPRINT_BITS) - 1)) << np.uint64(5)).astype(np.uint16) | values
    table = np.zeros(total, np.uint16)
    for mine, own in reversed(rounds):
        others = [np.where(cell[mine] == own, 0, table[cell[mine]]) for cell in cells]
        table[own] = want[mine] ^ others[0] ^ others[1] ^ others[2]
    assert np.all((table[cells[0]] ^ table[cells[1]] ^ table[cells[2]]) == want)
    return struct.pack("<II", segment, count) + table.astype("<u2").tobytes()


def main(folder):
    grams = {n: Counter() for n in range(1, ORDER + 1)}
    for step in (general, statutes, dictionary):
        step(grams, folder)
        print(step.__name__, {n: len(t) for n, t in grams.items()}, flush=True)
    terms(grams)
    common = [c for c, weight in grams[1].most_common() if weight >= COMMON and HAN.match(c)]
    open(f"{folder}/common.txt", "w", encoding="utf-8").write("\n".join(common))
    keys, values = [], []
    for n, table in grams.items():
        kept = 0
        for gram, weight in table.items():
            if weight >= PRUNE[n] and weight > 0:
                packed = 0
                for c in gram:
                    packed = packed << 16 | ord(c)
                keys.append(packed)
                values.append(level(weight))
                kept += 1
        print(n, len(table), kept)
    data = fuse(np.array(keys, np.uint64), np.array(values, np.uint16))
    open(f"{HERE}/grams.bin", "wb").write(data)
    print(len(keys), "n-grams", len(data), "bytes")


if __name__ == "__main__":
    main(sys.argv[1])
