"""Trains the model of acts: cues and triggers, what they are, and who and what belongs to them.

    python3 training/acts.py --gold G.jsonl ... --layers L.jsonl ... --out RUN [--encoder run/minilm] [--fold K/N]

G.jsonl comes from `corpus.py json`, L.jsonl and L.states from `cargo xtask acts`. Without --encoder two light recurrences
read the syntax model's states; with it MiniLM reads the words, all its layers open.
"""
import argparse
import collections
import json
import pathlib
import random
import shutil

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from attribution import runs
from features import word_features
from kernels import crf_loss, viterbi
from layers import Average, Sru, Steps
from syntax import batches
from teacher import Bert, Pieces, piece_rows

STATUS = "ruled_out declined not_ruled_out under_discussion proposed requested offered supported opposed agreed_in_principle announced agreed signed authorized allocated under_way in_force delivered delayed reduced withheld suspended withdrawn broken superseded expired".split()
KIND = "aid deployment guarantee agreement authorization sale sanction ceasefire policy payment other".split()
TYPE = "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT".split()
CERT = "certain probable possible unknown".split()
PHASE = ["done", "planned", "ongoing", "prevented", "hypothetical"]
BASIS = ["reporter", "told", "implicit"]
# what an act's words say of it: commitments, events
SAID = [{"status": STATUS, "kind": KIND, "polarity": ["positive", "negative"], "certainty": CERT, "basis": BASIS},
        {"type": TYPE, "phase": PHASE, "polarity": ["positive", "negative"], "certainty": CERT, "basis": BASIS}]
HEADS = ["by", "to", "actor", "recipient", "source", "due", "since", "amount"]  # roles by the head of their words
POINTED = ["by", "to", "actor", "recipient", "source"]  # roles of whom one is pointed at, or nobody; more are found beside the first
SPANS = ["object", "condition", "part_of"]  # roles by all their words
COLUMNS = [17, 48, 5, 8, 12, 27, 12, 18, 7, 18, 49]
WIDTHS = [16, 24, 8, 12, 12, 16, 12, 16, 8, 8, 16]
WORD_SLOTS = 1 << 17
GROUPS = {}
for i, names in enumerate(["nsubj csubj", "nsubj:pass csubj:pass", "obj", "iobj", "obl", "nmod", "xcomp ccomp", "advcl", "conj", "amod compound flat det nummod", "appos", "acl", "parataxis"]):
    for n in names.split():
        GROUPS[n] = i
G = 14
PATHS = 3 * G + 3 * G + 2 * G + 4
FAR = 64
BIG = -1e4
RELATIONS = ("acl acl:relcl advcl advcl:relcl advmod amod appos aux aux:pass case cc cc:preconj ccomp compound compound:prt conj cop csubj csubj:pass dep det "
             "det:predet discourse dislocated expl fixed flat goeswith iobj list mark nmod nmod:desc nmod:poss nmod:unmarked nsubj nsubj:outer nsubj:pass nummod obj obl "
             "obl:agent obl:unmarked orphan parataxis punct root").split()


def one_hot(n, i):
    out = np.zeros(n, dtype=np.float32)
    out[i] = 1
    return out


def group(relation):
    """Which group of relations a row's relation number falls in."""
    if not relation:
        return G - 1
    name = RELATIONS[relation - 1]
    return GROUPS.get(name, GROUPS.get(name.split(":")[0], G - 1))


