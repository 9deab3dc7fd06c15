"""Reading within limits: what takes too long or too much is refused in one sentence, and the next file is read."""

import gc
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from evals.benchmarks.hostile_files import hostile_files, outcomes
from knowledge.library import bounded_reader, reader_process
from knowledge.library.bounded_reader import read_bounded
from knowledge.library.importer import Outcome, import_paths
from knowledge.library.store import Library
from knowledge.model.errors import SourceRefused
from knowledge.model.source import Source
from tests.invented import MIRA

GOOD = b"Tom Reed: Why bees?\n\nMira Vane: I like them.\n\nTom Reed: And ants?\n\nMira Vane: I think so.\n"
STALLS = b"<html><body>" + b"<html><!--" * 60_000


def bounded(raw: bytes, **limits: float) -> Source:
    return read_bounded(raw, origin="talk.txt", source_id="talk", subject=MIRA, **limits)  # type: ignore[arg-type]


def test_a_good_file_is_read_as_it_is_without_limits() -> None:
    assert bounded(GOOD).quotable_words() == 6


def test_a_refusal_keeps_its_reason() -> None:
    with pytest.raises(SourceRefused, match="the file is empty"):
        bounded(b"  ")


def test_a_file_that_takes_too_long_is_refused_and_the_next_is_read() -> None:
    with pytest.raises(SourceRefused, match="takes too long"):
        bounded(STALLS, seconds=1.0)
    assert bounded(GOOD).quotable_words() == 6


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of memory for a process")
def test_a_file_that_needs_too_much_memory_is_refused_and_the_next_is_read() -> None:
    bounded(GOOD)
    with pytest.raises(SourceRefused, match=r"memory|ended the reader"):
        bounded(b"Tom Reed: why?\n" * 2_000_000, memory=400_000_000, seconds=60.0)
    assert bounded(GOOD).quotable_words() == 6


def test_one_bad_file_costs_the_others_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knowledge.library.bounded_reader.SECONDS", 2.0)
    talks = tmp_path / "talks"
    talks.mkdir()
    for name, raw in [("a.txt", GOOD), ("b.html", STALLS), ("c.txt", GOOD + b"\nTom Reed: So?\n")]:
        (talks / name).write_bytes(raw)
    outcomes = [report.outcome for report in import_paths([talks], Library(f"sqlite:///{tmp_path}/l.db"), MIRA)]
    assert outcomes == [Outcome.NEW, Outcome.REFUSED, Outcome.NEW]


def test_modules_in_the_folder_at_hand_are_not_run(tmp_path: Path) -> None:
    (tmp_path / "yaml.py").write_text("open('ran', 'w').close()\n", encoding="utf-8")
    code = (
        "import sys; sys.path = [p for p in sys.path if p]\n"
        "from knowledge.library.bounded_reader import read_bounded\n"
        "from tests.invented import MIRA\n"
        f"print(read_bounded({GOOD!r}, origin='t', source_id='t', subject=MIRA).quotable_words())\n"
    )
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-P", "-c", code],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(root)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "6"
    assert not (tmp_path / "ran").exists()


def test_two_hundred_hostile_files_are_read_or_refused() -> None:
    found = list(outcomes(hostile_files(12_000), MIRA, seconds=1.0))
    assert len(found) == 200
    assert [one for one in found if one.is_fault] == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows stops no process from outside")
def test_a_machine_that_gives_no_time_is_waited_for() -> None:
    bounded(GOOD)
    child = bounded_reader._CHILD._process
    assert child is not None
    child.send_signal(signal.SIGSTOP)
    threading.Timer(3.0, child.send_signal, [signal.SIGCONT]).start()
    assert bounded(GOOD, seconds=0.2).quotable_words() == 6


def test_what_every_file_needs_is_loaded_before_the_limit_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setattr(reader_process, "language_of", lambda text: done.append("loaded"))
    monkeypatch.setattr(reader_process, "_limit", lambda seconds, memory: done.append(f"limit {seconds}"))
    task = reader_process.Task(GOOD, "talk.txt", "talk", MIRA, 3.0, 1_000_000_000)
    assert isinstance(reader_process._within_limits(task), Source)
    assert done == ["loaded", "limit 3.0", "limit 0"]
    assert gc.isenabled()
