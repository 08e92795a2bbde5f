"""What is behind the package; nobody else's to call but `Record` and `Table`, which it hands on."""

from collections.abc import Sequence
from os import PathLike
from typing import Any, final

from . import fields

__version__: str

_Known = tuple[Any, str | None, str | None]

@final
class Record(fields.Record):
    """What a report says: who said, promised, signed and did what. Its members are attributes."""

    @classmethod
    def from_json(cls, json: str) -> Record:
        """The record that a line of `onrecord read --json` holds, every span verified.

        Raises RecordError, with the span that does not quote the text.
        """

    def to_json(self) -> str:
        """The line that `onrecord read --json` prints of it, without its end."""

    def to_dict(self) -> dict[str, Any]:
        """The same as dictionaries and lists."""

    def to_html(self) -> str:
        """The page that `onrecord read --html` prints of it."""

    def _repr_html_(self) -> str: ...

@final
class Table:
    """A table, whose columns `onrecord schema --tables` explains. It is handed on by the Arrow PyCapsule
    interface, nothing copied: `polars.DataFrame(table)`, `pyarrow.table(table)`, `FROM table` in DuckDB."""

    @property
    def name(self) -> str:
        """Its name: `statements`."""

    @property
    def column_names(self) -> list[str]:
        """The names of its columns."""

    @property
    def num_rows(self) -> int:
        """How many rows it has."""

    def __len__(self) -> int: ...
    def to_pyarrow(self) -> Any:
        """As a `pyarrow.Table`."""

    def to_polars(self) -> Any:
        """As a data frame of polars."""

    def to_pandas(self) -> Any:
        """As a data frame of pandas; needs pyarrow."""

    def __arrow_c_schema__(self) -> object: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...
    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]: ...

@final
class Ledger:
    def __new__(cls, place: str) -> Ledger: ...
    @property
    def place(self) -> str: ...
    def size(self) -> tuple[int, int]: ...
    def file(self, records: Sequence[tuple[Record, str | None]]) -> list[str]: ...
    def get(self, report: str) -> Record | None: ...
    def find(self, filters: Sequence[str]) -> tuple[list[str], Table, str | None, bool]: ...
    def count(self, filters: Sequence[str]) -> int: ...
    def tracker(self, filters: Sequence[str]) -> tuple[list[str], Table, str | None, bool]: ...
    def thread(self, entry: str) -> str | None: ...
    def who(self, name: str) -> tuple[list[str], bool]: ...
    def tables(self, names: Sequence[str]) -> list[Table]: ...

def main(args: Sequence[str], again: Sequence[str]) -> int: ...
def read(data: str | bytes, known: _Known) -> Record: ...
def read_items(items: Sequence[tuple[str | bytes, _Known]], threads: int) -> list[Record]: ...
def read_all(
    place: bytes | str | PathLike[str], known: _Known, columns: str | None, threads: int
) -> tuple[list[Record], list[tuple[str, str]]]: ...
def read_batch(batch: Any, table: str, threads: int) -> Table: ...
def tables(records: Sequence[Record], names: Sequence[str]) -> list[Table]: ...
def made_by() -> str: ...
def json_schema() -> str: ...
