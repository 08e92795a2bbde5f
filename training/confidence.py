"""What a reader's own figure for a commitment or an event is worth, by who read it.

    python3 training/confidence.py GOLD.jsonl LAYERS.jsonl

GOLD: passages as `corpus.py json` prints them, of which nothing was learned: `standoff.py unpack annotations/confidence.jsonl`.
LAYERS: what `cargo xtask acts GOLD.jsonl /dev/null` prints of them. An entry is right when gold has its words with the same status
or type, as `score_frames.py` matches them. Prints for each reader how many entries there are, how often they are right, how sure
they say they are, and the straight line that says it better: share right = a + b x confidence. Where that line is
near to b = 1 and a = 0 the reader's own figure stands; where it is flat, the share that is right stands in its place
(crates/onrecord-extract/src/acts/confidence.rs).
"""
import collections
import json
import sys

sys.path.insert(0, "../shared/tools")
import score_frames as sf  # noqa: E402


def reader(why):
    if why == "acts/net":
        return "network"
    return "apart" if why.endswith(", not acts/net") else "both" if why.endswith(", acts/net") else "rule"


def judged(gold, record, why):
    """(part, reader, confidence, whether the step or type is right) of every entry of a record."""
    r, text = sf.Record(record), gold["text"]

    def commitment(a, b):
        s = sf.jaccard(text, a["object"], b["object"])
        cue = bool(b.get("cue")) and sf.short(b["cue"]) and sf.over(a["cue"], b["cue"])
        return (s + cue + 0.5 * (a["status"] == b["status"]) + 0.25 * (a["kind"] == b["kind"])) if s >= 0.4 or cue else 0

    def event(a, b):
        if not (sf.short(b["trigger"]) and sf.over(a["trigger"], b["trigger"])):
            return 0
        actors = [p for p in b.get("parties", []) if p["role"] == "actor"]
        return 1 + sf.alike(a, b) + 0.1 * r.compare(a["actors"], b.get("actors", []), actors or None)[0]

    some = record.get("commitments", [])
    right = {j for i, j in sf.pairs(gold["commitments"], some, commitment) if gold["commitments"][i]["status"] == some[j]["status"]}
    for j, entry in enumerate(some):
        yield "commitments", reader(why[entry["id"]]), entry["confidence"], j in right
    some = [e for e in record.get("events", []) if e["type"] != "OTHER"]
    right = {j for i, j in sf.pairs(gold["events"], some, event) if sf.alike(gold["events"][i], some[j])}
    for j, entry in enumerate(some):
        yield "events", reader(why[entry["id"]]), entry["confidence"], j in right


def line(xs, ys, pull=8.0):
    """Least squares. The slope is pulled a little towards none, the more the fewer there are."""
    n, mx, my = len(xs), sum(xs) / len(xs), sum(ys) / len(ys)
    var = sum((x - mx) ** 2 for x in xs)
    b = sum((x - mx) * (y - my) for x, y in zip(xs, ys)) / (var + pull * 0.01) if var else 0.0
    return my - b * mx, b


def error(xs, ys, bins=10):
    """Expected calibration error."""
    total = 0.0
    for k in range(bins):
        some = [(x, y) for x, y in zip(xs, ys) if min(int(x * bins), bins - 1) == k]
        if some:
            total += abs(sum(x for x, _ in some) - sum(y for _, y in some))
    return total / max(1, len(xs))


def main():
    load = lambda p: [json.loads(row) for row in open(p, encoding="utf-8") if row.strip()]
    pred = {x["id"]: x for x in load(sys.argv[2])}
    rows = collections.defaultdict(list)
    for g in load(sys.argv[1]):
        for part, who, sure, right in judged(g, pred[g["id"]]["record"], pred[g["id"]]["why"]):
            for key in ((part, who), (part, "all")):
                rows[key].append((sure, float(right)))
    for (part, who), some in sorted(rows.items()):
        xs, ys = zip(*some)
        a, b = line(xs, ys)
        print(f"{part:12} {who:8} {len(xs):5} said {sum(xs) / len(xs):.3f} right {sum(ys) / len(ys):.3f} "
              f"error {error(xs, ys):.3f} line {a:+.3f} {b:+.3f} sum of squares {sum((y - x) ** 2 for x, y in some) / len(xs):.3f}")


if __name__ == "__main__":
    main()
