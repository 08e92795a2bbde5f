"""What the syntax model's last layer says of each token, for the attribution model to read.

    python3 training/states.py RUN/syntax/best.pt TOKENS.jsonl TEXTS.jsonl[.gz] OUT.npz

TOKENS.jsonl comes from `cargo xtask tokens`. Writes one half-precision row for each token of each document.
"""
import gzip
import json
import pathlib
import sys

import numpy as np
import torch

from corpora import Sentence
from evaluate import restore
from syntax import batches

PIECE = 256  # a longer sentence is read in pieces, as the product does


def texts_of(path):
    path = pathlib.Path(path)
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as f:
        return {d["id"]: d["text"] for d in map(json.loads, f)}


@torch.no_grad()
def main():
    torch.set_num_threads(1)
    checkpoint, token_file, text_file, out = sys.argv[1:]
    model, maker = restore(checkpoint)
    texts, arrays = texts_of(text_file), {}
    with open(token_file, encoding="utf-8") as f:
        for d in map(json.loads, f):
            text = texts[d["id"]]
            cut = [s[i:i + PIECE] for p in d["paragraphs"] for s in p["sentences"] for i in range(0, len(s), PIECE)]
            own = [Sentence([text[a:b] for a, b in s]) for s in cut]
            rows = [model.hidden(*maker.batch(b, False)).half().numpy() for b in batches(own, 2000)]
            arrays[d["id"]] = np.concatenate(rows)
    np.savez(out, **arrays)


if __name__ == "__main__":
    main()
