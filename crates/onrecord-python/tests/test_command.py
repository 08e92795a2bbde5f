"""The command that the wheel puts on the path."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import onrecord
from conftest import COMMAND, ROOT


def test_records_are_the_same_byte_for_byte(command):
    files = [p for folder in ("examples", "formats") for p in sorted((ROOT / folder).rglob("*"))]
    # What lies in a ledger's folder are records of older versions, and ledgers.
    files = [p for p in files if p.is_file() and "ledger" not in p.parts and p.suffix not in (".md", ".json", ".jsonl")]
    assert len(files) > 15
    # One at a time: of several inputs the command leaves out a feed's bare titles whose pages are beside it.
    printed = [line for path in files for line in command("read", "--json", "--quiet", path).stdout.decode().splitlines()]
    here = [record.to_json() for path in files for record in onrecord.read_all(path)]
    assert len(printed) == len(here) > 15
    for there, own in zip(printed, here, strict=True):
        assert there == own


def test_exit_codes_and_streams_are_the_binary_s(command, tmp_path):
    assert command("--version").stdout.decode() == f"onrecord {onrecord.__version__}\n"
    assert command("read", "--nothing").returncode == 2
    lost = command("read", tmp_path / "nowhere.txt")
    assert lost.returncode == 2 and b"does not exist" in lost.stderr and lost.stdout == b""
    empty = tmp_path / "ad.txt"
    empty.write_text("Shoes.\n")
    assert command("read", empty).returncode == 1
    assert command("read", ROOT / "examples/harbour-loan.txt").returncode == 0
    piped = command("read", "-", "--json", input=b"Ferry reopens\n\nIt sailed, the mayor said.")
    assert b'"statements":[{' in piped.stdout
    module = subprocess.run([sys.executable, "-m", "onrecord", "--help"], capture_output=True, check=False)
    assert module.stdout.split() == command("--help").stdout.split() and b"Usage: onrecord" in module.stdout


def test_a_closed_pipe_is_no_trouble():
    read = subprocess.Popen([COMMAND, "schema", "--tables"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    read.stdout.close()
    assert read.stderr.read() == b""
    assert read.wait() == 0


def test_it_reads_in_a_process_of_its_own_and_ends_when_told(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    waits = subprocess.Popen([COMMAND, "read", ROOT / "examples/harbour-loan.txt", pipe], stdout=subprocess.DEVNULL)
    try:
        children = Path(f"/proc/{waits.pid}/task")
        deadline = time.monotonic() + 60
        worker = []
        while not worker and time.monotonic() < deadline:
            worker = [c for t in children.iterdir() for c in (t / "children").read_text().split()]
            time.sleep(0.05)
        line = Path(f"/proc/{worker[0]}/cmdline").read_bytes().split(b"\0")
        assert Path(line[0].decode()).samefile(sys.executable) and line[1:4] == [b"-m", b"onrecord", b"worker"]
        waits.send_signal(signal.SIGINT)
        assert waits.wait(timeout=30) == -signal.SIGINT
    finally:
        waits.kill()
