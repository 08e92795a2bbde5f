"""Records as spaCy's documents."""

import spacy
from spacy import displacy

import onrecord


def test_spans_are_the_record_s_words(record):
    doc = onrecord.to_spacy(record, spacy.blank("en"))
    assert doc.text == record.report.text and doc._.onrecord is record
    cues = [s for s in doc.spans["statements"] if s.label_ == "cue"]
    assert [s.text for s in cues] == [s.cue.span.quote for s in record.statements]
    assert [s._.entry for s in cues] == list(record.statements)
    assert {s.label_ for s in doc.spans["commitments"]} >= {"object"}
    assert len([s for s in doc.spans["events"] if s.label_ == "trigger"]) == len(record.events)
    assert {e.label_ for e in doc.ents} & {"PERSON", "ORG", "GPE", "LOC"}
    for entity in doc.ents:
        assert entity._.entry.name
    assert [s.text for s in doc.spans["amounts"]] == [a.quote for a in record.amounts]


def test_displacy_shows_it(record):
    doc = onrecord.to_spacy(record, spacy.blank("en"))
    assert "content" in displacy.render(doc, style="span", options={"spans_key": "statements"}, jupyter=False)
    assert "PERSON" in displacy.render(doc, style="ent", jupyter=False)


def test_it_is_kept_with_the_document(record):
    doc = onrecord.to_spacy(record, spacy.blank("en"), expand=False)
    again = spacy.tokens.Doc(doc.vocab).from_bytes(doc.to_bytes(exclude=["user_data"]))
    assert [s.text for s in again.spans["statements"]] == [s.text for s in doc.spans["statements"]]
    assert onrecord.to_spacy(onrecord.read(""), spacy.blank("en")).text == ""
