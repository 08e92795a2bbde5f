"""Lets a teacher of acts read raw news, and writes what it read for `acts.py --pseudo`.

    python3 training/acts_label.py RUN/last.pt --layers RAW.layers --texts RAW.jsonl --out RAW.pkl [--sentences PLV.jsonl]

Cues, triggers and spans are the teacher's best; roles and what is said of an act are its probabilities. With --sentences the texts
hold one known event each (type, source, target): the teacher's trigger of it is kept with what is known.
"""
import argparse
import json
import pathlib
import pickle

import numpy as np
import torch

from acts import HEADS, SAID, SPANS, TYPE, Maker, Model, Words, batches, one_hot, predict, read


def restore(path):
    state = torch.load(path, map_location="cpu", weights_only=False)
    args = argparse.Namespace(**state["args"])
    words = Words.restore(state["rows"])
    model = Model(args, state.get("below", 384), len(words.row) + 1)
    model.load_state_dict(state["model"])
    pieces = None
    if args.encoder:
        from acts import pieces_of

        pieces = pieces_of(args.encoder)
    return model, Maker(words.table, words.hide, 0, pieces)


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


def known(passage, acts, event):
    """With the event that is known to be there; none where the teacher has no trigger for it."""
    events = acts[1]
    same = [e for e in events if TYPE[int(e[1][0][1][0].argmax())] == event["type"]]
    mine = same[0] if same else events[0] if len(events) == 1 else None
    if mine is None:
        return None
    span, said, heads, tags = mine
    heads = heads.copy()
    for role, key in (("actor", "source"), ("recipient", "target")):
        column = HEADS.index(role)
        heads[:, column] = 0
        for p in event[key]:
            if not p["span"]:
                continue
            a, b = p["span"]
            heads[passage.head(*passage.span({"start": a, "end": b})), column] = 1
    said = [(s, [one_hot(len(TYPE), TYPE.index(event["type"])), *values[1:]]) for s, values in said]
    acts[1] = [e if e is not mine else (span, said, heads, tags) for e in events]
    return acts


def main():
    a = argparse.ArgumentParser()
    a.add_argument("checkpoint", type=pathlib.Path)
    a.add_argument("--layers", required=True)
    a.add_argument("--texts", required=True)
    a.add_argument("--out", required=True)
    a.add_argument("--sentences", action="store_true")
    args = a.parse_args()
    torch.set_num_threads(1)
    model, maker = restore(args.checkpoint)
    passages = list({p.id: p for p in read([args.texts], [args.layers])}.values())
    passages.sort(key=lambda p: p.n)
    events = {}
    if args.sentences:
        for line in open(args.texts, encoding="utf-8"):
            row = json.loads(line)
            events[row["id"]] = row["events"][0]
    out = {}
    for i, some in enumerate(batches(passages, 3000)):
        read_here = predict(model, maker, some, most=1e9)
        for p in some:
            acts = kept(p, read_here[p.id])
            if p.id in events:
                acts = known(p, acts, events[p.id])
            if acts is not None:
                out[p.id] = acts
        if i % 20 == 0:
            print(len(out), "of", len(passages), flush=True)
            pickle.dump(out, open(args.out, "wb"))
    pickle.dump(out, open(args.out, "wb"))
    print(len(out), "passages,", sum(len(x[0]) for x in out.values()), "commitments,", sum(len(x[1]) for x in out.values()), "events")


if __name__ == "__main__":
    main()
