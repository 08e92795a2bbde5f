"""Acts as records, for `score_frames.py`: what the product makes of the model's output, in short.

Parties are the noun phrases around the heads that the model points at, and the entities that they mention.
"""
import copy
import sys

import numpy as np

from corpora import DATA

sys.path.insert(0, str(DATA.parent / "tools"))
import score_frames  # noqa: E402

from acts import CERT, HEADS, PHASE, POINTED, SAID, SPANS  # noqa: E402

INSIDE = {"compound", "amod", "nummod", "flat", "nmod:poss", "nmod:desc", "det", "nmod"}


def phrase(p, t):
    """The words of a party: what stands close before its head, the rest of its name."""
    from acts import RELATIONS

    rel = lambda x: RELATIONS[p.rows[x][1] - 1] if p.rows[x][1] else ""
    a, b = t, t + 1
    while a > 0 and p.heads[a - 1] == t and rel(a - 1) in INSIDE and rel(a - 1) != "det":
        a -= 1
    while b < p.n and p.heads[b] == t and rel(b) in ("flat", "compound"):
        b += 1
    return a, b


def quote(p, a, b):
    while b - a > 1 and p.rows[a][0] == 12:  # marks at the edges
        a += 1
    while b - a > 1 and p.rows[b - 1][0] == 12:
        b -= 1
    s, e = p.tokens[a][0], p.tokens[b - 1][1]
    return {"start": s, "end": e, "quote": p.text[s:e]}


def entity_at(p, t):
    best = None
    for e, (a, b), country, kind in p.mentions:
        if a <= t < b and (best is None or b - a < best[0]):
            best = (b - a, e)
    return None if best is None else best[1]


MORE = 0.8  # how probable a party is at least that joins the one pointed at


def parties(p, heads, role):
    """Distinct parties of a role: the one pointed at by all its mentions together, and those that are sure beside it."""
    one, scores = heads[:, len(HEADS) + POINTED.index(role)], heads[:, HEADS.index(role)]
    key = lambda t: ("token", t) if (e := entity_at(p, t)) is None else ("entity", e)
    groups = {}
    for t in map(int, np.nonzero(one > 0.01)[0]):
        groups.setdefault(key(t), []).append(t)
    mass = {k: one[ts].sum() for k, ts in groups.items()}
    first = max(mass, key=mass.get, default=None)
    if first is None or mass[first] < 1 - one.sum():
        return []
    out, seen = [], set()
    sure = sorted(map(int, np.nonzero(scores > MORE)[0]), key=lambda t: -scores[t])
    for t in [max(groups[first], key=lambda t: one[t]), *sure]:
        if key(t) in seen:
            continue
        seen.add(key(t))
        kind, e = key(t)
        ent = p.record["entities"][e] if kind == "entity" else None
        state = ent and ent["kind"] == "state" and ent.get("country")
        out.append({"role": role, "span": quote(p, *phrase(p, t)), **({"entity": ent["id"]} if ent else {}), **({"country": ent["country"]} if state else {})})
    return out


def basis(p, said, heads, a, b):
    """The statement on whose word an act stands."""
    top = int(said["basis"].argmax())
    statements = p.record.get("statements", [])
    at = p.tokens[a][0]
    inside = sorted((sum(c["end"] - c["start"] for c in s["content"]), s["id"], s) for s in statements if any(c["start"] <= at < c["end"] for c in s["content"]))
    if top == 0:
        return ["reporter"]
    if top == 2:
        imp = [s for *_, s in inside if s["source"]["kind"] == "implicit"] or [s for *_, s in inside]
        return [imp[0]["id"]] if imp else ["reporter"]
    src = heads[:, len(HEADS) + POINTED.index("source")]
    t = int(src.argmax())
    e = entity_at(p, t)
    eid = p.record["entities"][e]["id"] if e is not None else None

    def fits(s):
        sp = s["source"].get("span")
        return (eid is not None and s["source"].get("entity") == eid) or (sp and sp["start"] <= p.tokens[t][0] < sp["end"])

    near = [s for *_, s in inside if fits(s)]
    if not near:
        near = sorted((s for s in statements if fits(s)), key=lambda s: abs(s["cue"]["span"]["start"] - at))
    if not near:
        near = [s for *_, s in inside]
    return [near[0]["id"]] if near else ["reporter"]


