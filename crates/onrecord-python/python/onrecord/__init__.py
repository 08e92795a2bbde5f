"""Reads news reports and keeps a record of who said, promised, signed and did what.

    >>> import onrecord
    >>> record = onrecord.read("Ferry line reopens\\n\\nThe ferry sails again, the mayor said.")
    >>> record.statements[0].source.span.quote
    'the mayor'

`read` takes one report, `read_all` a file or archive of them, `read_many` a stream, `read_batch` an Arrow batch.
`tables` makes data frames of records, and a `Ledger` keeps them.
"""

from __future__ import annotations

from . import errors
from ._ledger import Found, Ledger
from ._onrecord import Record, Table, __version__
from ._reader import Reader, columns, schema, tables
from .errors import ArgumentError, BrokenWarning, Error, LedgerError, RecordError, UnreadError

__all__ = [
    "ArgumentError",
    "BrokenWarning",
    "Error",
    "Found",
    "Ledger",
    "LedgerError",
    "Reader",
    "Record",
    "RecordError",
    "Table",
    "UnreadError",
    "__version__",
    "columns",
    "errors",
    "read",
    "read_all",
    "read_batch",
    "read_many",
    "schema",
    "tables",
    "to_spacy",
]

_reader = Reader()

read = _reader.read
read_all = _reader.read_all
read_many = _reader.read_many
read_batch = _reader.read_batch


def to_spacy(record, nlp, *, expand=True):
    """A spaCy `Doc` of a record's report; see `onrecord.spacy.to_spacy`."""
    from .spacy import to_spacy

    return to_spacy(record, nlp, expand=expand)
