"""A trained checkpoint to the file the product embeds: f16 matrices, 8-bit tables, a bitmap instead of a vocabulary.

    python3 training/export.py RUN/best.pt crates/onrecord-language/weights/syntax.safetensors
"""
import argparse
import hashlib
import json
import pathlib
import struct

import numpy as np
import torch

from features import AFFIXES

TYPES = {np.dtype("float32"): "F32", np.dtype("float16"): "F16", np.dtype("int8"): "I8", np.dtype("uint8"): "U8", np.dtype("uint32"): "U32"}


def write(path, tensors, settings):
    head, at = {"__metadata__": {k: str(v) for k, v in sorted(settings.items())}}, 0
    for name, t in sorted(tensors.items()):
        head[name] = {"dtype": TYPES[t.dtype], "shape": list(t.shape), "data_offsets": [at, at + t.nbytes]}
        at += t.nbytes
    text = json.dumps(head, separators=(",", ":"), ensure_ascii=False).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as f:
        f.write(struct.pack("<Q", len(text)) + text)
        for _, t in sorted(tensors.items()):
            f.write(np.ascontiguousarray(t).tobytes())


def table(out, name, rows):
    rows = rows.numpy()
    scales = np.maximum(np.abs(rows).max(1), 1e-8) / 127
    out[f"{name}.rows"] = np.clip(np.rint(rows / scales[:, None]), -127, 127).astype(np.int8)
    out[f"{name}.scales"] = scales.astype(np.float32)


def linear(out, name, weight, bias):
    out[f"{name}.weight"], out[f"{name}.bias"] = half(weight), bias.numpy().astype(np.float32)


def half(t):
    return t.contiguous().numpy().astype(np.float16)


