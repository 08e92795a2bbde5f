"""Trains the attribution model: source, cue and content spans, content -> cue and cue -> source arcs.

    python3 training/attribution.py --tokens RUN/train.jsonl RUN/dev.jsonl --states RUN/train.npz RUN/dev.npz --out RUN [--seed 1]

The token files come from `cargo xtask tokens FILE.jsonl`, the states of the same tokens from `states.py`: the model reads
the syntax model's last layer, the word, and where it stands. Writes RUN/log.txt, RUN/last.pt, RUN/best.pt and
RUN/dev-pred.jsonl, which score_attribution.py reads.
"""
import argparse
import collections
import gzip
import json
import pathlib
import random

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from corpora import DATA
from features import normal, word_features
from kernels import crf_loss, viterbi
from layers import Average, Sru, Steps
from syntax import Rows

ROLES = ("source", "cue", "content")
WORD_SLOTS = 1 << 17
PLACES = 12  # in quotation marks or not, first of its paragraph or not, first paragraph or not
TABLES = ("word.weight", "place.weight")
WINDOW = 220
BIG = -1e4


def arguments():
    a = argparse.ArgumentParser()
    a.add_argument("--tokens", type=pathlib.Path, nargs=2, required=True)
    a.add_argument("--states", type=pathlib.Path, nargs=2, required=True)
    a.add_argument("--start", type=pathlib.Path, help="a checkpoint to go on from, with a fresh learning rate")
    a.add_argument("--out", type=pathlib.Path, required=True)
    a.add_argument("--epochs", type=float, default=12)
    a.add_argument("--hidden", type=int, default=144)
    a.add_argument("--layers", type=int, default=2)
    a.add_argument("--word", type=int, default=64)
    a.add_argument("--arc", type=int, default=64)
    a.add_argument("--drop", type=float, default=0.33)
    a.add_argument("--batch", type=int, default=2400)
    a.add_argument("--rate", type=float, default=2e-3)
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--limit", type=int, default=0)
    return a.parse_args()


def quotation(words):
    """0 outside, 1 inside double quotation marks, 2 a mark; a quotation left open ends with its paragraph."""
    out, inside = [], False
    for w in words:
        if normal(w) == '"':
            inside = {"“": True, "``": True, "„": True, "«": True, "”": False, "''": False, "»": False}.get(w, not inside)
            out.append(2)
        else:
            out.append(1 if inside else 0)
    return out


class Document:
    """Paragraphs of tokens with features, and the gold tags and arcs by token."""

    def __init__(self, row, tokens, rows=None):
        self.id, self.text = row["id"], row["text"]
        self.paragraphs = [[t for s in p["sentences"] for t in s] for p in tokens["paragraphs"]]
        self.spans = [t for p in self.paragraphs for t in p]
        self.starts = np.cumsum([0] + [len(p) for p in self.paragraphs])
        self.words = [self.text[a:b] for a, b in self.spans]
        hashes, places = [], []
        for k, p in enumerate(self.paragraphs):
            ws = [self.text[a:b] for a, b in p]
            hashes += [word_features(w)[0] & (WORD_SLOTS - 1) for w in ws]
            places += [q + 3 * (i == 0) + 6 * (k == 0) for i, q in enumerate(quotation(ws))]
        self.hashes, self.places = np.array(hashes), np.array(places)
        self.gold(row.get("attributions", []))

    def gold(self, attributions):
        n = len(self.spans)
        self.tags = np.zeros((3, n), dtype=np.int32)
        self.to_cue, self.to_source = np.full(n, -1), np.full(n, -2)  # -1 of to_source: none; -2: not a cue
        begins = [s[0] for s in self.spans]
        for a in attributions:
            ids = {}
            for r, role in enumerate(ROLES):
                ids[role] = []
                for s, e in a[role]:
                    got = covered(self.spans, begins, s, e)
                    if got:
                        self.tags[r][got] = 2
                        self.tags[r][got[0]] = 1
                        ids[role] += got
            if not ids["cue"]:
                continue
            self.to_cue[ids["content"]] = ids["cue"][0]
            self.to_source[ids["cue"]] = ids["source"][0] if ids["source"] else -1


def covered(spans, begins, s, e):
    lo = max(0, int(np.searchsorted(begins, s)) - 1)
    hi = int(np.searchsorted(begins, e))
    return [i for i in range(lo, hi) if spans[i][1] > s]


def windows(doc, start, size=WINDOW):
    """(first, last) token of consecutive runs of paragraphs, the first run cut short at `start` tokens."""
    out, a, limit = [], 0, start or size
    for k in range(len(doc.paragraphs)):
        b = doc.starts[k + 1]
        if b - a > limit and doc.starts[k] > a:
            out.append((a, doc.starts[k]))
            a, limit = doc.starts[k], size
    out.append((a, doc.starts[-1]))
    return [(int(a), int(b)) for a, b in out if b > a]


