"""Train the trees that tell an article's blocks from the web page around them.

usage: articles.py ROWS.jsonl GOLD.jsonl SCORER.py [--write MODELS_DIR]

ROWS.jsonl: what `cargo xtask blocks` prints: the names of the numbers, then one page a line.
GOLD.jsonl: pages with their article (`body`, `optional`); SCORER.py: the measure.
Five folds by web domain: no domain is in training and test at once, and the figure of the model
card is that one. Needs: numpy, lightgbm.
"""
import argparse
import collections
import importlib.util
import json
import pathlib
import re

import lightgbm as lgb
import numpy as np

FOLDS = 5
ROUNDS = 300
SEEDS = (1, 2, 3)
PARAMS = dict(objective="binary", num_leaves=7, learning_rate=0.06, min_child_samples=30, feature_fraction=0.4,
              bagging_fraction=0.7, bagging_freq=1, lambda_l2=5.0, deterministic=True, force_row_wise=True,
              verbosity=-1, num_threads=1)
# What tells one site from another more than a block from its page.
LEFT_OUT = re.compile("page_.*|body_size|at_words|depth")


def labels(tokens, gold, optional, n=4):
    """For each block the share of it that is gold, and whether it is optional text."""
    at = collections.defaultdict(list)
    for i in range(len(gold) - n + 1):
        at[tuple(gold[i:i + n])].append(i)
    extra = {tuple(optional[i:i + n]) for i in range(len(optional) - n + 1)}
    candidates = []
    for k, t in enumerate(tokens):
        if len(t) < n:
            continue
        grams = [tuple(t[i:i + n]) for i in range(len(t) - n + 1)]
        share = sum(g in at for g in grams) / len(grams)
        if share < 0.4:
            continue
        starts = collections.Counter(p - i for i, g in enumerate(grams) for p in at.get(g, ()))
        start = max(starts, key=lambda s: (starts[s], -s))
        candidates.append((k, share, start, start + len(t)))
    # The heaviest chain of blocks whose places in the gold go up.
    best = []
    for j, (k, share, s, e) in enumerate(candidates):
        weight, back = 0, None
        for i in range(j):
            if candidates[i][3] <= s + 3 and best[i][0] > weight:
                weight, back = best[i][0], i
        best.append((weight + (e - s) * share, back))
    share_of = np.zeros(len(tokens))
    covered = np.zeros(len(gold) + 1, bool)
    place = {}
    j = max(range(len(best)), key=lambda j: best[j][0]) if best else None
    while j is not None:
        k, share, s, e = candidates[j]
        share_of[k], place[k] = share, (s, e)
        covered[max(s, 0):e] = True
        j = best[j][1]
    for k, share, s, e in candidates:
        if k not in place and covered[max(s, 0):e].mean() < 0.3:
            share_of[k], place[k] = share, (s, e)
            covered[max(s, 0):e] = True
    # Short blocks count where they stand between what stands around them in the gold.
    end = 0
    known = sorted(place)
    for k, t in enumerate(tokens):
        if k in place:
            end = place[k][1]
        elif 0 < len(t) < n:
            later = [place[j][0] for j in known if j > k]
            stop = later[0] if later else min(end + 60, len(gold))
            if end == 0 and not any(j < k for j in known):
                begin = max(0, stop - 30)
            else:
                begin = end
            for s in range(begin, max(begin, stop) - len(t) + 1):
                if gold[s:s + len(t)] == t and stop - begin < 200:
                    share_of[k] = 1
                    end = s + len(t)
                    break
    is_extra = np.array([len(t) >= n and share_of[k] < 0.5 and bool(extra) and
                         sum(tuple(t[i:i + n]) in extra for i in range(len(t) - n + 1)) > 0.6 * (len(t) - n + 1)
                         for k, t in enumerate(tokens)])
    return share_of, is_extra


class Page:
    def __init__(self, gold, rows, names, score):
        self.gold, self.id, self.domain = gold, gold["id"], gold["domain"]
        self.texts = [r[0] for r in rows]
        self.x = np.array([r[1] for r in rows], np.float32)
        self.tokens = [score.toks(t) for t in self.texts]
        self.size = np.array([len(t) for t in self.tokens])
        body = score.toks(gold["body"])
        self.share, self.extra = labels(self.tokens, body, score.toks(gold.get("optional") or ""))
        self.y = (self.share >= 0.5).astype(int)
        # Every page counts alike, and a block by its words, as in the measure.
        self.w = (self.size + 4) / (len(body) + 80)
        self.w[self.extra] = 0
        # What stands apart is left out by rule (`choice.rs`).
        self.free = self.x[:, names.index("apart")] == 0
        self.w[~self.free] = 0
        self.same = self.x[:, names.index("a1_same")] >= 3
        self.words = self.x[:, names.index("words")] + 1


