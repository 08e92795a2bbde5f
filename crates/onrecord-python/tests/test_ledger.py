"""A ledger from Python, and the command on the same one."""

import datetime
import json
import multiprocessing
import pickle

import pyarrow as pa
import pytest

import onrecord


@pytest.fixture
def ledger(tmp_path, records):
    ledger = onrecord.Ledger(tmp_path / "news.db")
    filed = ledger.file(records, location=[f"https://example.org/{n}" for n in range(len(records))])
    assert [f.outcome for f in filed] == ["new"] * len(records)
    return ledger


def test_what_is_filed_is_found(ledger, records, command):
    assert ledger.reports == len(records)
    found = ledger.find()
    assert len(found) == ledger.count() == sum(len(r.statements + r.events + r.commitments) for r in records)
    printed = command("find", "--json", "--ledger", ledger.location).stdout.decode().splitlines()
    assert [json.loads(line) for line in printed] == list(found)
    assert found[0].handle == found[0]["handle"] and found[-1] and len(found[:2]) == 2
    assert pa.table(found.table).column("handle").to_pylist() == [f.handle for f in found]
    assert len(found.to_polars()) == len(found)


def test_filing_again_changes_nothing(ledger, records):
    assert [f.outcome for f in ledger.file(records, location="https://example.org/0")][0] == "present"
    assert ledger.file(records[0], location="https://example.org/9")[0].outcome == "carried"
    with pytest.raises(onrecord.ArgumentError, match="give one for each"):
        ledger.file(records, location=["a"])


FILTERS = [
    (["--kind=event,statement"], {"kind": ["event", "statement"]}),
    (["--by=Noriega"], {"by": "Noriega"}),
    (["--from=2025-01-01", "--until=2035-01-01"], {"from_": datetime.date(2025, 1, 1), "until": "2035-01-01"}),
    (["--when=2031-01-01..2031-12-31"], {"when": (datetime.date(2031, 1, 1), "2031-12-31")}),
    (["--amount=1000..", "--currency=EUR"], {"amount": (1000, None), "currency": "EUR"}),
    (["--min-confidence=0.9", "--sort=surest", "--limit=2"], {"min_confidence": 0.9, "sort": "surest", "limit": 2}),
    (["--near=59.4,24.7", "--within=5000"], {"near": (59.4, 24.7), "within": 5000}),
    (["--superseded", "--status=announced,signed"], {"superseded": True, "status": ["announced", "signed"]}),
    (["--on-word-of=source", "--cue=say"], {"on_word_of": "source", "cue": "say"}),
]


@pytest.mark.parametrize(("flags", "filters"), FILTERS)
def test_filters_are_the_command_s(ledger, command, flags, filters):
    printed = command("find", "--json", "--ledger", ledger.location, *flags).stdout.decode().splitlines()
    assert [json.loads(line) for line in printed] == list(ledger.find(**filters))


def test_words_and_pages(ledger):
    assert 0 < len(ledger.find("loan")) < ledger.count()
    assert list(ledger.find("--loan")) == list(ledger.find("loan"))
    first = ledger.find(limit=3)
    assert first.next and "there are more" in repr(first)
    assert [*first, *ledger.find(after=first.next)] == list(ledger.find())


def test_what_cannot_be_asked_is_refused_in_the_command_s_words(ledger):
    with pytest.raises(onrecord.ArgumentError, match="possible values: statement, event, commitment"):
        ledger.find(kind="saying")
    with pytest.raises(onrecord.ArgumentError, match="unexpected argument '--colour'"):
        ledger.find(colour="red")
    with pytest.raises(onrecord.LedgerError, match="no report"):
        ledger.thread("3fa9c2d1:c1")
    with pytest.raises(onrecord.LedgerError):
        ledger.who("…")
    with pytest.raises(onrecord.LedgerError, match="names no ledger"):
        onrecord.Ledger(":memory:")


def test_a_ledger_that_is_not_there(tmp_path):
    with pytest.raises(onrecord.LedgerError, match="there is no ledger"):
        onrecord.Ledger(tmp_path / "other.db", create=False)
    assert not (tmp_path / "other.db").exists()


def test_threads_people_and_the_sheet(ledger, command):
    promised = ledger.find(kind="commitment", by="Latvia") or ledger.find(kind="commitment")
    threads = [ledger.thread(entry.handle) for entry in promised]
    told = next(t for t in threads if t)
    assert told.steps[0].tellings[0].handles
    name = ledger.find(kind="statement")[0].by[0].name
    who = ledger.who(name)
    assert who[0].entries and who[0].says
    sheet = ledger.tracker(as_of="2031-01-01")
    printed = command("tracker", "--json", "--as-of=2031-01-01", "--ledger", ledger.location)
    assert [json.loads(line) for line in printed.stdout.splitlines()] == list(sheet)
    assert pa.table(sheet.table).num_rows == len(sheet) > 0


def test_an_export_to_arrow_is_that_of_the_command(ledger, command, tmp_path):
    import pyarrow.parquet as pq

    command("export", "--parquet", tmp_path / "out", "--ledger", ledger.location)
    for name, table in ledger.tables().items():
        assert pa.table(table).equals(pq.read_table(tmp_path / "out" / f"{name}.parquet")), name


def test_reports_come_back(ledger, records):
    id = records[0].report.id
    assert ledger.get(id).to_json() == records[0].to_json()
    assert ledger.get(id[:15]) == records[0]
    assert ledger.get("sha256:0000000") is None


def count(ledger):
    return ledger.count()


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_other_processes_look_into_it(ledger, method):
    assert pickle.loads(pickle.dumps(ledger)).count() == ledger.count()
    with multiprocessing.get_context(method).Pool(2) as pool:
        assert pool.map(count, [ledger] * 4) == [ledger.count()] * 4
    assert ledger.count() > 0
