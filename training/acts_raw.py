"""Raw news, cut into passages, for a teacher of acts to read.

    python3 training/acts_raw.py DEV.jsonl OUT.jsonl [--words 850000]

Takes the texts of ../shared/data that are news, leaves out every document that a passage of DEV stands in, and writes passages of
one to five paragraphs as `cargo xtask acts` reads them.
"""
import argparse
import gzip
import json
import random
import re

from corpora import DATA
from standoff import paragraphs

FILES = {"polnear/train.jsonl.gz": 840, "place/lgl.jsonl.gz": 600, "place/geovirus.jsonl.gz": 300, "dedup/fnc.jsonl.gz": 1300, "time/tbaq-timebank.jsonl.gz": 300, "time/tbaq-aquaint.jsonl.gz": 100}


def plain(text):
    return re.sub(r"\W+", " ", text.lower())


def passages(text, rng):
    most = rng.choice((40, 80, 120, 150))
    group, n = [], 0
    for parts in paragraphs(text):
        words = sum(len(p.split()) for p in parts)
        if group and n + words > most:
            yield "\n\n".join(group)
            group, n, most = [], 0, rng.choice((40, 80, 120, 150))
        group += parts
        n += words
    if group:
        yield "\n\n".join(group)


def main():
    a = argparse.ArgumentParser()
    a.add_argument("dev")
    a.add_argument("out")
    a.add_argument("--words", type=int, default=850000)
    args = a.parse_args()
    rng = random.Random(1)
    held = [plain(json.loads(line)["text"])[30:90] for line in open(args.dev, encoding="utf-8")]
    out = []
    for name, most in FILES.items():
        with gzip.open(DATA / name, "rt", encoding="utf-8") as f:
            rows = [json.loads(line) for line in f]
        rng.shuffle(rows)
        for row in rows[:most]:
            text = plain(row["text"])
            if any(h in text for h in held):
                continue
            day = row.get("date") or row.get("dct") or row.get("published")
            for i, p in enumerate(passages(row["text"], rng)):
                out.append({"id": f"raw-{row['id']}-{i}", "text": p, "published": day if day and re.fullmatch(r"\d{4}-\d\d-\d\d", day) else None})
    rng.shuffle(out)
    n = 0
    with open(args.out, "w", encoding="utf-8") as f:
        for p in out:
            n += len(p["text"].split())
            if n > args.words:
                break
            f.write(json.dumps(p, ensure_ascii=False) + "\n")
    print(len(out), "passages,", n, "words")


if __name__ == "__main__":
    main()
