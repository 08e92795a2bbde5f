"""What the tests share: reports to read, and the command."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import onrecord

ROOT = Path(__file__).parents[3]
COMMAND = str(Path(sys.executable).with_name("onrecord"))


@pytest.fixture(scope="session")
def loan():
    """The text of a report."""
    return (ROOT / "examples/harbour-loan.txt").read_text()


@pytest.fixture(scope="session")
def record(loan):
    """Its record."""
    return onrecord.read(loan)


@pytest.fixture(scope="session")
def records():
    """Some records."""
    return [onrecord.read(path.read_bytes()) for path in sorted((ROOT / "examples").glob("*.txt"))]


@pytest.fixture(scope="session")
def command():
    """Runs the command of the wheel."""

    def run(*args, **given):
        env = {k: v for k, v in os.environ.items() if k != "ONRECORD_LEDGER"}
        return subprocess.run([COMMAND, *map(str, args)], capture_output=True, env=env, check=False, **given)

    return run