def fit(pages, columns, seed, rounds=ROUNDS):
    x = np.concatenate([p.x[:, columns] for p in pages])
    y = np.concatenate([p.y for p in pages])
    w = np.concatenate([p.w for p in pages])
    keep = w > 0
    data = lgb.Dataset(x[keep], y[keep], weight=w[keep] / w[keep].mean())
    return lgb.train(dict(PARAMS, seed=seed), data, rounds)


def crossed(pages, columns, seeds, split):
    """What models say of each page that were trained without the page's domain."""
    names = sorted({p.domain for p in pages})
    np.random.default_rng(split).shuffle(names)
    fold = {d: i % FOLDS for i, d in enumerate(names)}
    out = [None] * len(pages)
    for f in range(FOLDS):
        models = [fit([p for p in pages if fold[p.domain] != f], columns, s) for s in seeds]
        for i, p in enumerate(pages):
            if fold[p.domain] == f:
                raw = [m.predict(p.x[:, columns], raw_score=True) for m in models]
                out[i] = shared(p, 1 / (1 + np.exp(-np.mean(raw, axis=0))))
    return out


def shared(page, own, part=0.4):
    """Blocks of one make in a row speak for each other; what stands apart has no chance."""
    out, start = own.copy(), 0
    while start < len(own):
        end = start
        while end + 1 < len(own) and page.same[end]:
            end += 1
        row = slice(start, end + 1)
        mean = np.average(own[row], weights=page.words[row])
        out[row] += part * (mean - own[row])
        start = end + 1
    return out * page.free


def keep(page, chances):
    """The blocks that make the best expected F1 by words, as `choice.rs` keeps them."""
    order = np.argsort(-chances, kind="stable")
    right, taken = np.cumsum((page.size * chances)[order]), np.cumsum(page.size[order])
    expected = 2 * right / np.maximum(taken + right[-1], 1)
    return chances >= min(0.5, chances[order[int(np.argmax(expected))]])


def report(name, pages, kept, score):
    bodies = ["\n\n".join(t for t, k in zip(p.texts, ks) if k) for p, ks in zip(pages, kept)]
    rows = [score.page(p.gold["body"], b, p.gold.get("optional")) for p, b in zip(pages, bodies)]
    line = "%-12s P %.4f R %.4f F1 %.4f " % (name, *score.prf(rows))
    for source in sorted({p.gold["source"] for p in pages}):
        part = [r for r, p in zip(rows, pages) if p.gold["source"] == source]
        line += f" {source} {score.prf(part)[2]:.4f}"
    print(line, flush=True)
    return bodies


def table(models, names):
    """Trees as text: a fork before its low branch before its high branch; leaves are shared out
    among the models, whose mean counts."""
    lines = ["# Trees that tell an article's blocks; made by training/articles.py, see README.md."]

    def walk(node):
        if "leaf_value" in node:
            lines.append("=%.4g" % (node["leaf_value"] / len(models)))
            return
        most = np.float32(node["threshold"])
        if most > node["threshold"]:
            most = np.nextafter(most, np.float32(-np.inf))
        lines.append(f"{names[node['split_feature']]}<={np.format_float_positional(most, trim='-')}")
        walk(node["left_child"])
        walk(node["right_child"])

    for model in models:
        for tree in model.dump_model()["tree_info"]:
            lines.append("tree")
            walk(tree["tree_structure"])
    return "\n".join(lines) + "\n"


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("rows"), ap.add_argument("gold"), ap.add_argument("scorer")
    ap.add_argument("--write", help="train on all pages and write the table here")
    ap.add_argument("--splits", type=int, default=2, help="how many times to cut the domains anew")
    a = ap.parse_args()
    spec = importlib.util.spec_from_file_location("score", a.scorer)
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    gold = {g["id"]: g for g in map(json.loads, open(a.gold, encoding="utf8"))}
    lines = open(a.rows, encoding="utf8")
    names = json.loads(next(lines))
    pages = [Page(gold[d["id"]], d["rows"], names, score) for d in map(json.loads, lines)]
    columns = [i for i, n in enumerate(names) if not LEFT_OUT.fullmatch(n)]
    print(len(pages), "pages", sum(len(p.y) for p in pages), "blocks", sum(p.y.sum() for p in pages), "kept", len(columns), "numbers")
    report("labels", pages, [p.y for p in pages], score)
    if a.write:
        models = [fit(pages, columns, s) for s in SEEDS]
        (pathlib.Path(a.write) / "block.txt").write_text(table(models, [names[i] for i in columns]))
    for split in range(a.splits):
        chances = crossed(pages, columns, SEEDS, split)
        report(f"held out {split}", pages, [keep(p, c) for p, c in zip(pages, chances)], score)


if __name__ == "__main__":
    main()
