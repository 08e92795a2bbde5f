"""What the classes of `fields.py` are made of: the members of a record as attributes."""

from __future__ import annotations

import json
import re
import sys


class Fields:
    """Members of a record, by name; `with_` is the member `with`. One that is absent is `None`, or an empty
    list. Not to be changed: a record is what was read."""

    def __init__(self, of: dict):
        self.__dict__["_of"] = of

    def __getattr__(self, name: str):
        kind = type(self).__annotations__.get(name)
        if kind is None:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        value = _member(self._of.get(name.removesuffix("_")), kind, sys.modules[type(self).__module__])
        self.__dict__[name] = value
        return value

    def __setattr__(self, name: str, value):
        raise AttributeError("a record is not changed")

    def __delattr__(self, name: str):
        raise AttributeError("a record is not changed")

    def __dir__(self):
        return [*super().__dir__(), *type(self).__annotations__]

    def __eq__(self, other):
        return type(self) is type(other) and self._of == other._of

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self):
        return type(self), (self._of,)

    def __repr__(self):
        def short(value):
            words = repr(value)
            return words if len(words) <= 60 else words[:59] + "…"

        members = ", ".join(f"{name}={short(value)}" for name, value in self._of.items())
        return f"{type(self).__name__}({members})"

    def to_dict(self) -> dict:
        """The same as dictionaries and lists."""
        return self._of


def _member(value, kind: str, module):
    if kind.startswith("list["):
        return [_member(item, kind[5:-1], module) for item in value or ()]
    if value is None:
        return None
    if isinstance(value, dict):
        for name in re.findall(r"\w+", kind):
            of = getattr(module, name, None)
            if isinstance(of, type) and issubclass(of, Fields):
                return of(value)
    return value


class Item(dict):
    """What a ledger says, as the command prints it with `--json`: a dictionary whose members are attributes
    as well."""

    def __getattr__(self, name: str):
        try:
            return self[name.removesuffix("_")]
        except KeyError:
            raise AttributeError(f"there is no {name!r} here; there are {', '.join(self)}") from None

    def __dir__(self):
        return [*super().__dir__(), *self]


def item(line: str):
    """What a line of JSON holds."""
    return json.loads(line, object_hook=Item)
