"""The peers of the rows S1 to S5: SQLite's FTS5, splitting into three characters itself or given pairs of characters,
and a plain LIKE. Reads commands, a line of JSON each, and answers each with a line.

{"do": "build", "kind": "trigram" | "bigram", "corpus": path, "folder": path} -> {"cpu": seconds, "bytes": n, "docs": n}
{"do": "ask", "kind": ..., "questions": [[word, ...], ...]} -> {"ms": [...], "cpu": [...], "totals": [...]}"""
import json
import os
import sqlite3
import sys
import time

TOGETHER = 1000
open_now = {}


def pairs(text):
    return " ".join(text[i : i + 2] for i in range(len(text)))


def lines(path):
    with open(path, encoding="utf-8") as corpus:
        some = []
        for line in corpus:
            number, text = line.rstrip("\n").split("\t")
            some.append((int(number), text))
            if len(some) == TOGETHER:
                yield some
                some = []
        yield some


def timed(work):
    begun = time.process_time()
    work()
    return time.process_time() - begun


def size(db):
    return db.execute("PRAGMA page_count").fetchone()[0] * db.execute("PRAGMA page_size").fetchone()[0]


def build(kind, corpus, folder):
    path = os.path.join(folder, kind + ".db")
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode=OFF")
    db.execute("PRAGMA synchronous=OFF")
    db.execute("CREATE TABLE doc (id INTEGER PRIMARY KEY, text TEXT)")
    spent = docs = 0
    for some in lines(corpus):
        db.execute("BEGIN")
        db.executemany("INSERT INTO doc VALUES (?, ?)", some)
        db.execute("COMMIT")
        docs += len(some)
    before = size(db)
    if kind == "trigram":
        db.execute("CREATE VIRTUAL TABLE found USING fts5(text, content='doc', content_rowid='id', tokenize='trigram')")
        spent = timed(lambda: db.execute("INSERT INTO found(found) VALUES ('rebuild')"))
    else:
        db.execute("CREATE VIRTUAL TABLE found USING fts5(text, content='')")
        for some in lines(corpus):
            # Splitting is not SQLite's work, and is not counted.
            split = [(number, pairs(text)) for number, text in some]
            db.execute("BEGIN")
            spent += timed(lambda: db.executemany("INSERT INTO found(rowid, text) VALUES (?, ?)", split))
            spent += timed(lambda: db.execute("COMMIT"))
    spent += timed(lambda: db.execute("INSERT INTO found(found) VALUES ('optimize')"))
    open_now[kind] = db
    return {"cpu": spent, "bytes": size(db) - before, "docs": docs}


def phrase(kind, word):
    return '"%s"' % (word if kind == "trigram" else " ".join(word[i : i + 2] for i in range(len(word) - 1)))


def ask(kind, words):
    db = open_now["trigram" if kind == "like" else kind]
    if kind == "like" or (kind == "trigram" and any(len(word) < 3 for word in words)):
        # Two characters are less than a trigram; asked of the index itself, LIKE leaves some of them out (SQLite 3.40).
        where = " AND ".join("text LIKE ?" for _ in words)
        rows = db.execute("SELECT id FROM doc WHERE " + where, ["%%%s%%" % word for word in words])
        return len(rows.fetchall())
    match = " AND ".join(phrase(kind, word) for word in words)
    total = db.execute("SELECT count(*) FROM found WHERE found MATCH ?", (match,)).fetchone()[0]
    db.execute("SELECT rowid FROM found WHERE found MATCH ? ORDER BY rank LIMIT 20", (match,)).fetchall()
    return total


def all_asked(kind, questions):
    told = {"ms": [], "cpu": [], "totals": []}
    for words in questions:
        begun, cpu = time.perf_counter(), time.process_time()
        told["totals"].append(ask(kind, words))
        told["ms"].append((time.perf_counter() - begun) * 1e3)
        told["cpu"].append((time.process_time() - cpu) * 1e3)
    return told


for line in sys.stdin:
    asked = json.loads(line)
    if asked["do"] == "build":
        told = build(asked["kind"], asked["corpus"], asked["folder"])
    else:
        told = all_asked(asked["kind"], asked["questions"])
    print(json.dumps(told), flush=True)
