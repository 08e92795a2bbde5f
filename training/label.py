"""Lets the teacher read sentences, and keeps what it thinks of them for `syntax.py --labelled`.

    python3 training/label.py RUN/teacher/last.pt --encoder DIR --tokens TOKENS.jsonl TEXTS.jsonl[.gz] --out FILE.pt [--names]

TOKENS.jsonl comes from `cargo xtask tokens`; with `--names` the sentences of the name corpora are read too. Kept for
each word: probabilities of parts of speech, of its three likeliest heads and of its relation; the name, Penn tag, morphology
and lemma rule.
"""
import argparse
import gzip
import json
import pathlib

import numpy as np
import torch
from torch.nn import functional as F

import syntax
from corpora import Sentence
from kernels import viterbi
from syntax import MIDDLE, batches, grid
from teacher import restore

HEADS = 3


def raw(tokens, texts):
    known = {}
    with (gzip.open if texts.suffix == ".gz" else open)(texts, "rt", encoding="utf-8") as f:
        for line in f:
            d = json.loads(line)
            known[d["id"]] = d["text"]
    met = set()
    with open(tokens, encoding="utf-8") as f:
        for line in f:
            d = json.loads(line)
            text = known[d["id"]]
            for p in d["paragraphs"]:
                for s in p["sentences"]:
                    words = tuple(text[a:b] for a, b in s)
                    if 3 <= len(words) <= 120 and words not in met:
                        met.add(words)
                        yield Sentence(list(words))


@torch.no_grad()
def read(model, maker, sentences):
    order = sorted(range(len(sentences)), key=lambda i: len(sentences[i].words))
    out, done = [None] * len(sentences), 0
    at = iter(order)
    for b in batches([sentences[i] for i in order], 2500):
        feats, off = maker.batch(b, False)
        h = model.hidden(feats, off)
        tags = model.scores(h, ("upos", *MIDDLE))
        names = viterbi(model.tags["names"](h), off, model.transitions + model.legal, model.start + model.begin)
        place, mask = grid(off, range(len(b)))
        p, head = F.softmax(model.arcs(h, place, mask), 2).topk(HEADS, 2)
        own = [head[i, : len(s.words), 0] for i, s in enumerate(b)]
        packed = torch.cat([torch.where(t == 0, len(h), t + int(off[i]) - 1) for i, t in enumerate(own)])
        rel = F.softmax(model.labels(h, packed), 1)
        upos = F.softmax(tags["upos"], 1)
        for i, s in enumerate(b):
            a, z = int(off[i]), int(off[i + 1])
            keep = lambda t, kind: t[a:z].numpy().astype(kind)
            out[next(at)] = {
                "words": s.words, "upos": keep(upos, np.float16), "rel": keep(rel, np.float16),
                "heads": head[i, : z - a].numpy().astype(np.uint8), "sure": p[i, : z - a].numpy().astype(np.float16),
                "names": keep(names, np.int8),
            } | {k: keep(tags[k].argmax(1), np.int16) for k in MIDDLE}
        done += len(b)
        if done % 5000 < len(b):
            print(done, "of", len(sentences), flush=True)
    return out


def main():
    a = argparse.ArgumentParser()
    a.add_argument("checkpoint", type=pathlib.Path)
    a.add_argument("--encoder", type=pathlib.Path, required=True)
    a.add_argument("--tokens", type=pathlib.Path, nargs=2)
    a.add_argument("--names", action="store_true")
    a.add_argument("--limit", type=int, default=0)
    a.add_argument("--out", type=pathlib.Path, required=True)
    args = a.parse_args()
    torch.set_num_threads(1)
    model, maker = restore(args.checkpoint, args.encoder)
    sentences = list(raw(*args.tokens)) if args.tokens else []
    if args.names:
        sentences += [s for s in syntax.load(tweets=True)[1] if len(s.words) <= 120]
    if args.limit:
        sentences = sentences[: args.limit]
    print(len(sentences), "sentences,", sum(len(s.words) for s in sentences), "words", flush=True)
    read_as = read(model, maker, sentences)
    for s, r in zip(sentences, read_as):
        if s.names:  # gold
            r["gold"] = (s.names, s.misc, s.weight)
    torch.save({"classes": {k: c.names for k, c in maker.classes.items()}, "sentences": read_as}, args.out)


if __name__ == "__main__":
    main()
