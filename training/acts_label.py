"""Lets a teacher of acts read raw news, and writes what it read for `acts.py --pseudo`.

    python3 training/acts_label.py RUN/last.pt --layers RAW.layers --texts RAW.jsonl --out RAW.pkl

Cues, triggers and spans are the teacher's best; tags, roles and what is said of an act are its probabilities.
"""
import argparse
import pathlib
import pickle

import numpy as np
import torch

from acts import SAID, SPANS, Maker, Model, Words, batches, pieces_of, predict, read


def restore(path):
    state = torch.load(path, map_location="cpu", weights_only=False)
    args = argparse.Namespace(**state["args"])
    words = Words.restore(state["rows"])
    model = Model(args, state.get("below", 384), len(words.row) + 1)
    model.load_state_dict(state["model"])
    return model, Maker(words.table, words.hide, 0, pieces_of(args.encoder) if args.encoder else None)


def kept(passage, acts):
    """A passage's acts as training takes them."""
    out = [[], []]
    for part, span, said, heads, spans in acts:
        tags = np.zeros((passage.n, len(SPANS)), dtype=np.int8)
        for name, found in spans.items():
            for a, b in found:
                tags[a:b, SPANS.index(name)] = 2
                tags[a, SPANS.index(name)] = 1
        values = [(s, [got[k].astype(np.float32) for k in SAID[part]]) for s, got in said]
        out[part].append((span, values, heads.astype(np.float16), tags))
    return out


def main():
    a = argparse.ArgumentParser()
    a.add_argument("checkpoint", type=pathlib.Path)
    a.add_argument("--layers", required=True)
    a.add_argument("--texts", required=True)
    a.add_argument("--out", required=True)
    args = a.parse_args()
    torch.set_num_threads(1)
    model, maker = restore(args.checkpoint)
    passages = sorted({p.id: p for p in read([args.texts], [args.layers])}.values(), key=lambda p: p.n)
    out = {}
    for i, some in enumerate(batches(passages, 3000)):
        soft = {}
        found = predict(model, maker, some, most=1e9, soft=soft)
        for p in some:
            out[p.id] = kept(p, found[p.id]), soft[p.id]
        if i % 20 == 0:
            print(len(out), "of", len(passages), flush=True)
    pickle.dump(out, open(args.out, "wb"))
    print(len(out), "passages,", sum(len(a[0]) for a, _ in out.values()), "commitments,", sum(len(a[1]) for a, _ in out.values()), "events")


if __name__ == "__main__":
    main()
