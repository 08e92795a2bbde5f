"""Fits the confidence of attributions on half of dev and measures it on the other half.

    python3 training/calibrate.py RUN/best.pt TOKENS.jsonl STATES.npz     adds "calibration" to the checkpoint
"""
import json
import sys

import torch
from torch.nn import functional as F

import attribution as at
from corpora import DATA
from tune import restore


def words(spans, text):
    """Non-space characters covered."""
    return {i for a, b in spans for i in range(a, b) if not text[i].isspace()}


def right(found, gold, text):
    """Whether some gold attribution has this source and this content, softly."""
    c, s = words(found["content"], text), words(found["source"], text)
    for g in gold:
        gc, gs = words(g["content"], text), words(g["source"], text)
        if 2 * len(c & gc) >= len(c | gc) and (not s and not gs or s and gs and 4 * len(s & gs) >= len(s) + len(gs)):
            return 1.0
    return 0.0


def main():
    torch.set_num_threads(1)
    torch.manual_seed(0)
    model, maker, state = restore(sys.argv[1])
    dev = at.read("dev", sys.argv[2], sys.argv[3])
    gold = [json.loads(line) for line in open(DATA / "polnear" / "dev.jsonl")]
    halves = ([], [])
    for i, (p, g) in enumerate(zip(at.predict(model, maker, dev, signs=True), gold)):
        halves[i % 2].extend((a["signs"], right(a, g["attributions"], g["text"])) for a in p["attributions"])
    x, y = (torch.tensor(t) for t in zip(*halves[0]))
    w = torch.zeros(5, requires_grad=True)
    opt = torch.optim.LBFGS([w], max_iter=200)

    def loss():
        opt.zero_grad()
        out = F.binary_cross_entropy_with_logits(x @ w[:4] + w[4], y) + 1e-3 * (w[:4] ** 2).mean()
        out.backward()
        return out

    opt.step(loss)
    x, y = (torch.tensor(t) for t in zip(*halves[1]))
    p = torch.sigmoid(x @ w[:4] + w[4]).detach()
    error = 0.0
    for lo in range(10):
        take = (p >= lo / 10) & (p < (lo + 1) / 10)
        if take.any():
            n = int(take.sum())
            print(f"{lo / 10:.1f} {n:5d} said {p[take].mean():.2f} right {y[take].mean():.2f}")
            error += n / len(p) * abs(float(p[take].mean() - y[take].mean()))
    print("weights", w.tolist(), "expected calibration error", round(error, 4))
    state["calibration"] = w.tolist()
    torch.save(state, sys.argv[1])


if __name__ == "__main__":
    main()
