"""Trains the syntax model: tags, morphology, lemmas, trees and names over one encoder.

    python3 training/syntax.py --out RUN [--epochs 20] [--gazetteer] [--tweets] [--seed 1]

Writes RUN/log.txt, RUN/last.pt and RUN/best.pt (averaged weights, the best sum of dev figures). `export.py` ships it.
"""
import argparse
import collections
import math
import pathlib
import random

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

import corpora
import gazetteer
import vectors
from corpora import NAMES
from features import case_rows, hash64, normal, word_features
from kernels import crf_loss, viterbi
from layers import Average, Embedding, Encoder, Steps

WORD_SLOTS = 1 << 20
TAGS = ("upos", "names", "happened", "xpos", "feats", "lemma")
MIDDLE = ("xpos", "feats", "lemma")


def arguments():
    a = argparse.ArgumentParser()
    a.add_argument("--out", type=pathlib.Path, required=True)
    a.add_argument("--epochs", type=float, default=20)
    a.add_argument("--hidden", type=int, default=192)
    a.add_argument("--layers", type=int, default=3)
    a.add_argument("--word", type=int, default=96)
    a.add_argument("--arc", type=int, default=128)
    a.add_argument("--label", type=int, default=96)
    a.add_argument("--middle", type=int, default=128, help="width before the heads of Penn tag, morphology and lemma")
    a.add_argument("--drop", type=float, default=0.33)
    a.add_argument("--batch", type=int, default=1800)
    a.add_argument("--rate", type=float, default=2e-3)
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--tweets", action="store_true", help="names from all of BTC, not only its tweets of news")
    a.add_argument("--stop", type=int, default=0, help="stop after this epoch, whatever the schedule says")
    a.add_argument("--gazetteer", action="store_true", help="hints from lists of places and people (gazetteer.py)")
    a.add_argument("--vectors", type=pathlib.Path, help="word vectors (vectors.py)")
    a.add_argument("--labelled", type=pathlib.Path, nargs="*", default=[], help="sentences that the teacher read (label.py)")
    a.add_argument("--start", type=pathlib.Path, help="a checkpoint to go on from, with a fresh learning rate")
    a.add_argument("--limit", type=int, default=0, help="sentences, for a quick trial")
    return a.parse_args()


class Classes:
    def __init__(self, counter, least=1):
        self.names = [k for k, v in sorted(counter.items(), key=lambda kv: (-kv[1], kv[0])) if v >= least]
        self.index = {k: i for i, k in enumerate(self.names)}

    def ids(self, values):
        return [self.index.get(v, -1) for v in values]


def load(tweets=False):
    free = corpora.free_documents()
    trees = list(corpora.conllu("ewt-train")) + [s for s in corpora.gum("train") if s.doc in free]
    names = list(corpora.names("wikigold-train")) + list(corpora.names("crossner_politics-train"))
    news = list(corpora.names("btc_news-train", misc=False))
    names += news + list(corpora.names("wnut17-train", weight=0.3))
    if tweets:
        known = {tuple(s.words) for s in news}
        names += [s for s in corpora.names("btc-train", misc=False, weight=0.3) if tuple(s.words) not in known]
    dev = {"ewt": list(corpora.conllu("ewt-dev")), "gum": corpora.gum("dev"), "crossner": list(corpora.names("crossner_politics-dev"))}
    tagged = {tuple(n.words): n.names for n in corpora.names("uner_ewt-dev")}  # in an order of its own
    for s in dev["ewt"]:
        s.names = tagged.get(tuple(s.words))
    for split, sentences in (("train", trees), ("dev", dev["ewt"])):
        corpora.judged(split, sentences)
    return trees, names, dev


class Rows:
    """Which word slots own a row; row 0 is the unknown word."""

    def __init__(self, counts, least=2, slots=WORD_SLOTS, known=()):
        self.slots = slots
        taken = sorted({h & (slots - 1) for h, n in counts.items() if n >= least} | set(known))
        self.row = {slot: i + 1 for i, slot in enumerate(taken)}
        self.counts = collections.Counter()
        for h, n in counts.items():
            self.counts[self.row.get(h & (slots - 1), 0)] += n

    def __len__(self):
        return len(self.row) + 1

    def of(self, word_hash):
        return self.row.get(word_hash & (self.slots - 1), 0)


