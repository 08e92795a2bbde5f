"""Parses token files with a syntax checkpoint, for the attribution model to read.

    python3 training/parse.py RUN/syntax/best.pt TOKENS.jsonl TEXTS.jsonl[.gz] OUT.npz

For each token: part of speech, relation, bucketed place of the head, kind of name, hashed word of the head.
"""
import gzip
import json
import sys

import numpy as np
import torch

from corpora import NAMES, Sentence
from evaluate import restore
from features import hash64, normal
from kernels import viterbi
from syntax import batches, grid

UPOS = ("ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X")
HEAD_SLOTS = 8192
SIZES = (17, 64, 17, 5, HEAD_SLOTS)


def offset(d):
    """0 for the root, then by distance and side."""
    if d == 0:
        return 0
    m = abs(d)
    size = m if m <= 4 else 5 if m <= 6 else 6 if m <= 9 else 7 if m <= 14 else 8
    return size if d > 0 else 8 + size


def sentences_of(tokens):
    """Sentences of [start, end] tokens, in order."""
    return [s for p in tokens["paragraphs"] for s in p["sentences"]]


@torch.no_grad()
def main():
    torch.set_num_threads(1)
    checkpoint, token_file, text_file, out = sys.argv[1:]
    model, maker = restore(checkpoint)
    relations, upos = maker.classes["rel"].names, maker.classes["upos"].names
    assert len(relations) < 64
    texts = {}
    with (gzip.open if text_file.endswith(".gz") else open)(text_file, "rt", encoding="utf-8") as f:
        for line in f:
            d = json.loads(line)
            texts[d["id"]] = d["text"]
    arrays = {}
    for line in open(token_file, encoding="utf-8"):
        d = json.loads(line)
        text = texts[d["id"]]
        cut = [s[i:i + 256] for s in sentences_of(d) for i in range(0, len(s), 256)]
        own = [Sentence([text[a:b] for a, b in s]) for s in cut]
        rows = [None] * len(own)
        order = sorted(range(len(own)), key=lambda i: len(own[i].words))
        k = 0
        for b in batches([own[i] for i in order], 2000):
            feats, off = maker.batch(b, False)
            h = model.hidden(feats, off)
            tags = viterbi(model.tags["names"](h), off, model.transitions + model.legal, model.start + model.begin).tolist()
            pos = model.tags["upos"](h).argmax(1).tolist()
            place, mask = grid(off, range(len(b)))
            best = model.arcs(h, place, mask).argmax(2)
            packed = torch.cat([torch.where(best[i, :len(s.words)] == 0, len(h), best[i, :len(s.words)] + int(off[i]) - 1) for i, s in enumerate(b)])
            rel = model.labels(h, packed).argmax(1).tolist()
            for i, s in enumerate(b):
                a, n = int(off[i]), len(s.words)
                heads = best[i, :n].tolist()
                rows[order[k]] = [
                    [
                        UPOS.index(upos[pos[a + j]]),
                        rel[a + j],
                        offset(heads[j] - 1 - j if heads[j] else 0),
                        (tags[a + j] + 1) // 2,
                        hash64(normal(s.words[heads[j] - 1]).lower(), 9) % HEAD_SLOTS if heads[j] else 0,
                    ]
                    for j in range(n)
                ]
                k += 1
        arrays[d["id"]] = np.array([r for s in rows for r in s], dtype=np.int64).reshape(-1, len(SIZES))
    np.savez_compressed(out, relations=np.array(relations), **arrays)


if __name__ == "__main__":
    main()
