"""A ledger: records that are kept."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from . import _onrecord
from ._base import Item, item
from .errors import ArgumentError, LedgerError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ._onrecord import Record, Table

EXPORTED = ("entries", "statements", "events", "commitments", "entities", "threads")


class Found:
    """What a ledger found, in the order asked for: a sequence of what the command prints with `--json`, and a
    table (`table`) that hands on Arrow. `next` is where to go on (`after`) when `limit` cut it off; `cut` says
    that more may belong here than was looked at.
    """

    def __init__(self, lines: list[str], table: Table | None = None, next: str | None = None, cut: bool = False):
        self._lines = lines
        self.table = table
        self.next = next
        self.cut = cut

    def __len__(self) -> int:
        return len(self._lines)

    def __getitem__(self, place):
        if isinstance(place, slice):
            return [item(line) for line in self._lines[place]]
        return item(self._lines[place])

    def __iter__(self) -> Iterator[Item]:
        return map(item, self._lines)

    def __repr__(self) -> str:
        what = self.table.name if self.table else "found"
        return f"<Found {len(self)} {what}{', and there are more' if self.next else ''}>"

    def to_polars(self):
        """As a data frame of polars."""
        return self.table.to_polars()

    def to_pandas(self):
        """As a data frame of pandas; needs pyarrow."""
        return self.table.to_pandas()

    def to_pyarrow(self):
        """As a `pyarrow.Table`."""
        return self.table.to_pyarrow()


class Ledger:
    """A ledger: a SQLite file, or a Postgres database (`postgres://...`). It is begun where there is none, unless
    `create` is false.

    It can be pickled and used by forked processes, each of which opens it anew. What is asked waits for no other
    Python thread.
    """

    def __init__(self, location: str | os.PathLike[str], *, create: bool = True):
        place = os.fspath(location)
        file = "://" not in place
        if file and not create and not os.path.exists(place):
            raise LedgerError(f"there is no ledger `{place}`")
        # A worker with another working folder means the same file.
        named = file and place and not place.startswith((":", "file:"))
        self._ledger = _onrecord.Ledger(os.path.abspath(place) if named else place)

    @property
    def location(self) -> str:
        """Where it is."""
        return self._ledger.place

    @property
    def reports(self) -> int:
        """How many reports it holds, all versions."""
        return self._ledger.size()[0]

    def __repr__(self) -> str:
        # An address may hold a password.
        place = self.location.split("@")[-1] if "://" in self.location else self.location
        return f"<Ledger {place!r}>"

    def file(self, records: Record | Iterable[Record], *, location: str | Iterable[str] | None = None) -> list[Item]:
        """Files records, all of them or on an error none, and says of each what became of it (`outcome`): `new`,
        `present`, `carried` (the text was there from elsewhere), `reread`, `outdated`. A report without an
        address of its own stands at `location`: one for all, or one for each.
        """
        records = [records] if isinstance(records, _onrecord.Record) else list(records)
        if location is None or isinstance(location, str):
            places = [location] * len(records)
        else:
            places = list(location)
        if len(places) != len(records):
            raise ArgumentError(f"{len(records)} records and {len(places)} locations; give one for each")
        return [item(line) for line in self._ledger.file(list(zip(records, places, strict=True)))]

    def get(self, report: str) -> Record | None:
        """A report as it was last read, by the beginning of its id or its address."""
        return self._ledger.get(report)

    def find(self, words: str | None = None, **filters: Any) -> Found:
        """Entries: those of which all holds that is asked. The filters are those of `onrecord find`, with `_` for
        `-`: `kind`, `by`, `to`, `about`, `on_word_of`, `commitment_kind`, `status`, `event_type`, `cue`,
        `min_confidence`, `from_`, `until`, `when`, `place`, `near` and `within`, `amount` and `currency`,
        `outlet`, `in_text`, `report`, `superseded`, `sort`, `limit`, `after`. Several values are a list, the two
        ends of a range a tuple: `kind=["event", "statement"]`, `amount=(1_000_000, None)`.
        """
        return Found(*self._ledger.find(_flags(words, filters)))

    def count(self, words: str | None = None, **filters: Any) -> int:
        """How many entries `find` finds."""
        return self._ledger.count(_flags(words, filters))

    def tracker(self, words: str | None = None, **filters: Any) -> Found:
        """The tracker's sheet: a row for each thread that the filters of `find` find a commitment of; with
        `as_of`, `in_` and `rate` as `onrecord tracker` has them.
        """
        return Found(*self._ledger.tracker(_flags(words, filters)))

    def thread(self, entry: str) -> Item | None:
        """The commitment of this handle (`3fa9c2d1:c1`) through its steps; none where it belongs to no thread."""
        line = self._ledger.thread(entry)
        return item(line) if line else None

    def who(self, name: str) -> Found:
        """Those who bear a name, or an id as `wikidata:Q42`, in what offices, and what is told of them."""
        lines, cut = self._ledger.who(name)
        return Found(lines, cut=cut)

    def tables(self, names: Iterable[str] = EXPORTED) -> dict[str, Table]:
        """All it holds as tables, those of `onrecord export --parquet` that are for looking."""
        names = list(names)
        return dict(zip(names, self._ledger.tables(names), strict=True))


def _flags(words: str | None, filters: dict[str, Any]) -> list[str]:
    flags = []
    for name, value in filters.items():
        if value is None or value is False:
            continue
        flag = "--" + name.removesuffix("_").replace("_", "-")
        flags.append(flag if value is True else f"{flag}={_value(name, value)}")
    return [*flags, "--", words] if words else flags


def _value(name: str, value: Any) -> str:
    if isinstance(value, tuple) and name != "near":
        return "..".join("" if end is None else _value(name, end) for end in value)
    if isinstance(value, (list, tuple, set, frozenset)):
        return ",".join(_value(name, one) for one in value)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
