"""Reading, and what a record is in Python."""

import datetime
import gzip
import json
import pickle

import pytest

import onrecord


def test_members_are_attributes(record):
    text = record.report.text
    for statement in record.statements:
        for span in statement.content:
            assert text[span.start : span.end] == span.quote
    assert record.statements[0].id == "s1" == record.entry("s1").id
    assert record.commitments[0].with_ is not None
    assert record.report.url is None
    assert record.report.credits == [] or record.report.credits
    with pytest.raises(AttributeError):
        record.report.nothing
    with pytest.raises(AttributeError):
        record.report.url = "https://example.org"
    with pytest.raises(KeyError):
        record.entry("s999")


def test_words_behind_the_bytes_of_utf_8_are_counted_in_code_points():
    record = onrecord.read("“Peace”, 🕊 said the mayor.\n\n“The 🚢 sails,” he said.")
    for statement in record.statements:
        assert record.report.text[statement.cue.span.start :].startswith(statement.cue.span.quote)


def test_json_comes_back(record):
    again = onrecord.Record.from_json(record.to_json())
    assert again == record and hash(again) == hash(record)
    assert again.to_json() == record.to_json()
    assert record.to_dict() == json.loads(record.to_json())
    assert pickle.loads(pickle.dumps(record)) == record
    assert pickle.loads(pickle.dumps(record.statements[0])) == record.statements[0]


def test_a_record_that_lies_is_refused_with_its_span(record):
    lie = record.to_dict()
    lie["statements"][0]["cue"]["span"]["quote"] = "sang"
    with pytest.raises(onrecord.RecordError) as raised:
        onrecord.Record.from_json(json.dumps(lie))
    span = record.statements[0].cue.span
    assert (raised.value.start, raised.value.end, raised.value.quote) == (span.start, span.end, "sang")
    with pytest.raises(onrecord.Error, match="not a record"):
        onrecord.Record.from_json("{}")


@pytest.mark.parametrize("day", ["2031-03-04", datetime.date(2031, 3, 4), datetime.datetime(2031, 3, 4, 9, 30)])
def test_what_is_known_besides_is_told(day):
    record = onrecord.read("Pier shut\n\nIt broke.", published=day, outlet="Harbor Post", url="https://example.org/1")
    assert record.report.published.value.startswith("2031-03-04")
    assert (record.report.outlet, record.report.url) == ("Harbor Post", "https://example.org/1")


def test_what_cannot_be_asked_is_refused():
    with pytest.raises(onrecord.ArgumentError, match="write it as 2025-08-24"):
        onrecord.read("Pier shut", published="last Friday")
    with pytest.raises(TypeError, match="str or bytes"):
        onrecord.read(7)
    with pytest.raises(ValueError):
        onrecord.read_many([], threads=0)


def test_strict_reading_raises_the_problems():
    german = "Fähre fährt wieder\n\nDie Fähre nach Harbourtown fährt seit Montag wieder, teilte die Stadt mit."
    assert onrecord.read(german).problems[0].kind == "language"
    with pytest.raises(onrecord.UnreadError) as raised:
        onrecord.read(german, strict=True)
    assert raised.value.problems[0].kind == "language"
    assert raised.value.record.report.text == german
    assert pickle.loads(pickle.dumps(raised.value)).problems == raised.value.problems


def test_html_is_read_from_text_and_from_bytes():
    words = "The café by the harbour is shut until the pier has been mended, the mayor told reporters on Monday."
    page = f'<meta charset="iso-8859-1"><article><h1>Café shut</h1><p>{words}</p><p>{words}</p></article>'
    assert onrecord.read(page).report.headline.quote == "Café shut"
    assert "café" in onrecord.read(page.encode("latin-1")).report.text


def test_a_notebook_shows_the_marked_words(record):
    shown = record._repr_html_()
    assert shown.startswith("<iframe") and "srcdoc=" in shown
    assert shown.count("<iframe") == 1 and "&quot;statement" in shown
    # Nothing of the report leaves the attribute.
    assert '"' not in shown.split('srcdoc="', 1)[1].rsplit('"></iframe>', 1)[0]
    assert "statement" in repr(record) and "\n" not in repr(record)


def test_what_acts_on_a_terminal_is_not_shown():
    record = onrecord.read("Pier \x1b[2J\u202eshut\n\nIt broke, the mayor said.")
    assert "\x1b" not in repr(record) and "\u202e" not in repr(record)
    assert "\\u202e" in record.to_json()
    with pytest.raises(onrecord.ArgumentError) as raised:
        onrecord.read("x", published="\x1b[2J")
    assert "\x1b" not in str(raised.value)


def test_all_reports_of_a_file_are_read(tmp_path):
    lines = b'{"title":"Ferry reopens","text":"It sailed, the mayor said."}\n{"title":"Pier shut","text":"It broke."}\n'
    path = tmp_path / "day.jsonl.gz"
    path.write_bytes(gzip.compress(lines))
    from_file = onrecord.read_all(path, outlet="Harbor Post")
    assert [r.report.headline.quote for r in from_file] == ["Ferry reopens", "Pier shut"]
    assert from_file == onrecord.read_all(lines, outlet="Harbor Post", threads=2)
    assert from_file == onrecord.read_all(str(path), outlet="Harbor Post")
    with pytest.raises(FileNotFoundError):
        onrecord.read_all(tmp_path / "nowhere")
    path.write_bytes(gzip.compress(lines)[:-20])
    with pytest.warns(onrecord.BrokenWarning, match="day.jsonl.gz"):
        onrecord.read_all(path)


def test_a_mapping_names_columns():
    row = b'{"head":"Ferry reopens","body":"It sailed, the mayor said."}\n'
    [record] = onrecord.read_all(row, columns="headline=head,text=body")
    assert record.report.headline.quote == "Ferry reopens"
    with pytest.raises(onrecord.ArgumentError):
        onrecord.read_all(row, columns="nothing")