class Passage:
    def __init__(self, layers, states, gold):
        self.id, self.text, self.record = layers["id"], gold["text"], layers["record"]
        self.gold, self.real = gold, gold.get("kind", "").startswith("real")
        self.tokens = layers["tokens"]
        self.n = len(self.tokens)
        self.rows = np.array(layers["rows"], dtype=np.int64).reshape(self.n, len(COLUMNS))
        self.heads = layers["heads"]
        self.states = states
        self.words = [self.text[a:b] for a, b in self.tokens]
        self.hashes = np.array([word_features(w)[0] & (WORD_SLOTS - 1) for w in self.words], dtype=np.int64)
        self.sentence = np.zeros(self.n, dtype=np.int64)
        for end in layers["sentences"]:
            self.sentence[end:] += 1
        self.mentions, self.times, self.amounts = layers["mentions"], layers["times"], layers["amounts"]
        self.begins = [a for a, _ in self.tokens]
        self.acts = [self.commitments(), self.events()]
        self.soft = None  # of what a teacher read: how probable it held each tag of each token, of cues and of triggers

    # ---- gold by token
    def span(self, s):
        """First and last token of code points."""
        lo = int(np.searchsorted(self.begins, s["start"], "right")) - 1
        hi = int(np.searchsorted(self.begins, s["end"], "left"))
        lo = max(lo, 0)
        if self.tokens[lo][1] <= s["start"]:
            lo += 1
        lo = min(lo, self.n - 1)  # words in a part of the text that is not read
        return lo, min(max(hi, lo + 1), self.n)

    def head(self, a, b):
        for t in range(a, min(b, self.n)):
            if not a <= self.heads[t] < b:
                return t
        return min(a, self.n - 1)

    def parties(self, parties, near):
        """(heads that must be found, those of the same party, those that may be): words, or for a state alone its nearest mention."""
        must, equal, may = set(), set(), set()
        for p in parties:
            own = None
            if "span" in p:
                own = self.head(*self.span(p["span"]))
                must.add(own)
            for e, (a, b), country, kind in self.mentions:
                h = self.head(a, b)
                same = "country" in p and country == p["country"] and kind in ("state", "person", "organization")
                if own is not None and any(e == e2 and a2 <= own < b2 for e2, (a2, b2), _, _ in self.mentions) or same and kind == "state":
                    equal.add(h)
                elif same:
                    may.add(h)
            if own is None:
                all_ = [h for h in equal | may]
                here = [h for h in all_ if self.sentence[h] == self.sentence[near]] or all_
                if here:
                    must.add(min(here, key=lambda h: abs(h - near)))
        return must, equal - must, may - must - equal

    def arrays(self, roles, spans, near):
        heads = np.zeros((self.n, len(HEADS) + len(POINTED)), dtype=np.float32)
        for r, parties in roles.items():
            must, equal, may = self.parties(parties, near)
            i = HEADS.index(r)
            heads[list(may), i] = -1
            heads[list(equal), i] = -2
            heads[list(must), i] = 1
        heads[:, len(HEADS):] = heads[:, [HEADS.index(r) for r in POINTED]]
        tags = np.zeros((self.n, len(SPANS)), dtype=np.int64)
        for r, ss in spans.items():
            for a, b in ss:
                tags[a:b, SPANS.index(r)] = 2
                tags[a, SPANS.index(r)] = 1
        return heads, tags

    def commitments(self):
        by_cue = collections.OrderedDict()
        for c in self.gold.get("commitments", []):
            by_cue.setdefault(self.span(c["cue"]), []).append(c)
        out = []
        for (a, b), cs in by_cue.items():
            roles = {k: [p for c in cs for p in c[k]] for k in ("by", "to")}
            roles["source"] = [p for c in cs for p in (c.get("basis") or [])]
            spans = {"object": [self.span(c["object"]) for c in cs]}
            spans["condition"] = [self.span(c["if"]) for c in cs if "if" in c]
            spans["part_of"] = [self.span(c["of"]) for c in cs if "of" in c]
            heads, tags = self.arrays(roles, spans, a)
            for c in cs:
                for k in ("due", "since"):
                    if k in c:
                        for (x, y), value in self.times:
                            if value and (value.startswith(c[k]) or c[k].strip('"') == " ".join(self.words[x:y])):
                                heads[self.head(x, y), HEADS.index(k)] = 1
                if "amount" in c:
                    for (x, y), value, currency, unit in self.amounts:
                        if float(value) == float(c["amount"]["value"]) and currency == c["amount"].get("currency"):
                            heads[self.head(x, y), HEADS.index("amount")] = 1
            said = []
            for c in cs:
                basis = "reporter" if c.get("basis") is None else "told" if c["basis"] else "implicit"
                values = [STATUS.index(c["status"]), KIND.index(c["kind"]), int(c.get("polarity") == "negative"), CERT.index(c.get("certainty", "certain")), BASIS.index(basis)]
                said.append((self.span(c["object"]), [one_hot(len(v), i) for v, i in zip(SAID[0].values(), values)]))
            out.append(((a, b), said, heads, tags))
        return out

    def events(self):
        by = collections.OrderedDict()
        for e in self.gold.get("events", []):
            if "trigger" not in e:
                continue  # a sentence of PLV: the type is known, the words are not
            by.setdefault(self.span(e["trigger"]), e)
        out = []
        for (a, b), e in by.items():
            roles = {"actor": e["actors"], "recipient": e["recipients"], "source": e.get("basis") or []}
            heads, tags = self.arrays(roles, {}, a)
            basis = "reporter" if e.get("basis") is None else "told" if e["basis"] else "implicit"
            values = [TYPE.index(e["type"]), PHASE.index(e.get("phase", "done")), int(e.get("polarity") == "negative"), CERT.index(e.get("certainty", "certain")), BASIS.index(basis)]
            said = [((a, b), [one_hot(len(v), i) for v, i in zip(SAID[1].values(), values)])]
            out.append(((a, b), said, heads, tags))
        return out

    def tags(self, part):
        """Begin 1, inside 2, of cues or triggers; where two overlap the shorter one stands."""
        t = np.zeros(self.n, dtype=np.int32)
        for (a, b), *_ in sorted(self.acts[part], key=lambda x: -(x[0][1] - x[0][0])):
            t[a:b] = 2
            t[a] = 1
            if b < self.n and t[b] == 2:
                t[b] = 1
        return t

    def paths(self, a, b):
        """For each token how it hangs on an act, a number below PATHS."""
        act = self.head(a, b)
        out = np.full(self.n, PATHS - 2, dtype=np.int64)
        out[self.sentence < self.sentence[act]] = PATHS - 4
        out[self.sentence > self.sentence[act]] = PATHS - 3
        up, t = [], act
        while t >= 0 and len(up) < 5:
            up.append(t)
            t = self.heads[t]
        for t in np.nonzero(self.sentence == self.sentence[act])[0]:
            if a <= t < b:
                out[t] = PATHS - 1
                continue
            x, steps, last = int(t), 0, int(t)
            while x >= 0 and x not in up and steps < 12:
                last, x, steps = x, self.heads[x], steps + 1
            if x not in up:
                continue
            at = up.index(x)
            if at == 0:
                out[t] = min(steps, 3) * G - G + group(self.rows[last][1])
            elif steps == 0:
                out[t] = 3 * G + (min(at, 3) - 1) * G + group(self.rows[up[at - 1]][1])
            elif at <= 2:
                out[t] = 6 * G + (at - 1) * G + group(self.rows[last][1])
        return out

    def far(self, a, b):
        t = np.arange(self.n)
        d = np.where(t < a, t - a, np.where(t >= b, t - b + 1, 0))
        m = np.abs(d)
        big = 8 + 4 * np.log2(np.maximum(m, 8) / 8)
        k = np.where(m <= 8, m, np.minimum(big.astype(int), 31))
        return np.where(d < 0, 63 - k, k)


