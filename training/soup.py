"""The mean of checkpoints that went on from one start with other seeds: one start for the next stage.

    python3 training/soup.py OUT.pt A.pt B.pt
"""
import sys

import torch


def main():
    out, first, *others = sys.argv[1:]
    state = torch.load(first, map_location="cpu")
    for path in others:
        other = torch.load(path, map_location="cpu")
        assert other["rows"] == state["rows"] and other["classes"] == state["classes"], f"{path} has other rows or classes"
        for k, v in other["model"].items():
            state["model"][k] += v
    for v in state["model"].values():
        v /= 1 + len(others)
    state["figures"] = {}
    torch.save(state, out)


if __name__ == "__main__":
    main()