class Model(nn.Module):
    def __init__(self, args, rows, sizes, given=None):
        super().__init__()
        embedding = Embedding(rows, args.word, [(32, 16)] if args.gazetteer else [], given)
        self.encoder = Encoder(embedding, args.hidden, args.layers, 0.25, args.drop)
        wide = 2 * args.hidden
        self.middle = nn.Linear(wide, args.middle) if args.middle else None
        below = {k: args.middle if k in MIDDLE and args.middle else wide for k in TAGS}
        self.tags = nn.ModuleDict({k: nn.Linear(n, sizes.get(k, 1)) for k, n in below.items()})
        self.arc = nn.Linear(wide, 2 * args.arc)  # dependent, head
        self.label = nn.Linear(wide, 2 * args.label)
        self.root_arc = nn.Parameter(torch.randn(args.arc) * 0.1)
        self.root_label = nn.Parameter(torch.randn(args.label) * 0.1)
        self.biaffine = nn.Parameter(torch.randn(args.arc, args.arc) / args.arc)
        self.head_bias = nn.Parameter(torch.zeros(args.arc))
        self.relation = nn.Linear(2 * args.label, sizes["rel"])
        self.transitions = nn.Parameter(torch.zeros(len(NAMES), len(NAMES)))
        self.start = nn.Parameter(torch.zeros(len(NAMES)))
        self.drop = nn.Dropout(args.drop)
        legal, begin = name_grammar()
        self.register_buffer("legal", legal)
        self.register_buffer("begin", begin)

    def hidden(self, feats, off):
        return self.encoder(feats, off)

    def scores(self, h, which):
        """Scores of the tags named, from states."""
        middle = self.drop(F.leaky_relu(self.middle(h), 0.1)) if self.middle else h
        return {k: self.tags[k](middle if k in MIDDLE else h) for k in which}

    def arcs(self, h, place, mask):
        """[sentences, words, 1 + words] scores; place: packed index of each cell, mask: which cells are words."""
        a = self.drop(F.leaky_relu(self.arc(h), 0.1))
        width = a.shape[1] // 2
        dep, head = a[:, :width], a[:, width:]
        root = self.root_arc.expand(place.shape[0], 1, width)
        heads = torch.cat([root, head[place]], 1)
        scores = torch.bmm(dep[place] @ self.biaffine, heads.transpose(1, 2)) + (heads @ self.head_bias).unsqueeze(1)
        allowed = torch.cat([torch.ones_like(mask[:, :1]), mask], 1).unsqueeze(1)
        own = torch.eye(mask.shape[1], dtype=torch.bool)
        own = torch.cat([torch.zeros(mask.shape[1], 1, dtype=torch.bool), own], 1)
        return scores.masked_fill(~allowed | own, -1e4)

    def labels(self, h, head_index, rows=slice(None)):
        """Relation scores of packed words (all, or `rows`) with the packed heads given (the number of words: root)."""
        a = self.drop(F.leaky_relu(self.label(h), 0.1))
        width = a.shape[1] // 2
        dep, head = a[rows, :width], torch.cat([a[:, width:], self.root_label.unsqueeze(0)], 0)[head_index]
        return self.relation(torch.cat([F.leaky_relu(dep + head, 0.1), dep * head], 1))


def labelled(path, classes):
    """Sentences with what the teacher thinks of them in `taught`."""
    state = torch.load(path)
    assert all(state["classes"][k] == c.names for k, c in classes.items())
    for row in state["sentences"]:
        s = corpora.Sentence(row.pop("words"))
        s.taught = row
        names = row.pop("names").tolist()
        if "gold" in row:
            s.names, s.misc, s.weight = row.pop("gold")
        else:
            s.names, s.weight = [NAMES[t] for t in names], 0.5
        yield s


def name_grammar():
    legal, begin = torch.zeros(len(NAMES), len(NAMES)), torch.zeros(len(NAMES))
    for j, b in enumerate(NAMES):
        if b[0] == "I":
            begin[j] = -1e4
            for i, a in enumerate(NAMES):
                if a[2:] != b[2:]:
                    legal[i, j] = -1e4
    return legal, begin


