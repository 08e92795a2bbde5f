"""Trains the coreference ranker: for each expression, which earlier one it goes with, or none.

    cargo xtask examples ../shared/data/coref/gum-train.jsonl.gz > run/gum-train.jsonl     # and gap-train, gum-dev, gap-dev
    python3 training/coreference.py --data run --out crates/onrecord-language/weights/coreference.safetensors

The features come from `cargo xtask examples`: Rust alone knows them. Documents of GUM whose licence forbids commercial use are
left out. GAP tells of one pronoun and two names: the mass that reaches each name over chains of pronouns is trained.
"""
import argparse
import collections
import gzip
import hashlib
import json
import pathlib

import numpy as np
import torch

from corpora import DATA, free_documents
from export import half, table, write


class Document:
    """Expressions of a text: rows, pairs (anaphor, candidate, rows) in order of anaphors, and gold."""

    def __init__(self, line):
        self.name, self.spans, self.heads = line["doc"], [tuple(s) for s in line["spans"]], [tuple(s) for s in line["heads"]]
        self.rows = np.array(line["rows"], dtype=np.int32).reshape(len(self.spans), -1)
        self.states = np.array(line["states"], dtype=np.int16).reshape(len(self.spans), -1)
        self.groups, self.sizes = line["groups"], line["sizes"]
        flat = [(i, j, r) for i, pairs in enumerate(line["pairs"]) for j, r in pairs]
        self.anaphor = np.array([f[0] for f in flat], dtype=np.int64)
        self.candidate = np.array([f[1] for f in flat], dtype=np.int64)
        self.pairs = np.array([f[2] for f in flat], dtype=np.int32).reshape(len(flat), len(self.sizes[1]))


def examples(path):
    with open(path, encoding="utf-8") as f:
        return [Document(json.loads(line)) for line in f]


