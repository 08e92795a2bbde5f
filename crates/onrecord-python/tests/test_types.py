"""What types and stubs say holds."""

import ast
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import onrecord
from onrecord import _onrecord, fields


def test_the_classes_are_those_of_the_schema():
    made = subprocess.run(
        [sys.executable, Path(__file__).with_name("fields")],
        input=_onrecord.json_schema(),
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert made == Path(fields.__file__).read_text(), "run: onrecord schema | tests/fields > python/onrecord/fields.py"


def test_the_stub_has_what_the_module_has():
    package = files(onrecord)
    assert package.joinpath("py.typed").is_file()
    stub = ast.parse(package.joinpath("_onrecord.pyi").read_text())
    names = {n.name for n in stub.body if isinstance(n, (ast.FunctionDef, ast.ClassDef))}
    assert names == {n for n in vars(_onrecord) if not n.startswith("__")}
    for made in (n for n in stub.body if isinstance(n, ast.ClassDef)):
        for method in (m for m in made.body if isinstance(m, ast.FunctionDef)):
            assert hasattr(getattr(_onrecord, made.name), method.name), (made.name, method.name)


def test_every_member_is_typed(record):
    def walk(member):
        for name in type(member).__annotations__:
            value = getattr(member, name)
            for one in value if isinstance(value, list) else [value]:
                assert not isinstance(one, dict), f"{type(member).__name__}.{name}"
                if isinstance(one, fields.Fields):
                    walk(one)

    walk(record.statements[0])
    walk(record.report)
    walk(fields.record_of(record.to_json()))


def test_all_that_is_offered_is_there_and_told():
    for name in onrecord.__all__:
        offered = getattr(onrecord, name)
        assert isinstance(offered, str) or offered.__doc__, name
