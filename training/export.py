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

TYPES = {np.dtype("float32"): "F32", np.dtype("float16"): "F16", np.dtype("int8"): "I8", np.dtype("uint8"): "U8"}


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


def encoder(out, settings, state, rows, slots):
    m = state
    bits = np.zeros(slots // 8, dtype=np.uint8)
    for slot in rows:
        bits[slot // 8] |= 1 << (slot % 8)
    out["word.slots"] = bits
    table(out, "word", m["encoder.embedding.word.weight"])
    table(out, "case", m["encoder.embedding.case.weight"])
    for kind in ("affix", "extra"):
        n = 0
        while f"encoder.embedding.{kind}.{n}.weight" in m:
            table(out, f"{kind}.{n}", m[f"encoder.embedding.{kind}.{n}.weight"])
            n += 1
        settings[kind] = n
    n = 0
    while f"encoder.layers.{n}.weight" in m:
        out[f"layer.{n}.weight"] = half(m[f"encoder.layers.{n}.weight"])
        out[f"layer.{n}.gates"] = m[f"encoder.layers.{n}.vb"].numpy()
        n += 1
    settings["layers"] = n


def syntax(state, out, settings):
    m = state["model"]
    names = ("upos", "xpos", "feats", "lemma", "names")
    parts = [(m[f"tags.{k}.weight"], m[f"tags.{k}.bias"]) for k in names]
    parts += [(m["arc.weight"], m["arc.bias"]), (m["label.weight"], m["label.bias"])]
    linear(out, "heads", torch.cat([w for w, _ in parts]).t(), torch.cat([b for _, b in parts]))
    out["arc.biaffine"] = half(m["biaffine"])
    out["arc.root"], out["arc.bias"], out["label.root"] = m["root_arc"].numpy(), m["head_bias"].numpy(), m["root_label"].numpy()
    linear(out, "relation", m["relation.weight"].t(), m["relation.bias"])
    out["names.transitions"] = (m["transitions"] + m["legal"]).numpy().reshape(-1)
    out["names.start"] = (m["start"] + m["begin"]).numpy()
    if state.get("hints") is not None:
        out["gazetteer"] = state["hints"]
    settings |= {k: "\n".join(v) for k, v in state["classes"].items()}
    return settings


def attribution(state, out, settings):
    m = state["model"]
    linear(out, "heads", torch.cat([m["tags.weight"], m["arc.weight"]]).t(), torch.cat([m["tags.bias"], m["arc.bias"]]))
    for r, role in enumerate(("source", "cue", "content")):
        out[f"{role}.transitions"] = (m["transitions"][r] + m["legal"]).numpy().reshape(-1)
        out[f"{role}.start"] = (m["start"][r] + m["begin"]).numpy()
    for k in ("cue", "source"):
        out[f"{k}.biaffine"], out[f"{k}.bias"] = half(m[f"{k}_biaffine"]), m[f"{k}_bias"].numpy()
    out["none"], out["far"] = m["none"].numpy(), m["far"].numpy()
    if "calibration" in state:
        out["calibration"] = np.array(state["calibration"], dtype=np.float32)
    settings["relations"] = "\n".join(state.get("relations", []))
    return settings


def main():
    a = argparse.ArgumentParser()
    a.add_argument("checkpoint", type=pathlib.Path)
    a.add_argument("file", type=pathlib.Path)
    args = a.parse_args()
    state = torch.load(args.checkpoint, map_location="cpu")
    out, settings = {}, {"format": 1}
    kind = "attribution" if "sizes" in state else "syntax"
    settings["model"] = kind
    encoder(out, settings, state["model"], state["rows"], state["slots"])
    settings = (attribution if kind == "attribution" else syntax)(state, out, settings)
    digest = hashlib.sha256(b"".join(np.ascontiguousarray(t).tobytes() for _, t in sorted(out.items())))
    settings["version"] = digest.hexdigest()[:12]
    write(args.file, out, settings)
    print(kind, args.file.stat().st_size, "bytes", state.get("figures") and "with figures", "epoch", state["epoch"])


if __name__ == "__main__":
    main()
