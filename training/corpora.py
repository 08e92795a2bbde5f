"""Reading the treebanks and the name corpora from ../shared/data (or $ONRECORD_DATA)."""
import csv
import gzip
import json
import math
import os
import pathlib

DATA = pathlib.Path(os.environ.get("ONRECORD_DATA", pathlib.Path(__file__).resolve().parents[2] / "shared" / "data"))
FEATURES = ("Tense", "Mood", "VerbForm", "Voice", "Number", "Person", "Polarity", "Degree", "PronType", "Gender")
NAMES = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC", "B-MISC", "I-MISC")


class Sentence:
    __slots__ = ("words", "upos", "xpos", "feats", "heads", "rels", "lemmas", "names", "misc", "weight", "doc", "text", "happened", "taught")

    def __init__(self, words):
        self.words, self.upos, self.names, self.misc, self.weight, self.doc, self.text = words, None, None, True, 1.0, "", ""
        self.happened, self.taught = None, None


def _lines(path):
    with gzip.open(path, "rt", encoding="utf-8") as f:
        yield from f


def script(form, lemma):
    """How to make the lemma out of the form: a whole word, or 'l' (from the lower-cased form) / 'c', letters cut, letters added."""
    low = form.lower()
    mode, base = ("l", low) if lemma == lemma.lower() else ("c", form)
    keep = 0
    while keep < min(len(base), len(lemma)) and base[keep] == lemma[keep]:
        keep += 1
    if keep == 0 or len(base) - keep > 4:
        return "=" + lemma
    return f"{mode}{len(base) - keep}{lemma[keep:]}"


def conllu(name):
    doc, text, rows = "", "", []
    for line in _lines(DATA / "ud" / f"{name}.conllu.gz"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc id"):
            doc = line.split("= ", 1)[1]
        elif line.startswith("# text = "):
            text = line[9:]
        elif line and line[0] != "#":
            cells = line.split("\t")
            if cells[0].isdigit():
                rows.append(cells)
        elif not line and rows:
            s = Sentence([r[1] for r in rows])
            s.doc, s.text = doc, text
            s.lemmas = [r[2] for r in rows]
            s.upos, s.xpos = [r[3] for r in rows], [r[4] for r in rows]
            s.feats = ["|".join(f for f in r[5].split("|") if f.split("=")[0] in FEATURES) or "_" for r in rows]
            s.heads, s.rels = [int(r[6]) for r in rows], [r[7] for r in rows]
            yield s
            rows = []


def names(name, misc=True, weight=1.0):
    words, tags = [], []
    for line in _lines(DATA / "ner" / f"{name}.tsv.gz"):
        line = line.rstrip("\n")
        if line:
            w, t = line.split("\t")
            words.append(w or "_")
            tags.append(t)
        elif words:
            s = Sentence(words)
            s.names, s.misc, s.weight, s.doc = tags, misc, weight, name
            yield s
            words, tags = [], []
    if words:
        s = Sentence(words)
        s.names, s.misc, s.weight, s.doc = tags, misc, weight, name
        yield s


def judged(split, sentences):
    """Marks the predicates of EWT sentences with how surely they happened, -3 to 3 (UDS It-Happened); nan elsewhere."""
    known = {}
    for line in _lines(DATA / "factuality" / f"uds-{split}.jsonl.gz"):
        row = json.loads(line)
        known.setdefault(tuple(row["tokens"]), row["predicates"])
    for s in sentences:
        found = known.get(tuple(s.words))
        if found:
            s.happened = [math.nan] * len(s.words)
            for p in found:
                s.happened[p["token"] - 1] = p["label"]


def free_documents():
    """GUM documents whose licence does not forbid commercial use."""
    with open(DATA / "ud" / "gum-docs.tsv", encoding="utf-8") as f:
        return {r["doc"] for r in csv.DictReader(f, delimiter="\t") if "nc" not in r["licence"]}


def gum(split):
    """GUM trees with their names, in the order of the files."""
    trees, tags = list(conllu(f"gum-{split}")), list(names(f"gum-{split}"))
    assert len(trees) == len(tags)
    for s, n in zip(trees, tags):
        assert len(s.words) == len(n.words), (s.words, n.words)
        s.names = n.names
    return trees


def spans(tags, keep=("PER", "ORG", "LOC")):
    out, start, kind = set(), None, None
    for i, t in enumerate([*tags, "O"]):
        if start is not None and (t == "O" or t[0] == "B" or t[2:] != kind):
            if kind in keep:
                out.add((start, i, kind))
            start = None
        if t != "O" and start is None:
            start, kind = i, t[2:]
    return out