def read(gold, layers):
    known = {}
    for path in gold:
        for line in open(path, encoding="utf-8"):
            g = json.loads(line)
            known[g["id"]] = g
    out = []
    for path in layers:
        raw = np.memmap(pathlib.Path(path).with_suffix(".states"), dtype=np.float16, mode="r")
        at = 0
        for line in open(path, encoding="utf-8"):
            x = json.loads(line)
            n, w = len(x["tokens"]), x["width"]
            states = raw[at:at + n * w].reshape(n, -1) if n else None
            at += n * w
            if n and x["same"] and x["id"] in known:
                out.append(Passage(x, states, known[x["id"]]))
    return out


class Light(nn.Module):
    """The syntax model's states, the word and the columns, through light recurrences."""

    def __init__(self, args, below, rows):
        super().__init__()
        self.word = nn.Embedding(rows, args.word)
        nn.init.normal_(self.word.weight, 0, 0.3)
        sizes = [below + args.word + sum(WIDTHS)] + [2 * args.hidden] * (args.layers - 1)
        self.layers = nn.ModuleList(Sru(n, args.hidden) for n in sizes)
        self.drop_in, self.drop, self.wide = nn.Dropout(args.drop_in), nn.Dropout(args.drop), 2 * args.hidden

    def forward(self, words, columns, states, off):
        x = self.drop_in(torch.cat([states, self.word(words), columns], 1))
        for layer in self.layers:
            x = self.drop(layer(x, off))
        return x


