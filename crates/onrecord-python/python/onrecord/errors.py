"""What can go wrong. Reading itself never fails: what kept words from being read is in `record.problems`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import Record
    from .fields import Problem


class Error(Exception):
    """Whatever this package raises; a bare one is a fault of its own."""


class ArgumentError(Error, ValueError):
    """What was asked for cannot be asked: a day that is none, a filter or a table that is not known."""


class RecordError(Error, ValueError):
    """A record that is not believed. Where a span does not quote its text, which one: `start` and `end` in
    code points, and `quote`."""

    def __init__(self, why: str, start: int | None = None, end: int | None = None, quote: str | None = None):
        super().__init__(why)
        self.start = start
        self.end = end
        self.quote = quote


class UnreadError(Error):
    """Words were not read, and `strict` was asked for. Each of `problems` has the span it is about, where
    there is one; what was read all the same is `record`."""

    def __init__(self, why: str, problems: list[Problem], record: Record):
        super().__init__(why)
        self.problems = problems
        self.record = record

    def __reduce__(self):
        return type(self), (self.args[0], self.problems, self.record)


class LedgerError(Error):
    """A ledger that cannot be opened, read or written to."""


class BrokenWarning(UserWarning):
    """A member of an archive, a crawl or a table that could not be read; the others were."""
