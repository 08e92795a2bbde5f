"""The recurrence and the CRF as torch functions over kernels.c, compiled on first use.

Sequences lie one after another in a [tokens, width] matrix; `off` (int32) holds where each begins, and the end.
"""
import ctypes
import hashlib
import pathlib
import subprocess
import tempfile

import torch

_SOURCE = pathlib.Path(__file__).with_name("kernels.c")


def _load():
    code = _SOURCE.read_bytes()
    lib = pathlib.Path(tempfile.gettempdir()) / f"onrecord-kernels-{hashlib.sha256(code).hexdigest()[:16]}.so"
    if not lib.exists():
        part = lib.with_suffix(".part%d" % id(code))
        subprocess.run(
            ["gcc", "-O3", "-march=native", "-mprefer-vector-width=512", "-ffast-math", "-shared", "-fPIC", "-o", part, _SOURCE, "-lm"],
            check=True,
        )
        part.rename(lib)
    return ctypes.CDLL(str(lib))


_C = _load()
_C.crf.restype = ctypes.c_float


def _p(t):
    return ctypes.c_void_p(t.data_ptr())


class _Scan(torch.autograd.Function):
    @staticmethod
    def forward(ctx, u, vb, off):
        u, vb = u.contiguous(), vb.contiguous()
        n, width = u.shape
        hidden = width // 8
        h, c = torch.empty(n, 2 * hidden), torch.empty(n, 2 * hidden)
        _C.scan_forward(_p(u), _p(vb), _p(off), len(off) - 1, hidden, _p(h), _p(c))
        ctx.save_for_backward(u, vb, off, c)
        return h

    @staticmethod
    def backward(ctx, dh):
        u, vb, off, c = ctx.saved_tensors
        dh = dh.contiguous()
        du, dvb = torch.empty_like(u), torch.zeros_like(vb)
        _C.scan_backward(_p(u), _p(vb), _p(off), len(off) - 1, c.shape[1] // 2, _p(c), _p(dh), _p(du), _p(dvb))
        return du, dvb, None


class _Crf(torch.autograd.Function):
    @staticmethod
    def forward(ctx, e, trans, start, tags, off, weight):
        e, trans, start = e.contiguous(), trans.contiguous(), start.contiguous()
        de, dt, ds = torch.zeros_like(e), torch.zeros_like(trans), torch.zeros_like(start)
        loss = _C.crf(_p(e), _p(tags), _p(off), len(off) - 1, e.shape[1], _p(trans), _p(start), _p(weight), _p(de), _p(dt), _p(ds))
        ctx.save_for_backward(de, dt, ds)
        return torch.tensor(loss)

    @staticmethod
    def backward(ctx, g):
        de, dt, ds = ctx.saved_tensors
        return de * g, dt * g, ds * g, None, None, None


scan = _Scan.apply
crf_loss = _Crf.apply


def viterbi(e, off, trans, start):
    e, trans, start = e.contiguous(), trans.contiguous(), start.contiguous()
    out = torch.empty(len(e), dtype=torch.int32)
    _C.viterbi(_p(e), _p(off), len(off) - 1, e.shape[1], _p(trans), _p(start), _p(out))
    return out
