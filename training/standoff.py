"""Annotations of raw news, kept apart from its words.

    python3 training/standoff.py pack PASSAGES.jsonl > ANNOTATIONS.jsonl     PASSAGES as `corpus.py json` prints them
    python3 training/standoff.py unpack ANNOTATIONS.jsonl > PASSAGES.jsonl   the texts are looked up in ../shared/data

The texts of ../shared/data belong to their publishers and are not shipped: an annotation says which paragraphs of which document it
is about, and where in them each word lies. A passage whose text is no longer the one that was annotated is left out, and said.
"""
import gzip
import hashlib
import json
import re
import sys

from corpora import DATA

# file, and where its documents' words stand
FILES = {"polnear/train.jsonl.gz": "text", "place/lgl.jsonl.gz": "text", "place/geovirus.jsonl.gz": "text", "dedup/fnc.jsonl.gz": "text", "time/tbaq-timebank.jsonl.gz": "text",
         "time/tbaq-aquaint.jsonl.gz": "text", "html/gold.jsonl": "body", "events/plv_train.jsonl": "text"}


def paragraphs(text):
    """The paragraphs of a document that passages are made of, each in parts of 200 words."""
    for p in re.split(r"\n\s*\n|\n", text):
        words = p.split()
        if len(" ".join(words)) >= 20:
            yield [" ".join(words[i:i + 200]) for i in range(0, len(words), 200)]


def documents():
    """(id, file) of every document, and its paragraphs."""
    for name, words in FILES.items():
        with (gzip.open if name.endswith(".gz") else open)(DATA / name, "rt", encoding="utf-8") as f:
            for line in f:
                row = json.loads(line)
                yield str(row["id"]), name, [part for parts in paragraphs(row[words]) for part in parts]


def sha(text):
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def spans(x, change):
    """Every span of an entry, changed."""
    if isinstance(x, dict):
        if "start" in x and "end" in x:
            return change(x)
        return {k: spans(v, change) for k, v in x.items()}
    if isinstance(x, list):
        return [spans(v, change) for v in x]
    return x


def pack(path):
    known = {doc: (name, ps) for doc, name, ps in documents()}
    seen = set()
    for line in open(path, encoding="utf-8"):
        p = json.loads(line)
        if p["text"] in seen:
            continue
        seen.add(p["text"])
        doc = p["id"] if p["id"] in known else re.sub(r"^raw2?-|-\d+$", "", p["id"])
        name, ps = known[doc]
        own = p["text"].split("\n\n")
        at = next((i for i in range(len(ps)) if "\n\n".join(ps[i:i + len(own)]) == p["text"]), None)
        if at is None:
            print("not found:", p["id"], file=sys.stderr)
            continue
        bare = lambda x: {k: v for k, v in x.items() if k != "quote"}
        entries = {k: spans(p[k], bare) for k in ("commitments", "events")}
        print(json.dumps({"id": f"{doc}@{at}-{at + len(own)}", "doc": doc, "file": name, "paragraphs": [at, at + len(own)], "sha": sha(p["text"]), "published": p["published"], **entries}, ensure_ascii=False))


def unpack(path):
    rows = [json.loads(line) for line in open(path, encoding="utf-8")]
    known = {(name, doc): ps for doc, name, ps in documents()}
    for r in rows:
        a, b = r["paragraphs"]
        text = "\n\n".join(known.get((r["file"], r["doc"]), [])[a:b])
        if sha(text) != r["sha"]:
            print("another text than was annotated:", r["id"], file=sys.stderr)
            continue
        words = lambda x: {**x, "quote": text[x["start"]:x["end"]]}
        entries = {k: spans(r[k], words) for k in ("commitments", "events")}
        print(json.dumps({"id": r["id"], "published": r["published"], "kind": "real:raw", "layers": "CE", "text": text, **entries, "statements": []}, ensure_ascii=False))


if __name__ == "__main__":
    {"pack": pack, "unpack": unpack}[sys.argv[1]](sys.argv[2])