def record(p, acts):
    r = copy.copy(p.record)
    r["commitments"], r["events"] = [], []
    for part, (a, b), said, heads, spans in acts:
        for (x, y), got in said:
            top = {k: SAID[part][k][int(v.argmax())] for k, v in got.items()}
            fact = {"certainty": top["certainty"], "polarity": top["polarity"]}
            if part == 0:
                by, to = (parties(p, heads, k) for k in ("by", "to"))
                c = {"status": top["status"], "kind": top["kind"], "factuality": fact, "cue": quote(p, a, b), "object": quote(p, x, y), "parties": by + to,
                     "by": [q["entity"] for q in by if "entity" in q], "to": [q["entity"] for q in to if "entity" in q], "basis": basis(p, got, heads, a, b)}
                for i, k in enumerate(SPANS[1:], 1):
                    if spans[k]:
                        c[k] = quote(p, *spans[k][0])
                am = heads[:, HEADS.index("amount")]
                best = max(((am[t0:t1].max(), i) for i, ((t0, t1), *_) in enumerate(p.amounts) if t1 > t0), default=(0, 0))
                if best[0] > 0.5:
                    _, v, cur, unit = p.amounts[best[1]]
                    c["amount"] = {"value": v, "currency": cur, "unit": unit, "qualifier": "exactly"}
                for k in ("due", "since"):
                    sc = heads[:, HEADS.index(k)]
                    best = max(((sc[t0:t1].max(), i) for i, ((t0, t1), v) in enumerate(p.times) if v and t1 > t0), default=(0, 0))
                    if best[0] > 0.5:
                        c[k] = {"value": p.times[best[1]][1]}
                r["commitments"].append(c)
            else:
                ac, re = (parties(p, heads, k) for k in ("actor", "recipient"))
                e = {"type": top["type"], "trigger": quote(p, a, b), "parties": ac + re, "actors": [q["entity"] for q in ac if "entity" in q],
                     "recipients": [q["entity"] for q in re if "entity" in q], "factuality": fact, "basis": basis(p, got, heads, a, b)}
                if top["phase"] != "done":
                    e["phase"] = top["phase"]
                r["events"].append(e)
    return r


def score(passages, predicted, say, fields=True):
    import collections

    misses = collections.defaultdict(list)
    rows = [(p, score_frames.one(p.gold, record(p, predicted[p.id]), misses)) for p in passages]
    out = {}
    for name, some in (("all", rows), ("real", [r for r in rows if r[0].real])):
        N, F = collections.defaultdict(lambda: [0, 0, 0]), collections.defaultdict(lambda: [0, 0])
        for _, (n, f) in some:
            for k, v in n.items():
                N[k] = [x + y for x, y in zip(N[k], v)]
            for k, v in f.items():
                F[k] = [x + y for x, y in zip(F[k], v)]
        line = []
        for part in ("commitments", "events"):
            figures = [score_frames.prf(N[part, w]) for w in ("found", "step", "entry")]
            out[name, part] = [f[2] for f in figures]
            line.append(f"{part[0].upper()} P{figures[0][0]:.2f} R{figures[0][1]:.2f} " + "/".join(f"{f[2]:.3f}" for f in figures))
        q = " ".join(f"{N['quiet', k][1] / max(1, N['quiet', k][2]):.3f}" for k in ("commitments", "events"))
        say(f"{name}: {'  '.join(line)}  quiet {q}")
        if fields and name == "all":
            for part in ("commitments", "events"):
                say("   " + part[0].upper() + " " + " ".join(f"{k} {a / max(1, b):.2f}" for (x, k), (a, b) in F.items() if x == part))
    return out
