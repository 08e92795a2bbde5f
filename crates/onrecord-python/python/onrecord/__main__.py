"""The command, `python -m onrecord`: the same as `onrecord`."""

import os
import signal
import sys

from ._onrecord import main as run


def main() -> int:
    """Runs the command and gives back its exit code."""
    # As every program of its kind ends: Python would wait for the library to come back first.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    again = [sys.executable, "-m", "onrecord"] if sys.executable else []
    code = run(["onrecord", *sys.argv[1:]], again)
    # All is written; there is nothing of Python's to tidy up.
    os._exit(code)


if __name__ == "__main__":
    sys.exit(main())
