"""Reading."""

from __future__ import annotations

import json
import os
from itertools import islice
from typing import TYPE_CHECKING

from . import _onrecord
from .errors import BrokenWarning, UnreadError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from typing import Literal, TypedDict

    from ._onrecord import Record, Table

    Day = date | str
    """A day, or a day and a time: `2025-08-24`, a `date`, a `datetime`."""

    class Given(TypedDict, total=False):
        """A report and what is known besides it."""

        text: str | bytes
        published: Day | None
        outlet: str | None
        url: str | None

    Name = Literal["statements", "commitments", "events", "entities", "entries", "records"]

TABLES: tuple[Name, ...] = ("statements", "commitments", "events", "entities")
"""The tables that `tables` makes when none is named."""

_COSTS_NO_WORDS = {"published_unknown", "published_contradiction", "conversion", "no_headline"}


class Reader:
    """Reads reports. It has no state: one does for all threads, it can be pickled, and forked processes may use
    it. What it knows is loaded when first needed, once in a process.
    """

    def read(
        self,
        report: str | bytes,
        *,
        published: Day | None = None,
        outlet: str | None = None,
        url: str | None = None,
        strict: bool = False,
    ) -> Record:
        """The record of one report: plain text, HTML, newsroom XML or JSON, a mail. Of several, the first.

        Reading never fails; what went wrong is in `record.problems`. With `strict`, an `UnreadError` is raised
        where words were not read.
        """
        record = _onrecord.read(report, (published, outlet, url))
        return _strictly(record) if strict else record

    def read_all(
        self,
        source: bytes | str | os.PathLike[str],
        *,
        published: Day | None = None,
        outlet: str | None = None,
        url: str | None = None,
        columns: str | None = None,
        threads: int = 1,
    ) -> list[Record]:
        """The records of all reports in a file, or in bytes: archives, crawls, feeds, mailboxes, tables; a string
        is a path. `columns` says which column or member holds what, as `text=body,published=day`.

        What cannot be read is told by a `BrokenWarning`, and the rest is read.
        """
        known = (published, outlet, url)
        records, broken = _onrecord.read_all(source, known, columns, _threads(threads))
        if broken:
            import warnings

            for name, why in broken:
                warnings.warn(f"`{name}`: {why}", BrokenWarning, stacklevel=2)
        return records

    def read_many(
        self,
        reports: Iterable[str | bytes | Given | Mapping],
        *,
        published: Day | None = None,
        outlet: str | None = None,
        url: str | None = None,
        threads: int = 1,
    ) -> Iterator[Record]:
        """The records of many reports, in their order, as they are asked for. A report is a string, bytes, or a
        dictionary with `text` and, where known, `published`, `outlet` and `url`. With several threads, some are
        read ahead; no thread is left when the reading ends.
        """
        known = (published, outlet, url)
        threads = _threads(threads)
        some = 1 if threads == 1 else 32 * threads
        reports = iter(reports)

        def records():
            while items := [_item(report, known) for report in islice(reports, some)]:
                yield from _onrecord.read_items(items, threads)

        return records()

    def read_batch(self, batch, *, table: Name = "entries", threads: int = 1) -> Table:
        """The table of a batch of reports: whatever hands on Arrow (a batch or table of pyarrow, polars, DuckDB),
        with a column `text` and, where known, `published`, `outlet`, `url` and `id`. `id` comes back as
        `location` in the table `entries`. A row without text gives nothing.
        """
        return _onrecord.read_batch(batch, table, _threads(threads))

    @property
    def made_by(self) -> dict:
        """What records say they were made by: version and models."""
        return json.loads(_onrecord.made_by())

    def __eq__(self, other):
        return type(self) is type(other)

    def __hash__(self):
        return hash(Reader)

    def __repr__(self):
        return f"<Reader {_onrecord.__version__}>"


def tables(records: Iterable[Record], names: Iterable[Name] = TABLES) -> dict[str, Table]:
    """Tables of records, by name: `statements`, `commitments`, `events`, `entities`; on demand `entries`, all
    kinds in one, and `records`, whole records. Each hands on Arrow: `polars.DataFrame(tables["statements"])`.
    """
    records, names = list(records), list(names)
    return dict(zip(names, _onrecord.tables(records, names), strict=True))


def columns(table: Name = "entries") -> list[str]:
    """The names of a table's columns; `onrecord schema --tables` says what they mean."""
    return schema(table).column_names


def schema(table: Name = "entries") -> Table:
    """A table without rows, whose columns are those that `read_batch` gives: `pyarrow.schema(schema())`."""
    return _onrecord.tables([], [table])[0]


def _item(report, known):
    if isinstance(report, (str, bytes, bytearray)):
        return report, known
    get = report.get
    published, outlet, url = known
    own = (published or get("published"), outlet or get("outlet"), url or get("url"))
    return report["text"], own


def _threads(threads: int) -> int:
    if threads < 1:
        raise ValueError(f"threads is {threads}; it is at least 1")
    return threads


def _strictly(record: Record) -> Record:
    problems = [p for p in record.problems if p.kind not in _COSTS_NO_WORDS]
    if problems:
        raise UnreadError("; ".join(p.message for p in problems), problems, record)
    return record