class Maker:
    """Sentences to tensors."""

    def __init__(self, rows, classes, seed, hints=None, given=None):
        self.rows, self.classes, self.random, self.hints, self.given = rows, classes, random.Random(seed), hints, given

    def batch(self, sentences, train):
        words, affixes, cases, hints, given, off = [], [], [], [], [], [0]
        rng = self.random
        for s in sentences:
            ws = restyle(s.words, rng) if train else s.words
            for w in ws:
                h, slots, written = word_features(w)
                if self.hints is not None:
                    hints.append([gazetteer.row(self.hints, h, written)])
                if self.given is not None:
                    hidden = train and rng.random() < 0.02
                    given.append(0 if hidden else self.given.row(h))
                row = self.rows.of(h)
                if train and row and rng.random() < 0.3 / (0.3 + self.rows.counts[row]) + 0.03:
                    row = 0
                words.append(row)
                affixes.append(slots)
            cases += case_rows(ws)
            off.append(off[-1] + len(ws))
        feats = torch.tensor(words), torch.tensor(affixes), torch.tensor(cases), torch.tensor(hints)
        if self.given is not None:
            feats = *feats, torch.tensor(given)
        return feats, torch.tensor(off, dtype=torch.int32)

    def gold(self, sentences):
        c, g = self.classes, collections.defaultdict(list)
        base = 0
        for s in sentences:
            n = len(s.words)
            if s.upos:
                g["upos"] += c["upos"].ids(s.upos)
                g["xpos"] += c["xpos"].ids(s.xpos)
                g["feats"] += c["feats"].ids(s.feats)
                g["lemma"] += c["lemma"].ids([corpora.script(w, m) for w, m in zip(s.words, s.lemmas)])
                g["rel"] += c["rel"].ids(s.rels)
                g["packed"] += [base + h - 1 if h else -1 for h in s.heads]
            else:
                for k in ("upos", "xpos", "feats", "lemma", "rel"):
                    g[k] += [-1] * n
                g["packed"] += [-1] * n
            g["happened"] += s.happened or [math.nan] * n
            g["names"] += [NAMES.index(t) for t in s.names] if s.names else [0] * n
            g["weight"].append(s.weight if s.names else 0.0)
            g["nomisc"] += [not s.misc] * n
            base += n
        return {k: torch.tensor(v) for k, v in g.items()}


def restyle(words, rng):
    """Now and then the sentence as a headline or in capitals, as wires print them."""
    x = rng.random()
    if x > 0.09 or len(words) < 4:
        return words
    if x < 0.04:
        return [w.upper() for w in words]
    if x < 0.08:
        return [w[:1].upper() + w[1:] if len(w) > 3 or rng.random() < 0.3 else w for w in words]
    return [w.lower() for w in words]


def grid(off, chosen):
    """place [s, longest], mask, and the packed rows of the chosen sentences in order."""
    lengths = [int(off[i + 1] - off[i]) for i in chosen]
    longest = max(lengths)
    place, mask = torch.zeros(len(chosen), longest, dtype=torch.long), torch.zeros(len(chosen), longest, dtype=torch.bool)
    for k, (i, n) in enumerate(zip(chosen, lengths)):
        place[k, :n] = torch.arange(int(off[i]), int(off[i]) + n)
        mask[k, :n] = True
    return place, mask


def step_loss(model, maker, sentences):
    feats, off = maker.batch(sentences, True)
    gold = maker.gold(sentences)
    h = model.hidden(feats, off)
    total, parts = 0.0, {}
    trees = [i for i, s in enumerate(sentences) if s.upos]
    if trees:
        seen = (gold["upos"] >= 0).nonzero().squeeze(1)
        ht = h[seen]
        tags = model.scores(ht, ("upos", "happened", *MIDDLE))
        for k, w in (("upos", 0.7), ("xpos", 0.5), ("feats", 0.5), ("lemma", 0.4)):
            loss = F.cross_entropy(tags[k], gold[k][seen], ignore_index=-1, label_smoothing=0.03)
            parts[k] = loss.item()
            total = total + w * loss
        judged = gold["happened"][seen]
        known = ~judged.isnan()
        if known.any():
            loss = F.smooth_l1_loss(tags["happened"].squeeze(1)[known], judged[known])
            parts["happened"] = loss.item()
            total = total + 0.25 * loss
        place, mask = grid(off, trees)
        scores = model.arcs(h, place, mask)
        target = torch.zeros_like(place)
        for k, i in enumerate(trees):
            n = len(sentences[i].words)
            target[k, :n] = torch.tensor(sentences[i].heads)
        loss = F.cross_entropy(scores[mask], target[mask])
        parts["arc"] = loss.item()
        total = total + loss
        rel = model.labels(h, gold["packed"].masked_fill(gold["packed"] < 0, len(h)))[seen]
        loss = F.cross_entropy(rel, gold["rel"][seen], ignore_index=-1, label_smoothing=0.03)
        parts["rel"] = loss.item()
        total = total + loss
    taught = [i for i, s in enumerate(sentences) if s.taught]
    if taught:
        loss = taught_loss(model, h, off, taught, [sentences[i].taught for i in taught])
        parts["taught"] = loss.item()
        total = total + loss
    if gold["weight"].sum() > 0:
        e = model.tags["names"](h)
        hide = gold["nomisc"].unsqueeze(1) & torch.tensor([t.endswith("MISC") for t in NAMES]).unsqueeze(0)
        e = e.masked_fill(hide, -1e4)
        n = sum(len(s.words) for s in sentences if s.names)
        loss = crf_loss(e, model.transitions + model.legal, model.start + model.begin, gold["names"].int(), off, gold["weight"].float()) / n
        parts["names"] = loss.item()
        total = total + 1.5 * loss
    return total, parts


