"""A record as a spaCy `Doc`, for those whose work goes on there, and for displaCy.

    doc = onrecord.to_spacy(record, spacy.blank("en"))
    displacy.render(doc, style="span", options={"spans_key": "statements"})
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from ._onrecord import Record

ENTITIES = {
    "person": "PERSON",
    "organization": "ORG",
    "state": "GPE",
    "place": "LOC",
    "group": "NORP",
    "law": "LAW",
    "work": "WORK_OF_ART",
    "product": "PRODUCT",
    "event": "EVENT",
}
"""What spaCy's English models call the kinds of entities; other kinds keep their own name, in capitals."""


def to_spacy(record: Record, nlp: Language, *, expand: bool = True) -> Doc:
    """A `Doc` of the report's text, cut into tokens by `nlp`.

    `doc.spans` has `statements` (labels `source`, `cue`, `content`), `commitments` (`object`, `cue`, `by`, `to`,
    `with`, `condition`), `events` (`trigger` and parties), `times`, `places` and `amounts`; a span's `id_` is the
    entry's (`s3`). `doc.ents` are the names. Extensions: `doc._.onrecord` is the record, `span._.entry` the
    entry that a span belongs to, by its id. Where words end within a token, the span takes all of it, or with
    `expand=False` is left out.
    """
    from spacy.tokens import Doc, Span
    from spacy.util import filter_spans

    for of, name, extension in (
        (Doc, "onrecord", {"default": None}),
        (Span, "entry", {"getter": _entry}),
    ):
        if not of.has_extension(name):
            of.set_extension(name, **extension)
    doc = nlp.make_doc(record.report.text)
    doc._.onrecord = record
    mode = "expand" if expand else "strict"

    def span(words, label, entry):
        made = words and doc.char_span(words.start, words.end, label=label, span_id=entry, alignment_mode=mode)
        return [made] if made else []

    names = []
    for entity in record.entities:
        label = ENTITIES.get(entity.kind, entity.kind.upper())
        for mention in entity.mentions:
            if mention.form == "name":
                names += span(mention, label, entity.id)
    doc.ents = filter_spans(names)
    for key, found in (
        ("statements", _statements(record)),
        ("commitments", _commitments(record)),
        ("events", _events(record)),
        ("times", ((t, t.type, "") for t in record.times)),
        ("places", ((p, "PLACE", "") for p in record.places)),
        ("amounts", ((a, a.currency or a.unit or "AMOUNT", "") for a in record.amounts)),
    ):
        doc.spans[key] = [one for words, label, entry in found for one in span(words, label, entry)]
    return doc


def _entry(span):
    record = span.doc._.onrecord
    return record.entry(span.id_) if record is not None and span.id_ else None


def _statements(record):
    for s in record.statements:
        yield s.source.span, "source", s.id
        yield s.cue.span, "cue", s.id
        for words in s.content:
            yield words, "content", s.id


def _commitments(record):
    for c in record.commitments:
        yield c.object, "object", c.id
        yield c.cue, "cue", c.id
        yield c.condition, "condition", c.id
        for party in c.parties:
            yield party.span, party.role, c.id


def _events(record):
    for e in record.events:
        yield e.trigger, "trigger", e.id
        for party in e.parties:
            yield party.span, party.role, e.id
