"""Tries biases against "outside" and window sizes on dev: `python3 training/tune.py RUN/best.pt TOKENS.jsonl STATES.npz`"""
import pathlib
import sys
import tempfile
from types import SimpleNamespace

import torch

import attribution as at


def restore(path):
    state = torch.load(path, map_location="cpu")
    rows = at.Rows({}, 3, state["slots"])
    rows.row = state["rows"]
    model = at.Model(SimpleNamespace(**state["args"]), len(rows), state["model"]["layers.0.weight"].shape[0] - state["args"]["word"] - 16)
    model.load_state_dict(state["model"])
    model.eval()
    return model, at.Maker(rows, 0), state


if __name__ == "__main__":
    torch.set_num_threads(1)
    model, maker, state = restore(sys.argv[1])
    dev = at.read("dev", sys.argv[2], sys.argv[3])
    out = pathlib.Path(tempfile.mkdtemp()) / "pred.jsonl"
    for size, bias in [(220, (0, 0, 0)), (220, (0, 0.5, 0)), (220, (0.5, 0.5, 0.5)), (220, (0, 1, 0)), (220, (0, 0.5, 0.3)), (220, (0.5, 1, 0.3)), (400, (0, 0, 0)), (120, (0, 0, 0))]:
        figures = at.score(at.predict(model, maker, dev, size, bias), out)
        at.brief(figures, lambda t: print(size, bias, t, flush=True), state["epoch"])
