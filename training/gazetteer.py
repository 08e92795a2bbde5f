"""Which words stand in lists of places and of people in office: hints for the names, hashed into a byte for each slot.

Lists: GeoNames (CC BY 4.0), world leaders and members of Congress (public domain, CC0), Phoenix actors (MIT).
Bits: 1 the whole name of a place, 2 a word of a longer place name, 4 a given name, 8 a family name, 16 a country or its people.
"""
import collections
import csv
import gzip

import numpy as np

from corpora import DATA
from features import hash64, normal

SLOTS = 1 << 20
SMALL = {"of", "the", "and", "de", "la", "le", "el", "da", "do", "di", "du", "del", "van", "von", "der", "den", "al", "bin", "san", "st", "st.",
         "in", "on", "at", "for", "a", "an", "to", "by", "i", "ii", "iii", "iv", "jr.", "sr.", "jr", "sr"}


def _rows(name):
    with gzip.open(DATA / "gazetteer" / f"{name}.tsv.gz", "rt", encoding="utf-8") as f:
        yield from csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE)


def table():
    bits = collections.Counter()

    def mark(word, bit):
        word = normal(word).lower()
        if len(word) > 1 and word not in SMALL:
            bits[word] |= bit

    for r in _rows("places"):
        size = int(r["population"] or 0)
        if r["kind"] == "city" and size < 15000 or r["kind"] == "admin2" and size < 200000:
            continue
        big = size >= 1000000 or r["kind"] not in ("city", "admin2")
        for name in [r["name"], *(r["alternate_names"].split("|") if big else [])]:
            parts = name.split()
            if len(parts) == 1:
                mark(name, 1)
            elif name == r["name"]:
                for p in parts:
                    mark(p, 2)
    for r in _rows("countries"):
        for name in (v for v in r.values() if v):
            for part in name.replace("|", " ").split():
                if part[:1].isupper() and part.isalpha():
                    mark(part, 16)
    given, family = collections.Counter(), collections.Counter()
    for r in _rows("offices"):
        parts = r["person"].replace("_", " ").title().split()
        if 2 <= len(parts) <= 4 and all(p[0].isalpha() for p in parts):
            given[parts[0]] += 1
            family[parts[-1]] += 1
    for name, n in given.items():
        if n > 1:
            mark(name, 4)
    for name in family:
        mark(name, 8)
    out = np.zeros(SLOTS, dtype=np.uint8)
    for word, b in bits.items():
        out[hash64(word, 0) & (SLOTS - 1)] |= b
    return out


def row(table, word_hash, case):
    """The hint for a word: its byte, unless it is written small."""
    return 0 if case == 1 else int(table[word_hash & (SLOTS - 1)])


if __name__ == "__main__":
    t = table()
    print("slots taken", int((t > 0).sum()), "by bit", [int((t & (1 << i) > 0).sum()) for i in range(5)])
    for w in "london washington york pedro garcia germany german paris said river bill may rose mark the".split():
        print(w, t[hash64(w, 0) & (SLOTS - 1)])