def taught_loss(model, h, off, chosen, taught):
    """How far the student is from the teacher on the chosen sentences."""
    rows = torch.cat([torch.arange(int(off[i]), int(off[i + 1])) for i in chosen])
    join = lambda k, kind=torch.long: torch.from_numpy(np.concatenate([t[k] for t in taught])).to(kind)
    part = join("upos", torch.float)
    tags = model.scores(h[rows], ("upos", *MIDDLE))
    loss = -0.7 * (part * F.log_softmax(tags["upos"], 1)).sum(1).mean()
    for k, w in (("xpos", 0.5), ("feats", 0.5)):  # of lemmas the teacher, which reads small letters only, knows less
        loss = loss + w * F.cross_entropy(tags[k], join(k), label_smoothing=0.03)
    place, mask = grid(off, chosen)
    scores = F.log_softmax(model.arcs(h, place, mask)[mask], 1)
    heads, sure = join("heads").clamp(max=scores.shape[1] - 1), join("sure", torch.float)  # a short sentence has no third head
    loss = loss - (sure * scores.gather(1, heads)).sum(1).mean()
    first = torch.cat([torch.full((int(off[i + 1] - off[i]),), int(off[i])) for i in chosen])
    packed = torch.where(heads[:, 0] == 0, torch.tensor(len(h)), heads[:, 0] - 1 + first)
    relations = F.log_softmax(model.labels(h, packed, rows), 1)
    return loss - (join("rel", torch.float) * relations).sum(1).mean()


@torch.no_grad()
def evaluate(model, maker, dev):
    model.eval()
    out = {}
    for corpus, sentences in dev.items():
        right = collections.Counter()
        order = sorted(range(len(sentences)), key=lambda i: len(sentences[i].words))
        for b in batches([sentences[i] for i in order], 4000):
            feats, off = maker.batch(b, False)
            h = model.hidden(feats, off)
            path = viterbi(model.tags["names"](h), off, model.transitions + model.legal, model.start + model.begin).tolist()
            for i, s in enumerate(b):
                if s.names:
                    got = corpora.spans([NAMES[t] for t in path[off[i]:off[i + 1]]])
                    want = corpora.spans(s.names)
                    right["tp"] += len(got & want)
                    right["got"] += len(got)
                    right["want"] += len(want)
            if not b[0].upos:
                continue
            gold = maker.gold(b)
            for k, scores in model.scores(h, ("upos", *MIDDLE)).items():
                right[k] += int((scores.argmax(1) == gold[k]).sum())
            judged = gold["happened"]
            known = ~judged.isnan()
            guess, judged = model.tags["happened"](h).squeeze(1)[known], judged[known]
            right["judged"] += len(judged)
            right["off"] += float((guess - judged).abs().sum())
            right["not"] += int(((guess < 0) & (judged < 0)).sum())
            right["nots"] += int((guess < 0).sum() + (judged < 0).sum())
            place, mask = grid(off, range(len(b)))
            best = model.arcs(h, place, mask).argmax(2)
            packed = torch.cat([best[i, : len(s.words)] + int(off[i]) - 1 for i, s in enumerate(b)])
            flat = torch.cat([best[i, : len(s.words)] for i, s in enumerate(b)])
            packed = torch.where(flat == 0, torch.tensor(len(h)), packed)
            ok = packed == torch.where(gold["packed"] < 0, torch.tensor(len(h)), gold["packed"])
            rel = model.labels(h, packed).argmax(1)
            right["uas"] += int(ok.sum())
            right["las"] += int((ok & (rel == gold["rel"])).sum())
            right["n"] += len(ok)
        for k in ("upos", "xpos", "feats", "lemma", "uas", "las"):
            if right["n"]:
                out[f"{corpus}.{k}"] = 100 * right[k] / right["n"]
        if right["judged"]:
            out[f"{corpus}.mae"], out[f"{corpus}.not"] = right["off"] / right["judged"], 200 * right["not"] / max(1, right["nots"])
        if right["want"]:
            out[f"{corpus}.ner"] = 200 * right["tp"] / max(1, right["got"] + right["want"])
    model.train()
    return out


