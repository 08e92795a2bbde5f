"""The dev figures of a syntax checkpoint, and of several averaged: `python3 training/evaluate.py RUN/best.pt ...`"""
import sys
from types import SimpleNamespace

import torch

import syntax


def restore(path):
    state = torch.load(path, map_location="cpu")
    rows = syntax.Rows({}, 2, state["slots"])
    rows.row = state["rows"]
    classes = {k: syntax.Classes({}) for k in state["classes"]}
    for k, names in state["classes"].items():
        classes[k].names, classes[k].index = names, {n: i for i, n in enumerate(names)}
    sizes = {k: len(c.names) for k, c in classes.items()} | {"names": len(syntax.NAMES)}
    args = {"gazetteer": False} | state["args"]
    model = syntax.Model(SimpleNamespace(**args), len(rows), sizes)
    model.load_state_dict(state["model"])
    model.eval()
    return model, syntax.Maker(rows, classes, 0, state.get("hints"))


if __name__ == "__main__":
    torch.set_num_threads(1)
    _, _, dev = syntax.load()
    for path in sys.argv[1:]:
        print(path, " ".join(f"{k} {v:.2f}" for k, v in syntax.evaluate(*restore(path), dev).items()))
