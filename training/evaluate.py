"""The dev figures of syntax checkpoints: `python3 training/evaluate.py RUN/best.pt ...`"""
import sys
from types import SimpleNamespace

import torch

import syntax
from vectors import Vectors


def restore(path):
    state = torch.load(path, map_location="cpu")
    rows = syntax.Rows({}, 2, state["slots"])
    rows.row = state["rows"]
    classes = {k: syntax.Classes({}) for k in state["classes"]}
    for k, names in state["classes"].items():
        classes[k].names, classes[k].index = names, {n: i for i, n in enumerate(names)}
    sizes = {k: len(c.names) for k, c in classes.items()} | {"names": len(syntax.NAMES)}
    args = {"gazetteer": False} | state["args"]
    model = syntax.Model(SimpleNamespace(**args), len(rows), sizes, state["model"].get("encoder.embedding.vectors"))
    model.load_state_dict(state["model"])
    model.eval()
    given = Vectors(state["given"]) if state.get("given") is not None else None
    return model, syntax.Maker(rows, classes, 0, state.get("hints"), given)


if __name__ == "__main__":
    torch.set_num_threads(1)
    _, _, dev = syntax.load()
    for path in sys.argv[1:]:
        print(path, " ".join(f"{k} {v:.2f}" for k, v in syntax.evaluate(*restore(path), dev).items()))
