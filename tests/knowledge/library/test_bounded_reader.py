"""Reading within limits: what takes too long or too much is refused in one sentence, and the next file is read."""

import os
import random
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

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


def _zip(name: str, text: bytes) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(name, text)
    return made.getvalue()


REPEATED = [
    b'<html>', b'<!--', b'<p>', b'<div><b>', b'</p>', b"<a href='", b'&', b'&#x', b'<![CDATA[', b'<?x',
    b'<table><tr><td>', b'Q: a\n', b'A: \n\n', b'**', b'*a*', b'_a', b'[', b'](', b'[a](b', b'`', b'<v Mira Vane>',
    b'- ', b'>', b'> ', b'| a ', b'# a\n', b'1. ', b'00:00:01.000 --> 00:00:02.000\na\n\n', b'00:01 ',
    b'(00:01) Mira Vane\n', b'[00:01] ', b'Mira Vane: ', b'Mira Vane:\n', b'\n', b' ', b'\t', b'a', b'a ', b'.',
    b'a. ', b'"', b'{', b'{"a":', b'[[', b'\\', b'\\u0041', b'\x00a', b'\xff\xfe', b'\xe6\x88\x91', b'\xe2\x80\x9c',
    b'\xc3\xa9', b'\xe9', b'\r', b'---\n', b'a: b\n', b'a,b\n', b'start\tend\ttext\n', b'(', b'\xef\xbc\x88',
    b'Mira Vane (', b"<span style='", b'<s>', b'~~', b'~~a', b'<del>', b'A B C D ', b'0123456789',
]  # fmt: skip
HEADS: list[bytes] = [
    b"", GOOD * 3, b"<html><body>", b"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n", b"%PDF-1.7\n", b'{"segments": [',
    b"# Talk\n\n**Tom Reed:** So?\n\n**Mira Vane:** So.\n\n**Tom Reed:** So?\n\n**Mira Vane:** So.\n\n",
]  # fmt: skip


def hostile() -> Iterator[tuple[str, bytes]]:
    """Yield files of about 50 kB: each head before each thing repeated, in a seeded choice, and some archives."""
    chosen = random.Random(13).sample([(head, part) for head in HEADS for part in REPEATED], 190)
    for number, (head, part) in enumerate(chosen):
        yield f"{number} {head[:12]!r} {part[:12]!r}", head + part * (50_000 // len(part))
    for number, name in enumerate(["word/document.xml", "content.xml", "x"]):
        for text in (b"<w:p>" * 40_000, b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", b"\x00" * 200_000):
            yield f"zip {number} {text[:6]!r}", _zip(name, text)
    yield "gzip", b"\x1f\x8b\x08\x00" + b"\x00" * 1000


def test_two_hundred_hostile_files_are_read_or_refused() -> None:
    files = list(hostile())
    assert len(files) == 200
    crashed = []
    for name, raw in files:
        try:
            bounded(raw, seconds=1.0)
        except SourceRefused as refused:
            crashed += (
                [name] if "fault of this program" in refused.reason or "ended the reader" in refused.reason else []
            )
    assert crashed == []