def is_mpnet(folder):
    return "mpnet" in (folder / "config.json").read_text()


class Pretrained(nn.Module):
    def __init__(self, args, below, rows):
        super().__init__()
        if is_mpnet(args.encoder):
            from mpnet import MPNet

            self.bert, own = MPNet(args.encoder), 768
        else:
            self.bert, own = Bert(args.encoder), 384
        self.bert.blocks = self.bert.blocks[: args.blocks]
        for layer in [self.bert.places, self.bert.norm, *self.bert.blocks][: args.frozen]:
            layer.requires_grad_(False)
        self.word = nn.Embedding(rows, args.word)
        nn.init.normal_(self.word.weight, 0, 0.3)
        self.mix = Sru(own + below + args.word + sum(WIDTHS), args.hidden)
        self.drop_in, self.drop, self.wide = nn.Dropout(0.1), nn.Dropout(args.drop), 2 * args.hidden

    def forward(self, words, columns, states, off, pieces):
        ids, mask, cells, owner, counts = pieces
        with torch.autocast("cpu", dtype=torch.bfloat16):  # five times as fast where the machine multiplies them
            x = self.bert(ids, mask)
        x = x.float().reshape(-1, x.shape[2])[cells]
        x = torch.zeros(len(counts), x.shape[1]).index_add(0, owner, x) / counts.unsqueeze(1)
        below = F.dropout(torch.cat([states, self.word(words)], 1), 0.3, self.training)
        return self.drop(self.mix(torch.cat([self.drop_in(x), below, columns], 1), off))


class Model(nn.Module):
    def __init__(self, args, below, rows):
        super().__init__()
        self.columns = nn.ModuleList(nn.Embedding(n, w) for n, w in zip(COLUMNS, WIDTHS))
        self.encoder = (Pretrained if args.encoder else Light)(args, below, rows)
        wide, d = self.encoder.wide, args.pair
        self.found = nn.Linear(wide, 6)
        self.transitions, self.start = nn.Parameter(torch.zeros(2, 3, 3)), nn.Parameter(torch.zeros(2, 3))
        self.token = nn.Linear(wide, 2 * d)
        self.act = nn.ModuleList(nn.Linear(3 * wide, 2 * d) for _ in range(2))
        self.far, self.path = nn.Embedding(FAR, d), nn.Embedding(PATHS, d)
        nn.init.normal_(self.far.weight, 0, 0.1)
        nn.init.normal_(self.path.weight, 0, 0.1)
        self.roles = nn.Linear(2 * d, len(HEADS) + 3 * len(SPANS) + len(POINTED))
        self.nobody = nn.ModuleList(nn.Linear(3 * wide, len(POINTED)) for _ in range(2))
        self.deep = nn.ModuleList(nn.Linear(6 * wide, args.said) for _ in range(2))
        self.said = nn.ModuleList(nn.Linear(args.said, sum(map(len, s.values()))) for s in SAID)
        self.drop = nn.Dropout(args.drop)
        legal, begin = torch.zeros(3, 3), torch.zeros(3)
        legal[0, 2] = begin[2] = BIG
        self.register_buffer("legal", legal)
        self.register_buffer("begin", begin)

    def hidden(self, feats, off):
        columns = torch.cat([e(feats["rows"][:, i]) for i, e in enumerate(self.columns)], 1)
        pieces = [feats["pieces"]] if "pieces" in feats else []
        return self.encoder(feats["words"], columns, feats["states"], off, *pieces)

    def spans(self, h, spans):
        """First, last and mean state of spans of rows."""
        first = h[[a for a, _ in spans]]
        last = h[[b - 1 for _, b in spans]]
        cum = torch.cat([torch.zeros(1, h.shape[1]), h.cumsum(0)])
        n = torch.tensor([[b - a] for a, b in spans], dtype=torch.float)
        mean = (cum[[b for _, b in spans]] - cum[[a for a, _ in spans]]) / n
        return torch.cat([first, last, mean], 1)

    def pairs(self, part, act, tokens, owner, far, path):
        """Scores of roles between acts and tokens: rows of `tokens` for the act of `owner`."""
        a = self.act[part](act)[owner]
        d = a.shape[1] // 2
        x = F.leaky_relu(a[:, :d] + tokens[:, :d] + self.far(far) + self.path(path), 0.1)
        return self.roles(self.drop(torch.cat([x, a[:, d:] * tokens[:, d:]], 1)))

    def say(self, part, act, object):
        return self.said[part](self.drop(F.leaky_relu(self.deep[part](torch.cat([act, object], 1)), 0.1)))


