"""A stand-in for the product's tokenizer: words as UD cuts them, by regular expressions. `xtask tokens` is the real one.

    python3 training/plaintokens.py IN.jsonl[.gz] > OUT.jsonl     {"id", "paragraphs": [{"sentences": [[[start, end], ...]]}]} in code points;
    a paragraph is left as one sentence.
"""
import gzip
import json
import re
import sys

TOKEN = re.compile(
    r"""https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.[\w.]+|[@#]\w+
    |(?:[A-Za-z]\.){2,}|(?:Mr|Mrs|Ms|Dr|Gov|Sen|Rep|Gen|Lt|Col|Jr|Sr|St|Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec|vs|No|Inc|Corp|Co)\.
    |\d+(?:[.,:/]\d+)*|n['’]t\b|['’](?:s|re|ve|ll|d|m)\b
    |(?:(?!n['’]t\b)\w)+(?=n['’]t\b)|\w+|``|''|--+|\.\.\.|\S""",
    re.X | re.I,
)


def tokens(text, start, end):
    out = []
    for m in TOKEN.finditer(text, start, end):
        a, b = m.span()
        if m.group().lower() == "cannot":
            out += [[a, a + 3], [a + 3, b]]
        else:
            out.append([a, b])
    return out


def main():
    path = sys.argv[1]
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as f:
        for line in f:
            d = json.loads(line)
            rows = [tokens(d["text"], m.start(), m.end()) for m in re.finditer(r"[^\n]+", d["text"])]
            print(json.dumps({"id": d["id"], "paragraphs": [{"sentences": [r]} for r in rows if r]}))


if __name__ == "__main__":
    main()
