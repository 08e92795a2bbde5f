"""Tables: whoever takes Arrow takes them."""

import datetime
import gc

import pyarrow as pa
import pytest

import onrecord
from conftest import ROOT

REPORTS = {
    "id": ["a", "b", "c"],
    "text": ["Ferry reopens\n\nThe mayor said it sailed.", None, "Pier shut\n\nThe city pledged €5 million for it."],
    "published": ["2031-03-04", "2031-03-05", None],
    "outlet": ["Harbor Post", None, "Bay News"],
    "url": [None, None, "https://example.org/1"],
}


def test_tables_have_the_columns_that_the_command_explains(records, command):
    explained = command("schema", "--tables").stdout.decode().splitlines()
    made = onrecord.tables(records, ["statements", "commitments", "events", "entities", "entries", "records"])
    for name, table in made.items():
        assert table.name == name and len(table) == table.num_rows > 0
        arrow = pa.table(table)
        assert arrow.num_rows == table.num_rows and arrow.column_names == table.column_names == onrecord.columns(name)
        arrow.validate(full=True)
        if name != "records":
            for column in table.column_names:
                assert any(line.startswith(f"{name}.parquet,{column},") for line in explained) or name == "entries", column
    assert len(made["statements"]) == sum(len(r.statements) for r in records)
    assert len(made["entries"]) == sum(len(made[n]) for n in ("statements", "commitments", "events"))


def test_rows_are_those_of_an_export(records, command, tmp_path):
    import pyarrow.parquet as pq

    files = sorted((ROOT / "examples").glob("*.txt"))
    command("file", *files, "--ledger", tmp_path / "news.db")
    command("export", "--parquet", tmp_path / "out", "--ledger", tmp_path / "news.db")
    ours = onrecord.tables(records)
    # What is known of the whole ledger, and of where a file lay, is not told by a record.
    unknown = {"reports", "copies", "independent_sources", "denied_by", "thread", "identity", "link"}
    for name, table in ours.items():
        there = pq.read_table(tmp_path / "out" / f"{name}.parquet")
        columns = [c for c in there.column_names if c not in unknown]

        def rows(arrow, columns=columns):
            return sorted(arrow.select(columns).to_pylist(), key=lambda row: row["handle"])

        assert rows(pa.table(table)) == rows(there), name


def test_pandas_polars_and_duckdb_take_them(records):
    import duckdb
    import pandas
    import polars

    statements = onrecord.tables(records)["statements"]
    n = len(statements)
    assert len(polars.DataFrame(statements)) == len(statements.to_polars()) == n
    assert len(statements.to_pandas()) == n
    assert len(pandas.DataFrame.from_arrow(statements)) == n
    assert duckdb.sql("SELECT count(*) FROM statements").fetchall() == [(n,)]
    assert duckdb.sql("SELECT count(*) FROM statements").fetchall() == [(n,)], "and once more"
    assert "published" in statements.to_polars().columns


def test_a_table_outlives_whoever_made_it(records):
    arrow = pa.table(onrecord.tables(records)["statements"])
    gc.collect()
    assert arrow.column("words").to_pylist()[0]


def test_nothing_read_makes_a_table_without_rows():
    made = onrecord.tables([])
    assert all(len(t) == 0 and pa.table(t).num_rows == 0 for t in made.values())
    assert pa.schema(onrecord.schema("statements")).names == onrecord.columns("statements")
    with pytest.raises(onrecord.ArgumentError, match="there is no table `sayings`"):
        onrecord.tables([], ["sayings"])


def test_a_batch_is_read():
    batch = pa.record_batch(REPORTS)
    entries = pa.record_batch(onrecord.read_batch(batch))
    rows = entries.to_pylist()
    assert {row["location"] for row in rows} == {"a", "c"}
    assert {row["outlet"] for row in rows} == {"Harbor Post", "Bay News"}
    assert {row["kind"] for row in rows} >= {"statement", "commitment"}
    assert next(r["published"] for r in rows if r["location"] == "a") == datetime.date(2031, 3, 4)
    assert entries.schema.equals(pa.schema(onrecord.schema("entries")))
    said = onrecord.read_batch(batch, table="statements")
    assert [r["by"] for r in pa.table(said).to_pylist()] == [["The mayor"]] or len(said) == 1


@pytest.mark.parametrize(
    "text",
    [
        pa.string(),
        pa.large_string(),
        pa.string_view(),
        pa.binary(),
        pa.large_binary(),
        pa.dictionary(pa.int32(), pa.string()),
    ],
)
def test_words_are_taken_however_they_lie(text):
    plain = onrecord.read_batch(pa.record_batch(REPORTS))
    table = pa.table(REPORTS)
    other = table.set_column(1, "text", table.column("text").combine_chunks().cast(text))
    assert pa.table(onrecord.read_batch(other)) == pa.table(plain)


@pytest.mark.parametrize("day", [pa.date32(), pa.timestamp("us"), pa.timestamp("us", tz="UTC")])
def test_days_are_taken_however_they_lie(day):
    table = pa.table(REPORTS)
    days = pa.array([datetime.datetime(2031, 3, 4), None, None]).cast(day)
    read = pa.table(onrecord.read_batch(table.set_column(2, "published", days)))
    assert datetime.date(2031, 3, 4) in read.column("published").to_pylist()


def test_batches_of_any_size_give_the_same():
    table = pa.concat_tables([pa.table(REPORTS)] * 7).combine_chunks()
    whole = pa.table(onrecord.read_batch(table, threads=2))
    apart = [pa.table(onrecord.read_batch(b)) for b in table.to_batches(max_chunksize=2)]
    assert pa.concat_tables(apart).combine_chunks() == whole.combine_chunks()
    sliced = onrecord.read_batch(table.slice(2, 1))
    assert {r["location"] for r in pa.table(sliced).to_pylist()} == {"c"}


def test_what_is_no_batch_is_refused():
    with pytest.raises(onrecord.ArgumentError, match="no column `text`"):
        onrecord.read_batch(pa.record_batch({"body": ["x"]}))
    with pytest.raises(onrecord.ArgumentError, match="is no day"):
        onrecord.read_batch(pa.record_batch({"text": ["x"], "published": ["soon"]}))
    with pytest.raises((TypeError, ValueError)):
        onrecord.read_batch("x")


def test_polars_and_duckdb_hand_over_batches():
    import duckdb
    import polars

    reports = polars.DataFrame(REPORTS)
    assert len(onrecord.read_batch(reports)) == len(onrecord.read_batch(pa.record_batch(REPORTS)))
    assert len(onrecord.read_batch(duckdb.sql("SELECT * FROM reports").arrow())) > 0