class Model(nn.Module):
    def __init__(self, args, rows, below):
        super().__init__()
        self.word, self.place = nn.Embedding(rows, args.word), nn.Embedding(PLACES, 16)
        for e in (self.word, self.place):
            nn.init.normal_(e.weight, 0, 0.3)
        wide = 2 * args.hidden
        sizes = [below + args.word + 16] + [wide] * (args.layers - 1)
        self.layers = nn.ModuleList(Sru(n, args.hidden) for n in sizes)
        self.drop_in = nn.Dropout(0.25)
        self.tags = nn.Linear(wide, 9)
        self.transitions = nn.Parameter(torch.zeros(3, 3, 3))
        self.start = nn.Parameter(torch.zeros(3, 3))
        self.arc = nn.Linear(wide, 4 * args.arc)  # content, its cue; cue, its source
        self.none = nn.Parameter(torch.randn(args.arc) * 0.1)
        self.cue_biaffine = nn.Parameter(torch.randn(args.arc, args.arc) / args.arc)
        self.source_biaffine = nn.Parameter(torch.randn(args.arc, args.arc) / args.arc)
        self.cue_bias = nn.Parameter(torch.zeros(args.arc))
        self.source_bias = nn.Parameter(torch.zeros(args.arc))
        self.far = nn.Parameter(torch.zeros(2, 64))  # by bucketed signed distance
        self.drop = nn.Dropout(args.drop)
        legal, begin = torch.zeros(3, 3), torch.zeros(3)
        legal[0, 2] = begin[2] = BIG
        self.register_buffer("legal", legal)
        self.register_buffer("begin", begin)

    def hidden(self, feats, off):
        word, place, states = feats
        x = self.drop_in(torch.cat([states, self.word(word), self.place(place)], 1))
        for layer in self.layers:
            x = self.drop(layer(x, off))
        return x

    def arcs(self, h, place, mask):
        """content -> cue [w, L, L] and cue -> source [w, L, 1 + L]"""
        a = self.drop(F.leaky_relu(self.arc(h), 0.1))
        n = a.shape[1] // 4
        content, cue, of, source = (a[:, i * n:(i + 1) * n][place] for i in range(4))
        far = distance(place.shape[1])
        first = torch.bmm(content @ self.cue_biaffine, cue.transpose(1, 2)) + (cue @ self.cue_bias).unsqueeze(1) + self.far[0][far]
        first = first.masked_fill(~mask.unsqueeze(1), BIG)
        none = self.none.expand(place.shape[0], 1, n)
        second = torch.bmm(of @ self.source_biaffine, source.transpose(1, 2)) + (source @ self.source_bias).unsqueeze(1) + self.far[1][far]
        second = second.masked_fill(~mask.unsqueeze(1), BIG)
        absent = (of @ self.source_biaffine * none).sum(2, keepdim=True) + (self.none @ self.source_bias)
        return first, torch.cat([absent, second], 2)


def distance(n):
    """Bucket of j - i: exact to 8, then by powers of two."""
    d = torch.arange(n).unsqueeze(0) - torch.arange(n).unsqueeze(1)
    m = d.abs()
    big = 8 + 4 * (torch.log2(m.clamp(min=8).float() / 8))
    b = torch.where(m <= 8, m, big.long().clamp(max=31))
    return torch.where(d < 0, 63 - b.clamp(max=31), b)


class Maker:
    def __init__(self, rows, seed):
        self.rows, self.random = rows, np.random.default_rng(seed)
        table = np.zeros(WORD_SLOTS, dtype=np.int64)
        for slot, row in rows.row.items():
            table[slot] = row
        self.table = table
        counts = np.array([rows.counts[i] for i in range(len(rows))], dtype=float)
        self.hide = 0.3 / (0.3 + np.maximum(counts, 1)) + 0.03

    def batch(self, chosen, train):
        words = np.concatenate([self.table[d.hashes[a:b]] for d, a, b in chosen])
        if train:
            words = np.where(self.random.random(len(words)) < self.hide[words], 0, words)
        off = np.cumsum([0] + [b - a for _, a, b in chosen])
        cat = lambda f: torch.from_numpy(np.concatenate([f(d)[a:b] for d, a, b in chosen]))
        feats = torch.from_numpy(words), cat(lambda d: d.places), cat(lambda d: d.states).float()
        return feats, torch.tensor(off, dtype=torch.int32)


