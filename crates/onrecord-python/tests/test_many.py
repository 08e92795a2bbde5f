"""Many reports: threads, processes, and what is left of them."""

import multiprocessing
import os
import pickle
import subprocess
import sys
import threading
import time

import pytest

import onrecord


def reports(n):
    return [f"Ferry {i} reopens\n\nThe mayor said ferry {i} would sail on Monday." for i in range(n)]


def threads_of_this_process():
    return len(os.listdir("/proc/self/task"))


def test_the_order_is_kept_on_any_number_of_threads():
    alone = list(onrecord.read_many(reports(90), outlet="Harbor Post"))
    assert [r.report.headline.quote for r in alone[:2]] == ["Ferry 0 reopens", "Ferry 1 reopens"]
    before = threads_of_this_process()
    assert list(onrecord.read_many(reports(90), outlet="Harbor Post", threads=3)) == alone
    assert threads_of_this_process() == before


def test_one_thread_reads_no_further_than_it_is_asked():
    taken = []

    def source():
        for report in reports(5):
            taken.append(report)
            yield report

    reading = onrecord.read_many(source())
    next(reading)
    assert len(taken) == 1


def test_each_report_may_say_what_is_known_of_it():
    given = [{"text": "Pier shut\n\nIt broke.", "published": "2031-03-04", "outlet": "Harbor Post", "more": 1}]
    [record] = onrecord.read_many(given)
    assert (record.report.outlet, record.report.published.value) == ("Harbor Post", "2031-03-04")
    with pytest.raises(KeyError):
        list(onrecord.read_many([{"headline": "x"}]))


def test_python_goes_on_while_a_report_is_read(loan):
    long = "\n\n".join([loan] * 30)
    onrecord.read("warm")
    ticks = []
    done = threading.Event()

    def tick():
        while not done.is_set():
            ticks.append(time.perf_counter())
            time.sleep(0.001)

    ticking = threading.Thread(target=tick)
    ticking.start()
    begun = time.perf_counter()
    onrecord.read(long)
    ended = time.perf_counter()
    done.set()
    ticking.join()
    within = [t for t in ticks if begun < t < ended]
    assert len(within) > 3, f"{len(within)} ticks in {ended - begun:.2f} s"


def read_elsewhere(args):
    reader, report = args
    return reader.read(report).to_json(), threads_of_this_process()


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_other_processes_read_the_same(method):
    # This process has read already, on several threads.
    alone = [r.to_json() for r in onrecord.read_many(reports(4), threads=2)]
    reader = pickle.loads(pickle.dumps(onrecord.Reader()))
    with multiprocessing.get_context(method).Pool(2) as pool:
        there = pool.map(read_elsewhere, [(reader, report) for report in reports(4)])
    assert [json for json, _ in there] == alone
    assert all(threads == 1 for _, threads in there) or method == "spawn"


def test_nothing_starts_at_import():
    code = """
import os, sys, time
def threads(): return len(os.listdir('/proc/self/task'))
before, loaded = threads(), set(sys.modules)
begun = time.perf_counter()
import onrecord
took = time.perf_counter() - begun
assert threads() == before, threads()
heavy = {'numpy', 'pandas', 'polars', 'pyarrow', 'spacy', 'asyncio', 'multiprocessing', 'inspect'} & set(sys.modules)
assert not heavy, heavy
onrecord.read('The mayor said it sailed.')
assert threads() == before, threads()
print(took)
"""
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert out.returncode == 0, out.stderr


def test_a_reader_is_a_reader():
    reader = onrecord.Reader()
    assert reader == onrecord.Reader() and hash(reader) == hash(onrecord.Reader())
    assert reader.made_by["version"] == onrecord.__version__
    assert reader.made_by == reader.read("x").reader.to_dict()