def batches(sentences, size):
    out, n = [], 0
    for s in sentences:
        if out and n + len(s.words) > size:
            yield out
            out, n = [], 0
        out.append(s)
        n += len(s.words)
    if out:
        yield out


@torch.no_grad()
def go_on(model, rows, state, classes):
    """Takes over the weights of a checkpoint; words are matched by slot, new words begin as the unknown one, new inputs near zero."""
    assert not classes or all(state["classes"][k] == classes[k].names for k in classes)
    old, word, first = state["model"], "encoder.embedding.word.weight", "encoder.layers.0.weight"
    own = model.state_dict()
    for slot, row in rows.row.items():
        own[word][row] = old[word][state["rows"].get(slot, 0)]
    own[word][0] = old[word][0]
    own[first][: len(old[first])] = old[first]
    own[first][len(old[first]):] *= 0.3
    for k, v in old.items():
        if k not in (word, first):
            own[k].copy_(v)


def main():
    args = arguments()
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    trees, names, dev = load(args.tweets)
    if args.limit:
        trees, names = trees[: args.limit], names[: args.limit // 4]
    classes = {
        k: Classes(collections.Counter(v for s in trees for v in getattr(s, a)), least)
        for k, a, least in (("upos", "upos", 1), ("xpos", "xpos", 1), ("feats", "feats", 2), ("rel", "rels", 2))
    }
    classes["lemma"] = Classes(collections.Counter(corpora.script(w, m) for s in trees for w, m in zip(s.words, s.lemmas)), 4)
    sizes = {k: len(c.names) for k, c in classes.items()} | {"names": len(NAMES)}
    taught = [s for path in args.labelled for s in labelled(path, classes)]
    train = [s for s in trees + (taught or names) if len(s.words) <= 160]
    start = torch.load(args.start, map_location="cpu") if args.start else None
    rows = Rows(collections.Counter(word_features(w)[0] for s in train for w in s.words), known=start["rows"] if start else ())
    given, values = vectors.load(args.vectors) if args.vectors else (None, None)
    model = Model(args, len(rows), sizes, values if values is None else torch.from_numpy(values))
    maker = Maker(rows, classes, args.seed, gazetteer.table() if args.gazetteer else None, given)
    if start:
        go_on(model, rows, start, classes)
    tokens = sum(len(s.words) for s in train)
    log = open(args.out / "log.txt", "a")

    def say(text):
        print(text, flush=True)
        log.write(text + "\n")
        log.flush()

    say(f"{len(trees)} trees, {len(names)} name sentences, {len(taught)} taught sentences, {tokens} tokens, {len(rows)} rows, classes {sizes}, "
        f"{sum(p.numel() for p in model.parameters())} parameters")
    decay = [p for n, p in model.named_parameters() if p.dim() > 1 and "embedding" not in n]
    rest = [p for n, p in model.named_parameters() if not (p.dim() > 1 and "embedding" not in n)]
    opt = torch.optim.AdamW([{"params": decay, "weight_decay": 0.02}, {"params": rest, "weight_decay": 0.0}], lr=args.rate, betas=(0.9, 0.98), eps=1e-8)
    average = Average(model, 0.998)
    total = int(args.epochs * tokens / args.batch)
    rng, best, epoch = random.Random(args.seed), 0.0, 0
    steps = Steps(opt, average, lambda group: step_loss(model, maker, group), args.rate, total, 200, say, 100)
    model.train()
    while not steps.done() and (not args.stop or epoch < args.stop):
        order = sorted(train, key=lambda s: len(s.words) * (1 + 0.2 * rng.random()))
        groups = list(batches(order, args.batch))
        rng.shuffle(groups)
        steps.run(groups)
        epoch += 1
        average.swap()
        if epoch % 2 == 0 or steps.done():
            figures = evaluate(model, maker, dev)
            say(f"epoch {epoch} " + " ".join(f"{k} {v:.2f}" for k, v in figures.items()))
            goal = sum(figures[k] for k in ("ewt.las", "gum.las", "ewt.upos", "gum.upos")) + 0.5 * (figures["ewt.ner"] + figures["gum.ner"])
        else:
            figures, goal = {}, 0
        state = {"model": model.state_dict(), "args": vars(args), "rows": rows.row, "slots": rows.slots, "classes": {k: c.names for k, c in classes.items()}, "figures": figures, "epoch": epoch, "hints": maker.hints,
                 "given": given and given.hashes}
        torch.save(state, args.out / "last.pt")
        if goal > best:
            best = goal
            torch.save(state, args.out / "best.pt")
        average.swap()


if __name__ == "__main__":
    main()