class Maker:
    def __init__(self, table, hide, seed, pieces=None):
        self.table, self.hide, self.random, self.pieces = table, hide, np.random.default_rng(seed), pieces

    def batch(self, some, train):
        off = torch.tensor(np.cumsum([0] + [p.n for p in some]), dtype=torch.int32)
        rows = np.concatenate([p.rows for p in some])
        if train:  # what rules and lists say is sometimes withheld, so that the words learn to stand alone
            rows = rows.copy()
            for c in (5, 6, 7):
                rows[self.random.random(len(rows)) < 0.2, c] = 0
        feats = {"rows": torch.from_numpy(rows)}
        if self.pieces:
            feats["pieces"] = piece_rows(self.pieces, [p.words for p in some])
            if train:  # what stands around a word must do for it now and then
                ids, cells = feats["pieces"][0], feats["pieces"][2]
                ids.view(-1)[cells[torch.from_numpy(self.random.random(len(cells)) < 0.06)]] = self.pieces.unknown
        words = self.table[np.concatenate([p.hashes for p in some])]
        if train:
            words = np.where(self.random.random(len(words)) < self.hide[words], 0, words)
        feats["words"] = torch.from_numpy(words)
        feats["states"] = torch.from_numpy(np.concatenate([p.states for p in some])).float()
        return feats, off


def shares(s, none, owner):
    """Log probabilities that an act's role points at each token, and at none: softmax over an act's tokens and nobody."""
    n, k = none.shape
    top = none.clone().scatter_reduce(0, owner.unsqueeze(1).expand(-1, k), s, "amax").detach()
    z = (none - top).exp() + torch.zeros(n, k).index_add(0, owner, (s - top[owner]).exp())
    z = z.log() + top
    return s - z[owner], none - z


def pointed(s, none, gold, owner, roles):
    """Loss of pointing at any mention of any party that plays a role; gold above 0 is a probability, -2 another mention, -1 is left out."""
    loss = 0.0
    for r in roles:
        g = gold[:, len(HEADS) + r]
        x, nobody = shares(torch.where(g == -1, BIG, s[:, r]).unsqueeze(1), none[:, r:r + 1], owner)
        n = len(none)
        most = torch.zeros(n).scatter_reduce(0, owner, g.clamp(min=0), "amax")
        # other mentions count as the party where a party is known
        weight = torch.where(g == -2, 1.0, g.clamp(min=0))
        right = torch.zeros(n).index_add(0, owner, weight * x[:, 0].exp()) + (1 - most) * nobody[:, 0].exp()
        loss = loss - (right + 1e-6).log().mean()
    return loss