def bitmap(out, rows, slots):
    bits = np.zeros(slots // 8, dtype=np.uint8)
    for slot in rows:
        bits[slot // 8] |= 1 << (slot % 8)
    out["word.slots"] = bits


def layer(out, n, m, at):
    out[f"layer.{n}.weight"], out[f"layer.{n}.gates"] = half(m[f"{at}.{n}.weight"]), m[f"{at}.{n}.vb"].numpy()


def layers(m, at):
    return sum(k.startswith(at) and k.endswith(".vb") for k in m)


def encoder(out, settings, state):
    """The first layer's product falls into the word's own part and the part of the case's row."""
    m, tables = state["model"], "encoder.embedding."
    bitmap(out, state["rows"], state["slots"])
    table(out, "word", m[tables + "word.weight"])
    table(out, "case", m[tables + "case.weight"])
    table(out, "hint", m[tables + "extra.0.weight"])
    affixes = [m[f"{tables}affix.{i}.weight"] for i in range(len(AFFIXES))]
    for i, t in enumerate(affixes):
        table(out, f"affix.{i}", t)
    settings["layers"] = layers(m, "encoder.layers")
    for n in range(settings["layers"]):
        layer(out, n, m, "encoder.layers")
    before = m[tables + "word.weight"].shape[1] + sum(t.shape[1] for t in affixes)
    after = before + m[tables + "case.weight"].shape[1]
    first = out.pop("layer.0.weight")
    out["layer.0.words"], out["layer.0.case"] = np.concatenate([first[:before], first[after:]]), first[before:after]
    out["gazetteer"] = state["hints"]


def syntax(state, out, settings):
    encoder(out, settings, state)
    m = state["model"]
    pairs = lambda names: [(m[f"{k}.weight"], m[f"{k}.bias"]) for k in names]
    for name, parts in (
        ("heads", ("tags.upos", "tags.names", "tags.happened", "middle", "arc", "label")),
        ("details", ("tags.xpos", "tags.feats", "tags.lemma")),
    ):
        linear(out, name, torch.cat([w for w, _ in pairs(parts)]).t(), torch.cat([b for _, b in pairs(parts)]))
    out["arc.biaffine"] = half(m["biaffine"])
    out["arc.root"], out["arc.bias"], out["label.root"] = m["root_arc"].numpy(), m["head_bias"].numpy(), m["root_label"].numpy()
    linear(out, "relation", m["relation.weight"].t(), m["relation.bias"])
    out["names.transitions"] = (m["transitions"] + m["legal"]).numpy().reshape(-1)
    out["names.start"] = (m["start"] + m["begin"]).numpy()
    settings |= {k: "\n".join(v) for k, v in state["classes"].items()}
    return settings


def attribution(state, out, settings):
    m = state["model"]
    bitmap(out, state["rows"], state["slots"])
    table(out, "word", m["word.weight"])
    table(out, "place", m["place.weight"])
    settings["layers"] = layers(m, "layers")
    for n in range(settings["layers"]):
        layer(out, n, m, "layers")
    linear(out, "heads", torch.cat([m["tags.weight"], m["arc.weight"]]).t(), torch.cat([m["tags.bias"], m["arc.bias"]]))
    for r, role in enumerate(("source", "cue", "content")):
        out[f"{role}.transitions"] = (m["transitions"][r] + m["legal"]).numpy().reshape(-1)
        out[f"{role}.start"] = (m["start"][r] + m["begin"]).numpy()
    for k in ("cue", "source"):
        out[f"{k}.biaffine"], out[f"{k}.bias"] = half(m[f"{k}_biaffine"]), m[f"{k}_bias"].numpy()
    out["none"], out["far"] = m["none"].numpy(), m["far"].numpy()
    if "calibration" in state:
        out["calibration"] = np.array(state["calibration"], dtype=np.float32)
    return settings


def compact(out, name, weight):
    """A matrix, a row for each input, in the seven bits that the reader multiplies with."""
    w = weight.numpy()
    scales = np.maximum(np.abs(w).max(0), 1e-12) / 63
    out[name] = np.rint(w / scales).astype(np.int8)
    out[f"{name}.scales"] = scales.astype(np.float32)


def small(out, name, weight, bias):
    """A torch layer's weights and bias."""
    compact(out, f"{name}.weight", weight.t().contiguous())
    out[f"{name}.bias"] = bias.numpy().astype(np.float32)


def acts(state, out, settings):
    m = state["model"]
    vocabulary = json.loads((pathlib.Path(state["args"]["encoder"]) / "tokenizer.json").read_text())["model"]["vocab"]
    settings["vocabulary"] = "\n".join(sorted(vocabulary, key=vocabulary.get))
    bert = lambda name: m[f"encoder.bert.{name}"]
    table(out, "pieces", bert("words.weight"))
    out["places"] = half(bert("places.weight") + bert("kinds"))
    norm = lambda name, at: out.update({f"{name}.scale": bert(f"{at}.weight").numpy(), f"{name}.shift": bert(f"{at}.bias").numpy()})
    norm("norm", "norm")
    blocks = sum(k.startswith("encoder.bert.blocks") and k.endswith("qkv.weight") for k in m)
    settings |= {"blocks": blocks, "heads": 12}
    for i in range(blocks):
        at = f"blocks.{i}"
        for name, own in (("asks", "qkv"), ("told", "out"), ("up", "up"), ("down", "down")):
            small(out, f"block.{i}.{name}", bert(f"{at}.{own}.weight"), bert(f"{at}.{own}.bias"))
        norm(f"block.{i}.norm", f"{at}.norm1")
        norm(f"block.{i}.end", f"{at}.norm2")
    bitmap(out, state["rows"], state["slots"])
    table(out, "word", m["encoder.word.weight"])
    i = 0
    while f"columns.{i}.weight" in m:
        table(out, f"column.{i}", m[f"columns.{i}.weight"])
        i += 1
    compact(out, "layer.0.weight", m["encoder.mix.weight"])
    out["layer.0.gates"] = m["encoder.mix.vb"].numpy()
    for name in ("found", "token", "roles"):
        small(out, name, m[f"{name}.weight"], m[f"{name}.bias"])
    for i, name in enumerate(("commitment", "event")):
        for part in ("act", "nobody", "deep", "said"):
            small(out, f"{name}.{part}", m[f"{part}.{i}.weight"], m[f"{part}.{i}.bias"])
    for i, name in enumerate(("cue", "trigger")):
        out[f"{name}.transitions"] = (m["transitions"][i] + m["legal"]).numpy().reshape(-1)
        out[f"{name}.start"] = (m["start"][i] + m["begin"]).numpy()
    out["far"], out["path"] = m["far.weight"].numpy(), m["path.weight"].numpy()
    out["bias"] = np.array(state.get("bias", (0.0, 0.0)), dtype=np.float32)
    return settings


def main():
    a = argparse.ArgumentParser()
    a.add_argument("checkpoint", type=pathlib.Path)
    a.add_argument("file", type=pathlib.Path)
    args = a.parse_args()
    state = torch.load(args.checkpoint, map_location="cpu", weights_only=False)
    out, settings = {}, {"format": 1}
    kind = "syntax" if "classes" in state else "acts" if "deep.0.weight" in state["model"] else "attribution"
    settings["model"] = kind
    settings = {"attribution": attribution, "syntax": syntax, "acts": acts}[kind](state, out, settings)
    digest = hashlib.sha256(b"".join(np.ascontiguousarray(t).tobytes() for _, t in sorted(out.items())))
    settings["version"] = digest.hexdigest()[:12]
    write(args.file, out, settings)
    print(kind, args.file.stat().st_size, "bytes", state.get("figures") and "with figures", "epoch", state["epoch"])


if __name__ == "__main__":
    main()