def gold(name):
    with gzip.open(DATA / "coref" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as f:
        return [json.loads(line) for line in f]


def label_gum(doc, g):
    """The cluster of each expression: by its span, else by its head when one gold span has that head."""
    at = g["offsets"]
    exact, heads = {}, collections.defaultdict(set)
    head_of = {tuple(m["tok"]): m["head"] for m in g["mentions"]}
    for a, b, c in g["ontogum"]:
        exact[at[a][0], at[b - 1][1]] = c
        if (a, b) in head_of:
            heads[tuple(at[head_of[a, b]])].add(c)
    doc.gold = exact
    doc.cluster = []
    taken = set(doc.spans)
    for span, head in zip(doc.spans, doc.heads):
        c = exact.get(span)
        if c is None and len(heads[head]) == 1:
            (c,) = heads[head]
            if any(s in taken and k == c and s[0] <= head[0] and head[1] <= s[1] for s, k in exact.items()):
                c = None
        doc.cluster.append(c)
    doc.first = {}
    for i, c in enumerate(doc.cluster):
        if c is not None:
            doc.first.setdefault(c, i)
    cl = np.array([-1 if c is None else c for c in doc.cluster], dtype=np.int64)
    same = (cl[doc.anaphor] == cl[doc.candidate]) & (cl[doc.anaphor] >= 0)
    doc.right = same
    has = np.zeros(len(cl), dtype=bool)
    has[doc.anaphor[same]] = True
    doc.none = ~has
    # An expression whose cluster began before, out of the candidates' reach, teaches nothing.
    started = np.array([c is not None and doc.first[c] != i for i, c in enumerate(doc.cluster)])
    doc.used = ~(doc.none & started)


def label_gap(doc, g):
    doc.masculine = g["text"][g["pronoun"][0] : g["pronoun"][1]].lower() in ("he", "him", "his")
    doc.truth = (g["a_coref"], g["b_coref"])
    doc.pronoun = next((i for i, s in enumerate(doc.spans) if s == tuple(g["pronoun"])), None)
    doc.sides = []
    for side in ("a", "b"):
        low, high = g[side]
        own = {i for i, h in enumerate(doc.heads) if low <= h[0] and h[1] <= high}
        groups = {doc.groups[i] for i in own if doc.groups[i] is not None}
        own |= {i for i, x in enumerate(doc.groups) if x is not None and x in groups}
        doc.sides.append(np.array(sorted(own), dtype=np.int64))


class Ranker(torch.nn.Module):
    def __init__(self, mention_rows, pair_rows, width, drop, states, meeting):
        super().__init__()
        bag = lambda n: torch.nn.EmbeddingBag(n, width, mode="sum")
        self.anaphor, self.candidate, self.pair = bag(mention_rows), bag(mention_rows), bag(pair_rows)
        for b in (self.anaphor, self.candidate, self.pair):
            torch.nn.init.normal_(b.weight, std=0.01)
        self.states = torch.nn.Parameter(torch.randn(states, 2 * (width + meeting)) * 0.02)
        self.meeting = torch.nn.Parameter(torch.randn(meeting, width) * 0.2)
        self.drop_in = torch.nn.Dropout(drop)
        self.none = torch.nn.Parameter(torch.rand(width) * 0.2)
        self.out = torch.nn.Parameter(torch.randn(width) * 0.2)
        self.drop = torch.nn.Dropout(drop)

    def forward(self, rows, states, anaphor, candidate, pairs):
        width, meeting = self.out.shape[0], self.meeting.shape[0]
        a, c, asks, answers = (self.drop_in(states) @ self.states).split([width, width, meeting, meeting], 1)
        a, c = a + self.anaphor(rows), c + self.candidate(rows)
        h = a[anaphor] + c[candidate] + self.pair(pairs) + (asks[anaphor] * answers[candidate]) @ self.meeting
        score = self.drop(torch.relu(h)) @ self.out
        none = self.drop(torch.relu(a + self.none)) @ self.out
        return score, none


class Hide:
    """Turns features off at random: a value becomes its feature's first row. Hashed words are hidden more often."""

    def __init__(self, sizes, rng, often, words):
        self.first = [np.cumsum([0, *s[:-1]]).astype(np.int32) for s in sizes]
        self.share = [np.where(np.array(s) >= 1000, words, often) for s in sizes]
        self.rng = rng

    def __call__(self, kind, rows):
        off = self.rng.random(rows.shape, dtype=np.float32) < self.share[kind]
        return np.where(off, self.first[kind], rows)


def batch(docs, hide=lambda kind, rows: rows):
    rows = torch.from_numpy(hide(0, np.concatenate([d.rows for d in docs])))
    states = torch.from_numpy(np.concatenate([d.states for d in docs])).float() / 256
    offsets = np.cumsum([0] + [len(d.spans) for d in docs])
    anaphor = torch.from_numpy(np.concatenate([d.anaphor + o for d, o in zip(docs, offsets)]))
    candidate = torch.from_numpy(np.concatenate([d.candidate + o for d, o in zip(docs, offsets)]))
    pairs = torch.from_numpy(hide(1, np.concatenate([d.pairs for d in docs])))
    return rows, states, anaphor, candidate, pairs


def normalised(score, none, anaphor):
    """Log-probabilities of each pair and of none."""
    n = none.shape[0]
    top = none.detach().clone().scatter_reduce(0, anaphor, score.detach(), "amax")
    total = torch.exp(none - top).scatter_add(0, anaphor, torch.exp(score - top[anaphor]))
    log = torch.log(total) + top
    return score - log[anaphor], none - log


def loss_gum(model, docs, weights, hide):
    rows, states, anaphor, candidate, pairs = batch(docs, hide)
    score, none = model(rows, states, anaphor, candidate, pairs)
    lp, ln = normalised(score, none, anaphor)
    right = torch.from_numpy(np.concatenate([d.right for d in docs]))
    is_none = torch.from_numpy(np.concatenate([d.none for d in docs]))
    used = torch.from_numpy(np.concatenate([d.used for d in docs]))
    mass = torch.zeros_like(ln).scatter_add(0, anaphor[right], torch.exp(lp[right]))
    linked = -torch.log(mass.clamp_min(1e-8))
    each = torch.where(is_none, -ln * weights, linked)
    return each[used].sum() / max(1, int(used.sum()))


def reach(doc, lp):
    """The mass of the pronoun that ends at each side's name, over chains of expressions that are no names."""
    n = len(doc.spans)
    p = torch.zeros(n, n).index_put((torch.from_numpy(doc.anaphor), torch.from_numpy(doc.candidate)), torch.exp(lp))
    still = torch.tensor([g is None for g in doc.groups])
    for side in doc.sides:
        still[torch.from_numpy(side)] = False
    go = p * still[:, None].float()
    inverse = torch.linalg.solve(torch.eye(n) - go * 0.999, torch.stack([
        torch.zeros(n).index_fill(0, torch.from_numpy(side), 1.0) for side in doc.sides], 1))
    return inverse[doc.pronoun]


def loss_gap(model, docs, hide):
    rows, states, anaphor, candidate, pairs = batch(docs, hide)
    score, none = model(rows, states, anaphor, candidate, pairs)
    lp, _ = normalised(score, none, anaphor)
    at, total = 0, 0.0
    for d in docs:
        own = lp[at : at + len(d.anaphor)]
        at += len(d.anaphor)
        x = reach(d, own).clamp(1e-4, 1 - 1e-4)
        if any(d.truth):
            total = total - torch.log(x[0 if d.truth[0] else 1])
            total = total - torch.log(1 - x[1 if d.truth[0] else 0])
        else:
            total = total - torch.log((1 - x.sum()).clamp_min(1e-4))
    return total / len(docs)


def decode(model, doc):
    with torch.no_grad():
        score, none = model(*batch([doc]))
    score, none = score.numpy(), none.numpy()
    root = list(range(len(doc.spans)))

    def top(i):
        while root[i] != i:
            i = root[i]
        return i

    start = np.searchsorted(doc.anaphor, np.arange(len(doc.spans) + 1))
    for i in range(len(doc.spans)):
        s, to = score[start[i] : start[i + 1]], doc.candidate[start[i] : start[i + 1]]
        most, mass = max([none[i], *s]), collections.defaultdict(float)
        for j, x in zip(to, s):
            mass[top(int(j))] += np.exp(x - most)
        chosen = max(mass, key=mass.get, default=None)
        if chosen is not None and mass[chosen] > np.exp(none[i] - most):
            a, b = top(i), chosen
            root[max(a, b)] = min(a, b)
    return [top(i) for i in range(len(doc.spans))]


def conll(pairs):
    """Mean F1 of MUC, B-cubed and CEAF-e over (gold clusters, found clusters); also each. Clusters are paired
    greedily here; `cargo xtask score coreference` pairs them at best."""
    t = np.zeros((3, 4))
    for g, f in pairs:
        ig = {m: i for i, c in enumerate(g) for m in c}
        jf = {m: i for i, c in enumerate(f) for m in c}
        for side, own, other in ((0, f, ig), (2, g, jf)):
            for c in own:
                k = collections.Counter(other.get(m) for m in c)
                alone = k.pop(None, 0)
                t[0, side] += len(c) - len(k) - alone
                t[0, side + 1] += len(c) - 1
                t[1, side] += sum(v * v for v in k.values()) / len(c)
                t[1, side + 1] += len(c)
        if g and f:
            phi = np.array([[2 * len(a & b) / (len(a) + len(b)) for b in map(set, f)] for a in map(set, g)])
            paired = 0.0
            while phi.max() > 0:
                i, j = np.unravel_index(phi.argmax(), phi.shape)
                paired += phi[i, j]
                phi[i, :] = phi[:, j] = 0
            t[2, 0] += paired
            t[2, 2] += paired
        t[2, 1] += len(f)
        t[2, 3] += len(g)
    p, r = t[:, 0] / np.maximum(t[:, 1], 1), t[:, 2] / np.maximum(t[:, 3], 1)
    each = 200 * p * r / np.maximum(p + r, 1e-9)
    return each.mean(), each


def clusters(doc, root):
    out = collections.defaultdict(list)
    for i, r in enumerate(root):
        out[r].append(doc.spans[i])
    return [c for c in out.values() if len(c) > 1]


def evaluate(model, gum, gap):
    model.eval()
    pairs = []
    for d in gum:
        g = collections.defaultdict(list)
        for span, c in d.gold.items():
            g[c].append(span)
        pairs.append((list(g.values()), clusters(d, decode(model, d))))
    right = found = due = 0
    for d in gap:
        root = decode(model, d)
        for side, truth in zip(d.own, d.truth):
            hit = d.pronoun is not None and any(root[i] == root[d.pronoun] for i in side)
            right, found, due = right + (hit and truth), found + hit, due + truth
    model.train()
    mean, each = conll(pairs)
    return mean, each, 200 * right / max(1, found + due)


def export(model, path):
    out = {}
    state = model.state_dict()
    for name in ("anaphor", "candidate", "pair"):
        table(out, name, state[f"{name}.weight"])
    out["states"] = half(state["states"])
    for name in ("meeting", "none", "out"):
        out[name] = state[name].numpy().copy()
    digest = hashlib.sha256(b"".join(np.ascontiguousarray(t).tobytes() for _, t in sorted(out.items())))
    write(path, out, {"format": 1, "model": "coreference", "version": digest.hexdigest()[:12]})


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--data", type=pathlib.Path, default=pathlib.Path("run"))
    a.add_argument("--out", type=pathlib.Path, required=True)
    a.add_argument("--width", type=int, default=32)
    a.add_argument("--meeting", type=int, default=16, help="width of what two states meet in")
    a.add_argument("--epochs", type=int, default=4)
    a.add_argument("--rate", type=float, default=2e-3)
    a.add_argument("--decay", type=float, default=0.1)
    a.add_argument("--drop", type=float, default=0.3)
    a.add_argument("--hide", type=float, default=0.05, help="share of features hidden in training")
    a.add_argument("--words", type=float, default=0.3, help="share of hashed words hidden")
    a.add_argument("--none", type=float, default=0.7, help="weight of expressions without antecedent")
    a.add_argument("--gap", type=float, default=0.5, help="weight of GAP")
    a.add_argument("--seed", type=int, default=1)
    args = a.parse_args()
    torch.manual_seed(args.seed)
    torch.set_num_threads(1)
    rng = np.random.default_rng(args.seed)

    free = free_documents()
    by_name = {g["doc"]: g for s in ("train", "dev") for g in gold(f"gum-{s}")}
    gum = [d for d in examples(args.data / "gum-train.jsonl") if d.name in free]
    gum_dev, gap, gap_dev = (examples(args.data / f"{n}.jsonl") for n in ("gum-dev", "gap-train", "gap-dev"))
    for d in gum + gum_dev:
        label_gum(d, by_name[d.name])
    for docs, s in ((gap, "train"), (gap_dev, "dev")):
        for d, g in zip(docs, gold(f"gap-{s}")):
            label_gap(d, g)
            low_high = (g["a"], g["b"])
            d.own = [[i for i, h in enumerate(d.heads) if lo <= h[0] and h[1] <= hi] for lo, hi in low_high]
    usable = [d for d in gap if d.pronoun is not None and len(d.anaphor)]
    sizes = [sum(s) for s in gum[0].sizes]
    print(len(gum), "documents", sum(len(d.anaphor) for d in gum), "pairs;", len(usable), "items", sum(len(d.anaphor) for d in usable), "pairs")

    hide = Hide(gum[0].sizes, rng, args.hide, args.words)
    model = Ranker(sizes[0], sizes[1], args.width, args.drop, gum[0].states.shape[1], args.meeting)
    optimizer = torch.optim.AdamW(model.parameters(), lr=args.rate, weight_decay=args.decay, betas=(0.9, 0.99))
    # Long documents in pieces would lose links: one document is one step, four of GAP's items per document and more.
    plan = [("gum", [d]) for d in gum if len(d.anaphor)]
    steps = len(plan) * args.epochs
    mean = {k: v.detach().clone() for k, v in model.state_dict().items()}
    done, best = 0, 0.0
    for epoch in range(args.epochs):
        order = rng.permutation(len(plan))
        items = rng.permutation(len(usable))
        share = np.array_split(items, len(plan))
        total = np.zeros(2)
        for k, o in enumerate(order):
            for group in optimizer.param_groups:
                group["lr"] = args.rate * min(1.0, (done + 1) / 100) * max(0.05, 1 - done / steps)
            loss = loss_gum(model, plan[o][1], args.none, hide)
            total[0] += float(loss)
            if args.gap and len(share[k]):
                other = loss_gap(model, [usable[i] for i in share[k]], hide)
                total[1] += float(other)
                loss = loss + args.gap * other
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            done += 1
            keep = min(0.998, done / (done + 10))
            with torch.no_grad():
                for name, v in model.state_dict().items():
                    mean[name].lerp_(v, 1 - keep)
        last = {k: v.clone() for k, v in model.state_dict().items()}
        model.load_state_dict(mean)
        f, each, g = evaluate(model, gum_dev, gap_dev)
        print(f"epoch {epoch + 1} loss {total / len(plan)} conll {f:.2f} (muc {each[0]:.1f} b3 {each[1]:.1f} ceafe {each[2]:.1f}) gap {g:.2f}", flush=True)
        if f + g > best:
            best = f + g
            export(model, args.out)
        model.load_state_dict(last)


if __name__ == "__main__":
    main()