def step_loss(model, maker, some):
    feats, off = maker.batch(some, True)
    h = model.hidden(feats, off)
    e, n, total, parts = model.found(h), len(h), 0.0, {}
    for part in (0, 1):
        tags = torch.from_numpy(np.concatenate([p.tags(part) for p in some]))
        own = e[:, 3 * part:3 * part + 3]
        loss = crf_loss(own, model.transitions[part] + model.legal, model.start[part] + model.begin, tags, off, torch.ones(len(some))) / n
        for o, p in zip(off.tolist(), some):
            if p.soft:  # the gradient of each tag is then its own probability less the teacher's
                hard = F.one_hot(tags[o:o + p.n].long(), 3)
                loss = loss + ((hard - torch.from_numpy(p.soft[part]).float()) * own[o:o + p.n]).sum() / n
        total, parts["cue trigger".split()[part]] = total + 8 * loss, loss.item()
        acts = [(p, int(off[k]), act) for k, p in enumerate(some) for act in p.acts[part]]
        if not acts:
            continue
        vec = model.spans(h, [(o + a[0][0], o + a[0][1]) for _, o, a in acts])
        owner = torch.cat([torch.full((p.n,), i) for i, (p, _, _) in enumerate(acts)])
        at = torch.cat([torch.arange(o, o + p.n) for p, o, _ in acts])
        far = torch.from_numpy(np.concatenate([p.far(*a[0]) for p, _, a in acts]))
        path = torch.from_numpy(np.concatenate([p.paths(*a[0]) for p, _, a in acts]))
        scores = model.pairs(part, vec, model.token(h)[at], owner, far, path)
        gold = torch.from_numpy(np.concatenate([a[2] for _, _, a in acts])).float()
        roles = [0, 1, 4, 5, 6, 7] if part == 0 else [2, 3, 4]
        s, g = scores[:, roles], gold[:, roles]
        loss = (F.binary_cross_entropy_with_logits(s, g.clamp(min=0), reduction="none") * (g >= 0)).sum() / len(acts)
        total, parts[f"roles{part}"] = total + 0.5 * loss, loss.item()
        loss = pointed(scores[:, -len(POINTED):], model.nobody[part](vec), gold, owner, [0, 1, 4] if part == 0 else [2, 3, 4])
        total, parts[f"pointed{part}"] = total + 0.5 * loss, loss.item()
        if part == 0:
            tags = torch.from_numpy(np.concatenate([a[3] for _, _, a in acts])).long()
            k = len(HEADS)
            loss = sum(F.cross_entropy(scores[:, k + 3 * r:k + 3 * r + 3], tags[:, r], reduction="sum") for r in range(len(SPANS))) / len(acts)
            total, parts["spans"] = total + 0.15 * loss, loss.item()
        said = [(i, o, s) for i, (_, o, a) in enumerate(acts) for s in a[1]]
        obj = model.spans(h, [(o + s[0][0], o + s[0][1]) for _, o, s in said])
        out = model.say(part, vec[[i for i, _, _ in said]], obj)
        at, loss = 0, 0.0
        for j, values in enumerate(SAID[part].values()):
            loss = loss + F.cross_entropy(out[:, at:at + len(values)], torch.from_numpy(np.stack([s[1][j] for _, _, s in said])))
            at += len(values)
        total, parts[f"said{part}"] = total + 0.5 * loss, loss.item()
    return total, parts


@torch.no_grad()
def predict(model, maker, passages, bias=(0.0, 0.0), most=2500, soft=None):
    """Acts of each passage by token: [(part, span, said, heads, spans)]; into `soft` how probable each tag of each token is."""
    model.eval()
    out = {}
    for some in batches(passages, most):
        feats, off = maker.batch(some, False)
        h = model.hidden(feats, off)
        e, tok = model.found(h).clone(), model.token(h)
        for k, p in enumerate(some):
            out[p.id] = []
        for part in (0, 1):
            if soft is not None:
                tags = marginals(model, part, e[:, 3 * part:3 * part + 3], off)
                for o, p in zip(off.tolist(), some):
                    soft.setdefault(p.id, []).append(tags[o:o + p.n])
            e[:, 3 * part] -= bias[part]
            tags = viterbi(e[:, 3 * part:3 * part + 3], off, model.transitions[part] + model.legal, model.start[part] + model.begin).tolist()
            for k, p in enumerate(some):
                o = int(off[k])
                for a, b in runs(tags[o:o + p.n]):
                    vec = model.spans(h, [(o + a, o + b)])
                    scores = model.pairs(part, vec, tok[o:o + p.n], torch.zeros(p.n, dtype=torch.long), torch.from_numpy(p.far(a, b)), torch.from_numpy(p.paths(a, b)))
                    x, _ = shares(scores[:, -len(POINTED):], model.nobody[part](vec), torch.zeros(p.n, dtype=torch.long))
                    heads = torch.cat([torch.sigmoid(scores[:, :len(HEADS)]), x.exp()], 1).numpy()
                    spans = {}
                    if part == 0:
                        for r, name in enumerate(SPANS):
                            s = scores[:, len(HEADS) + 3 * r:len(HEADS) + 3 * r + 3]
                            spans[name] = best_span(s.numpy(), name == "object")
                    said = []
                    for x, y in spans.get("object", [(a, b)]):
                        s = model.say(part, vec, model.spans(h, [(o + x, o + y)]))[0]
                        at, got = 0, {}
                        for name, values in SAID[part].items():
                            got[name] = F.softmax(s[at:at + len(values)], 0).numpy()
                            at += len(values)
                        said.append(((x, y), got))
                    out[p.id].append((part, (a, b), said, heads, spans))
    model.train()
    return out


