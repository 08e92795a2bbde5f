"""Attribution figures of a class of attributions: those that carry its name in "classes".

    classes.py SCORER.py GOLD.jsonl PRED.jsonl CLASS...

The scorer counts one class apart, direct quotes; here another takes its place. Precision is over the predictions of
the class, recall over its gold, each by its own "classes".
"""
import importlib.util
import json
import sys

path, gold, predicted, *classes = sys.argv[1:]
spec = importlib.util.spec_from_file_location("scorer", path)
scorer = importlib.util.module_from_spec(spec)
spec.loader.exec_module(scorer)
plain = scorer.Attribution


def of_class(name):
    class Attribution(plain):
        def __init__(self, row, tokens, where):
            super().__init__(row, tokens, where)
            self.direct = name in row["classes"]

    return Attribution


gold, predicted, out = scorer.load(gold), scorer.load(predicted), {}
for name in classes:
    scorer.Attribution = of_class(name)
    docs = [scorer.score_doc(g["text"], g["attributions"], predicted[i]["attributions"], i) for i, g in gold.items()]
    out[name] = scorer.figures(docs)["attributions"]["direct"]
print(json.dumps(out))