def layout(off):
    n = (off[1:] - off[:-1]).long()
    longest = int(n.max())
    at = torch.arange(longest).unsqueeze(0)
    mask = at < n.unsqueeze(1)
    return torch.where(mask, off[:-1].long().unsqueeze(1) + at, torch.zeros(1, dtype=torch.long)), mask


def step_loss(model, maker, chosen):
    feats, off = maker.batch(chosen, True)
    h = model.hidden(feats, off)
    e = model.tags(h)
    n, parts, total = len(h), {}, 0.0
    ones = torch.ones(len(chosen))
    for r, role in enumerate(ROLES):
        tags = torch.from_numpy(np.concatenate([d.tags[r][a:b] for d, a, b in chosen]))
        # a window may begin inside nothing but a paragraph, so a tag never starts as I
        tags[off[:-1].long()] = torch.where(tags[off[:-1].long()] == 2, torch.tensor(1, dtype=torch.int32), tags[off[:-1].long()])
        loss = crf_loss(e[:, 3 * r:3 * r + 3], model.transitions[r] + model.legal, model.start[r] + model.begin, tags, off, ones) / n
        parts[role] = loss.item()
        total = total + loss * 4
    place, mask = layout(off)
    to_cue, to_source = torch.full(place.shape, -100), torch.full(place.shape, -100)
    for k, (d, a, b) in enumerate(chosen):
        t = d.to_cue[a:b]
        to_cue[k, :b - a] = torch.from_numpy(np.where((t >= a) & (t < b), t - a, -100))
        t = d.to_source[a:b]
        to_source[k, :b - a] = torch.from_numpy(np.where((t >= a) & (t < b), t - a + 1, np.where(t == -1, 0, -100)))
    first, second = model.arcs(h, place, mask)
    for name, scores, target in (("arc", first, to_cue), ("from", second, to_source)):
        known = target >= 0
        if known.any():
            loss = F.cross_entropy(scores[known], target[known])
            parts[name] = loss.item()
            total = total + 0.5 * loss
    return total, parts


def runs(tags):
    out, a = [], None
    for i, t in enumerate([*tags, 0]):
        if a is not None and t != 2:
            out.append((a, i))
            a = None
        if t and a is None:
            a = i
    return out


@torch.no_grad()
def predict(model, maker, docs, size=WINDOW, bias=(0.0, 0.0, 0.0), signs=False):
    """Attributions of each document; with `signs`, what the confidence is made of, too."""
    model.eval()
    out = []
    for d in docs:
        d_out = []
        wins = [(d, a, b) for a, b in windows(d, 0, size)]
        feats, off = maker.batch(wins, False)
        h = model.hidden(feats, off)
        e = model.tags(h).clone()
        for r in range(3):
            e[:, 3 * r] -= bias[r]
        tags = [viterbi(e[:, 3 * r:3 * r + 3], off, model.transitions[r] + model.legal, model.start[r] + model.begin).tolist() for r in range(3)]
        if signs:
            inside = [1 - marginals(e[:, 3 * r:3 * r + 3], model.transitions[r] + model.legal, model.start[r] + model.begin, off)[:, 0] for r in (1, 2)]
        place, mask = layout(off)
        first, second = (F.softmax(x, 2) for x in model.arcs(h, place, mask))
        for k in range(len(wins)):
            a, b = int(off[k]), int(off[k + 1])
            source, cue, content = (runs(t[a:b]) for t in tags)
            if not cue:
                continue
            made = {c: [] for c in cue}
            for s in content:
                mass = [float(first[k, s[0]:s[1], c[0]:c[1]].sum(1).mean()) for c in cue]
                best = max(range(len(cue)), key=lambda i: mass[i])
                made[cue[best]].append((s, mass[best]))
            for c, parts in made.items():
                if not parts:
                    continue
                row = second[k, c[0]:c[1]].mean(0)
                options = [(float(row[s[0] + 1:s[1] + 1].sum()), s) for s in source]
                top = max(options, default=(0.0, None), key=lambda o: o[0])
                src = [top[1]] if top[0] > float(row[0]) else []
                place_of = lambda x: [d.spans[a + x[0]][0], d.spans[a + x[1] - 1][1]]
                if signs:
                    mean = lambda f: sum(map(f, parts)) / len(parts)
                    hints = [float(inside[0][a + c[0]:a + c[1]].mean()), mean(lambda p: float(inside[1][a + p[0][0]:a + p[0][1]].mean())),
                             mean(lambda p: p[1]), top[0] if src else float(row[0])]
                found = {"source": [place_of(s) for s in src], "cue": [place_of(c)], "content": [place_of(s) for s, _ in parts]}
                if signs:
                    found["signs"] = hints
                d_out.append(found)
        out.append({"id": d.id, "attributions": d_out})
    model.train()
    return out


