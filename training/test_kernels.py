"""Finite differences against the gradients of kernels.c: `python3 training/test_kernels.py`."""
import torch

from kernels import crf_loss, scan


def check(f, args, names):
    for a in args:
        a.requires_grad_(True)
    f().backward()
    for a, name in zip(args, names):
        for i in torch.randperm(a.numel())[:8].tolist():
            with torch.no_grad():
                flat, keep = a.view(-1), a.view(-1)[i].item()
                flat[i] = keep + 1e-2
                up = f().item()
                flat[i] = keep - 1e-2
                down = f().item()
                flat[i] = keep
            want, got = (up - down) / 2e-2, a.grad.view(-1)[i].item()
            assert abs(want - got) < 2e-2 + 0.03 * abs(want), (name, i, want, got)


torch.manual_seed(0)
off = torch.tensor([0, 4, 5, 11], dtype=torch.int32)
u, vb, w = torch.randn(11, 8 * 5), torch.randn(2, 4, 5), torch.randn(11, 10)
check(lambda: (scan(u, vb, off) * w).sum(), [u, vb], ["u", "vb"])
e, trans, start = torch.randn(11, 3), torch.randn(3, 3), torch.randn(3)
tags, weight = torch.randint(0, 3, (11,), dtype=torch.int32), torch.tensor([1.0, 0.0, 0.5])
check(lambda: crf_loss(e, trans, start, tags, off, weight), [e, trans, start], ["e", "trans", "start"])
print("gradients agree")
