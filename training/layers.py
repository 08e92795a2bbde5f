"""The encoder both models share, and the averaging of weights."""
import collections
import math
import time

import torch
from torch import nn

from features import AFFIXES, CASES
from kernels import scan


class Embedding(nn.Module):
    """Rows of words, affixes, case and word vectors, side by side; whole words are sometimes hidden so that affixes learn to stand alone."""

    def __init__(self, word_rows, word_width, extra=(), vectors=None):
        super().__init__()
        self.word = nn.Embedding(word_rows, word_width)
        self.affix = nn.ModuleList(nn.Embedding(size, width) for _, size, width in AFFIXES)
        self.case = nn.Embedding(CASES, 16)
        self.extra = nn.ModuleList(nn.Embedding(size, width) for size, width in extra)
        self.width = word_width + sum(w for _, _, w in AFFIXES) + 16 + sum(w for _, w in extra)
        for e in self.modules():
            if isinstance(e, nn.Embedding):
                nn.init.normal_(e.weight, 0, 0.3)
        self.register_buffer("vectors", torch.zeros(1, 0) if vectors is None else vectors)  # as they are: training leaves them alone
        self.width += self.vectors.shape[1]

    def forward(self, word, affix, case, extra=None, vector=None):
        parts = [self.word(word)] + [e(affix[:, i]) for i, e in enumerate(self.affix)] + [self.case(case)]
        parts += [e(extra[:, i]) for i, e in enumerate(self.extra)]
        if vector is not None:
            parts.append(self.vectors[vector])
        return torch.cat(parts, 1)


class Sru(nn.Module):
    """A bidirectional light recurrence. Where a layer is as wide as the one below, that one's states are the highway."""

    def __init__(self, inputs, hidden):
        super().__init__()
        self.inputs, self.hidden, self.carry = inputs, hidden, inputs == 2 * hidden
        self.weight = nn.Parameter(torch.randn(inputs, (6 if self.carry else 8) * hidden) / math.sqrt(inputs))
        vb = torch.zeros(2, 4, hidden)
        vb[:, 3] = -1.0
        self.vb = nn.Parameter(vb)

    def forward(self, x, off):
        u = x @ self.weight
        if self.carry:
            u = torch.cat([u.view(-1, 2, 3, self.hidden), x.view(-1, 2, 1, self.hidden)], 2).view(len(x), -1)
        return scan(u, self.vb, off)


class Encoder(nn.Module):
    def __init__(self, embedding, hidden, layers, drop_in, drop):
        super().__init__()
        self.embedding = embedding
        sizes = [embedding.width] + [2 * hidden] * (layers - 1)
        self.layers = nn.ModuleList(Sru(n, hidden) for n in sizes)
        self.drop_in, self.drop = nn.Dropout(drop_in), nn.Dropout(drop)

    def forward(self, feats, off):
        x = self.drop_in(self.embedding(*feats))
        for layer in self.layers:
            x = self.drop(layer(x, off))
        return x


class Average:
    """Exponential moving average of the weights."""

    def __init__(self, model, decay):
        self.model, self.decay, self.step = model, decay, 0
        self.shadow = [p.detach().clone() for p in model.parameters()]

    @torch.no_grad()
    def update(self):
        self.step += 1
        d = min(self.decay, (1 + self.step) / (10 + self.step))
        torch._foreach_mul_(self.shadow, d)
        torch._foreach_add_(self.shadow, [p.detach() for p in self.model.parameters()], alpha=1 - d)

    @torch.no_grad()
    def swap(self):
        for p, s in zip(self.model.parameters(), self.shadow):
            t = p.detach().clone()
            p.copy_(s)
            s.copy_(t)


def cosine(step, total, warm):
    return step / warm if step < warm else 0.5 * (1 + math.cos(math.pi * min(1.0, (step - warm) / max(1, total - warm)))) * 0.99 + 0.01


class Steps:
    """The steps of a training: rate, loss, clipping, average, and a line of progress now and then.

    `loss_of(group)` gives a loss and its parts; a parameter group's `k` is its share of the rate.
    """

    def __init__(self, opt, average, loss_of, rate, total, warm, say, every):
        self.opt, self.average, self.loss_of, self.say = opt, average, loss_of, say
        self.rate, self.total, self.warm, self.every = rate, total, warm, every
        self.step, self.began, self.sums, self.seen = 0, time.time(), collections.Counter(), 0

    def done(self):
        return self.step >= self.total

    def run(self, groups):
        parameters = [p for g in self.opt.param_groups for p in g["params"]]
        for group in groups:
            for g in self.opt.param_groups:
                g["lr"] = g.get("k", 1.0) * self.rate * cosine(self.step, self.total, self.warm)
            loss, parts = self.loss_of(group)
            self.opt.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(parameters, 5.0)
            self.opt.step()
            self.average.update()
            self.sums.update(parts)
            self.seen += 1
            self.step += 1
            if self.step % self.every == 0:
                means = " ".join(f"{k} {v / self.seen:.3f}" for k, v in self.sums.items())
                self.say(f"{self.step}/{self.total} {time.time() - self.began:.0f}s cpu {time.process_time():.0f}s {means}")
                self.sums, self.seen = collections.Counter(), 0
            if self.done():
                break