def marginals(model, part, e, off):
    """How probable each tag of each token is: the chain's gradient and the tags that it was asked for."""
    with torch.enable_grad():
        e = e.clone().requires_grad_(True)
        none = torch.zeros(len(e), dtype=torch.int32)
        chain = (model.transitions[part] + model.legal).detach(), (model.start[part] + model.begin).detach()
        crf_loss(e, *chain, none, off, torch.ones(len(off) - 1)).backward()
    return (e.grad + F.one_hot(none.long(), 3)).clamp(0, 1).numpy().astype(np.float16)


def best_span(s, must):
    """The run of words that is most probably one span, as [(first, end)]; none where no run is more probable than not, unless one must be found."""
    total = np.concatenate([[0], np.cumsum(np.maximum(s[:, 1], s[:, 2]) - s[:, 0])])
    best, low = (-np.inf, 0, 1), 0
    for end in range(1, len(total)):
        best = max(best, (total[end] - total[low], low, end), key=lambda x: x[0])
        if total[end] < total[low]:
            low = end
    return [best[1:]] if must or best[0] > 0 else []


def pieces_of(folder):
    from mpnet import MPNetPieces

    return (MPNetPieces if is_mpnet(folder) else Pieces)(folder)


class Words:
    """Rows for the words met at least twice."""

    @classmethod
    def restore(cls, rows):
        this = cls([])
        this.row = rows
        for h, r in rows.items():
            this.table[h] = r
        this.hide = np.zeros(len(rows) + 1)
        return this

    def __init__(self, passages):
        counts = collections.Counter(int(h) for p in passages for h in p.hashes)
        self.row = {h: i + 1 for i, (h, c) in enumerate(sorted(counts.items())) if c >= 2}
        self.row = {h: i + 1 for i, h in enumerate(self.row)}
        self.table = np.zeros(WORD_SLOTS, dtype=np.int64)
        by_row = np.ones(len(self.row) + 1)
        for h, r in self.row.items():
            self.table[h], by_row[r] = r, counts[h]
        self.hide = 0.3 / (0.3 + by_row) + 0.03
        self.slots = WORD_SLOTS


def arguments():
    a = argparse.ArgumentParser()
    a.add_argument("--gold", nargs="+", required=True)
    a.add_argument("--layers", nargs="+", required=True)
    a.add_argument("--dev-gold", nargs="*", default=[])
    a.add_argument("--dev-layers", nargs="*", default=[])
    a.add_argument("--encoder", type=pathlib.Path)
    a.add_argument("--out", type=pathlib.Path, required=True)
    a.add_argument("--pseudo", nargs="*", default=[], help="triples TEXTS LAYERS ACTS of what a teacher read, once through a training")
    a.add_argument("--start", type=pathlib.Path, help="a checkpoint to go on from, with a fresh learning rate")
    a.add_argument("--fold", default="")
    a.add_argument("--epochs", type=float, default=20)
    a.add_argument("--blocks", type=int, default=99, help="of the pretrained encoder")
    a.add_argument("--frozen", type=int, default=0, help="parts of the pretrained encoder that stay: places, norm, blocks")
    a.add_argument("--hidden", type=int, default=144)
    a.add_argument("--layers-n", dest="layers_n", type=int, default=2)
    a.add_argument("--word", type=int, default=48)
    a.add_argument("--pair", type=int, default=96)
    a.add_argument("--said", type=int, default=128)
    a.add_argument("--drop", type=float, default=0.33)
    a.add_argument("--drop-in", dest="drop_in", type=float, default=0.3)
    a.add_argument("--batch", type=int, default=1500)
    a.add_argument("--rate", type=float, default=2e-3)
    a.add_argument("--slow", type=float, default=12, help="the encoder's rate is this many times smaller")
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--threads", type=int, default=1)
    a.add_argument("--every", type=int, default=4, help="epochs between scorings")
    return a.parse_args()


