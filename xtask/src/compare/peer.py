"""The peer's side of the comparison: a spaCy pipeline, timed by the CPU's clock.

Reads texts from a JSON file, then one line on stdin for each turn; prints the CPU seconds of
the turn. Ends with stdin.
"""
import json
import sys
import time

import spacy

texts = json.load(open(sys.argv[1], encoding="utf-8"))
nlp = spacy.load("en_core_web_sm")
for text in texts[:2]:  # the first calls fill caches
    nlp(text)
print(json.dumps({"spacy": spacy.__version__, "pipes": nlp.pipe_names}), flush=True)
for _ in sys.stdin:
    before = time.process_time()
    for text in texts:
        nlp(text)
    print(time.process_time() - before, flush=True)