def marginals(e, trans, start, off):
    """The probability of each tag: the gradient of the partition function."""
    e = e.detach().clone().requires_grad_(True)
    zeros = torch.zeros(len(e), dtype=torch.int32)
    with torch.enable_grad():
        crf_loss(e, trans.detach(), start.detach(), zeros, off, torch.ones(len(off) - 1)).backward()
    p = e.grad.clone()
    p[:, 0] += 1
    return p


def read(split, tokens, states, limit=0):
    path = DATA / "polnear" / ("train.jsonl.gz" if split == "train" else "dev.jsonl")
    known = {}
    with open(tokens, encoding="utf-8") as f:
        for line in f:
            t = json.loads(line)
            known[t["id"]] = t
    states = np.load(states)
    docs = []
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as f:
        for line in f:
            row = json.loads(line)
            d = Document(row, known[row["id"]])
            d.states = states[d.id]
            assert len(d.states) == len(d.spans)
            docs.append(d)
            if limit and len(docs) >= limit:
                break
    return docs


def score(pred, path):
    import subprocess, sys

    with open(path, "w") as f:
        for p in pred:
            f.write(json.dumps(p) + "\n")
    tool = DATA.parent / "tools" / "score_attribution.py"
    got = subprocess.run([sys.executable, tool, DATA / "polnear" / "dev.jsonl", path, "--json"], capture_output=True, text=True)
    return json.loads(got.stdout)


def main():
    args = arguments()
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    train, dev = read("train", args.tokens[0], args.states[0], args.limit), read("dev", args.tokens[1], args.states[1])
    counts = collections.Counter()
    for d in train:
        counts.update(d.hashes.tolist())
    rows = Rows(counts, 3, WORD_SLOTS)
    model, maker = Model(args, len(rows), train[0].states.shape[1]), Maker(rows, args.seed)
    if args.start:
        model.load_state_dict(torch.load(args.start, map_location="cpu")["model"])
    tokens = sum(len(d.spans) for d in train)
    log = open(args.out / "log.txt", "a")

    def say(text):
        print(text, flush=True)
        log.write(text + "\n")
        log.flush()

    say(f"{len(train)} documents, {tokens} tokens, {len(rows)} rows, {sum(p.numel() for p in model.parameters())} parameters")
    decay = [p for n, p in model.named_parameters() if p.dim() > 1 and n not in TABLES]
    rest = [p for n, p in model.named_parameters() if not (p.dim() > 1 and n not in TABLES)]
    opt = torch.optim.AdamW([{"params": decay, "weight_decay": 0.02}, {"params": rest, "weight_decay": 0.0}], lr=args.rate, betas=(0.9, 0.98))
    average = Average(model, 0.998)
    total = int(args.epochs * tokens / (args.batch * 0.95))
    rng, best, epoch = random.Random(args.seed), 0.0, 0
    steps = Steps(opt, average, lambda group: step_loss(model, maker, group), args.rate, total, 200, say, 100)
    model.train()
    while not steps.done():
        pieces = [(d, a, b) for d in train for a, b in windows(d, rng.randrange(1, WINDOW))]
        pieces.sort(key=lambda p: (p[2] - p[1]) * (1 + 0.3 * rng.random()))
        groups, group, n = [], [], 0
        for p in pieces:
            if group and n + p[2] - p[1] > args.batch:
                groups.append(group)
                group, n = [], 0
            group.append(p)
            n += p[2] - p[1]
        groups.append(group)
        rng.shuffle(groups)
        steps.run(groups)
        epoch += 1
        average.swap()
        state = {"model": model.state_dict(), "args": vars(args), "rows": rows.row, "slots": rows.slots, "epoch": epoch}
        torch.save(state, args.out / "last.pt")
        if epoch % 2 == 0 or steps.done():
            figures = score(predict(model, maker, dev), args.out / "dev-pred.jsonl")
            goal = brief(figures, say, epoch)
            if goal > best:
                best = goal
                torch.save(state | {"figures": figures}, args.out / "best.pt")
        average.swap()


def brief(figures, say, epoch):
    """One line of F1 in percent; returns full soft."""
    rows = figures["attributions"]
    line = [f"{k.replace(' ', '-')} " + "/".join(f"{100 * rows[c][k]['f1']:.1f}" for c in ("all", "direct", "other")) for k in ("found", "full soft", "full exact")]
    soft = rows["all"]["full soft"]
    say(f"epoch {epoch} {' '.join(line)} soft P {100 * soft['p']:.1f} R {100 * soft['r']:.1f}")
    return soft["f1"]


if __name__ == "__main__":
    main()