def main():
    args = arguments()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    train, dev = read(args.gold, args.layers), read(args.dev_gold, args.dev_layers)
    if args.fold:
        k, n = map(int, args.fold.split("/"))
        order = sorted(train, key=lambda p: __import__("zlib").crc32(p.id.encode()))
        dev = [p for i, p in enumerate(order) if i % n == k]
        train = [p for i, p in enumerate(order) if i % n != k]
    log = open(args.out / "log.txt", "a")

    def say(text):
        print(text, flush=True)
        log.write(text + "\n")
        log.flush()

    raw, gold = [], {p.text for p in train + dev}
    for texts, layers, acts in zip(args.pseudo[::3], args.pseudo[1::3], args.pseudo[2::3]):
        import pickle

        acts = pickle.load(open(acts, "rb"))
        for p in {p.id: p for p in read([texts], [layers])}.values():
            if p.id in acts and p.text not in gold:
                p.acts, p.soft = acts[p.id]
                raw.append(p)
    start = torch.load(args.start, map_location="cpu", weights_only=False) if args.start else None
    words = Words.restore(start["rows"]) if start else Words(train + raw)
    if start:
        words.hide = words.hide + 0.05
    n_layers, args.layers = args.layers_n, args.layers_n
    model = Model(args, train[0].states.shape[1], len(words.row) + 1)
    if start:
        own = model.state_dict()
        for name, w in start["model"].items():  # heads may have been added since
            own[name][tuple(map(slice, w.shape))] = w
        model.load_state_dict(own)
    pieces = None
    if args.encoder:
        pieces = pieces_of(args.encoder)
    maker = Maker(words.table, words.hide, args.seed, pieces)
    tokens = sum(p.n for p in train)
    share = sum(p.n for p in raw) / max(1, args.epochs)  # of the raw news in each epoch: all of it once
    tokens += share
    say(f"{len(train)} passages and {len(raw)} of raw news, {len(dev)} to score, {tokens:.0f} tokens, {sum(p.numel() for p in model.parameters() if p.requires_grad)} parameters")
    own = [p for n, p in model.named_parameters() if n.startswith("encoder.bert") and p.requires_grad]
    mine = {id(p) for p in own}
    rest = [p for n, p in model.named_parameters() if not n.startswith("encoder.bert")]
    groups = [{"params": rest, "weight_decay": 0.01}]
    if own:
        groups.append({"params": own, "weight_decay": 0.01, "k": 1 / args.slow})
    opt = torch.optim.AdamW(groups, lr=args.rate, betas=(0.9, 0.98))
    average = Average(model, 0.99 if args.encoder else 0.995)
    total = int(args.epochs * tokens / (args.batch * 0.93))
    rng, epoch, raw_left = random.Random(args.seed), 0, []
    steps = Steps(opt, average, lambda g: step_loss(model, maker, g), args.rate, total, min(100, total // 10), say, 100)
    model.train()
    while not steps.done():
        if not raw_left:
            raw_left = list(raw)
            rng.shuffle(raw_left)
        some, n = list(train), 0
        while raw_left and n < share:
            some.append(raw_left.pop())
            n += some[-1].n
        order = sorted(some, key=lambda p: p.n * (1 + 0.2 * rng.random()))
        gs = list(batches(order, args.batch))
        rng.shuffle(gs)
        steps.run(gs)
        epoch += 1
        if epoch % args.every == 0 or steps.done():
            average.swap()
            torch.save({"model": model.state_dict(), "args": vars(args), "rows": words.row, "slots": words.slots, "epoch": epoch, "below": train[0].states.shape[1]}, args.out / "last.pt")
            shutil.copy(args.out / "last.pt", args.out / f"epoch-{epoch}.pt")
            if dev:
                import acts_record

                acts_record.score(dev, predict(model, maker, dev), lambda t: say(f"epoch {epoch} {t}"))
            average.swap()


if __name__ == "__main__":
    main()
