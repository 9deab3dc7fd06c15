"""Files made to stall or break a reader: `python -m evals.benchmarks.hostile_files [--size 1000000 --seed 1]`.

Two hundred of them: heads of every format before one thing repeated, in a seeded choice, and archives. Each is read
within the limits that every file has; printed are the slowest, and those that ended the reader or met a fault of ours.
"""

import argparse
import random
import sys
import time
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple

from knowledge.library.bounded_reader import read_bounded
from knowledge.model.errors import SourceRefused
from knowledge.model.subject import Subject, default_subject

_TALK = b"Tom Reed: Why bees?\n\nMira Vane: I like them.\n\nTom Reed: And ants?\n\nMira Vane: I think so.\n"
_REPEATED = [
    b"<html>", b"<!--", b"<p>", b"<div><b>", b"</p>", b"<a href='", b"&", b"&#x", b"<![CDATA[", b"<?x",
    b"<table><tr><td>", b"Q: a\n", b"A: \n\n", b"**", b"*a*", b"_a", b"[", b"](", b"[a](b", b"`", b"<v Mira Vane>",
    b"- ", b">", b"> ", b">> ", b"| a ", b"# a\n", b"1. ", b"00:00:01.000 --> 00:00:02.000\na\n\n", b"00:01 ",
    b"(00:01) Mira Vane\n", b"[00:01] ", b"Mira Vane: ", b"Mira Vane:\n", b"\n", b" ", b"\t", b"a", b"a ", b".",
    b"a. ", b'"', b"{", b'{"a":', b"[[", b"\\", b"\\u0041", b"\x00a", b"\xff\xfe", b"\xe6\x88\x91", b"\xe2\x80\x9c",
    b"\xc3\xa9", b"\xe9", b"\r", b"---\n", b"a: b\n", b"a,b\n", b"start\tend\ttext\n", b"(", b"\xef\xbc\x88",
    b"Mira Vane (", b"<span style='", b"<s>", b"~~", b"~~a", b"<del>", b"A B C D ", b"0123456789", b"{\\b a}",
    b"Dialogue: 0:00:01.00,0:00:02.00,a\n", b"0:00:01.000,0:00:02.000\na\n\n", b"He laughs. ", b"1:2:3.4 --> ",
]  # fmt: skip
_HEADS: dict[str, bytes] = {
    "txt": b"", "talk": _TALK * 3, "html": b"<html><body>", "vtt": b"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n",
    "srt": b"1\n00:00:01,000 --> 00:00:02,000\n", "pdf": b"%PDF-1.7\n", "json": b'{"segments": [',
    "md": b"# Talk\n\n" + b"**Tom Reed:** So?\n\n**Mira Vane:** So.\n\n" * 2, "rtf": b"{\\rtf1 ",
    "csv": b"start,speaker,text\n1,Mira Vane,", "ass": b"[Script Info]\n[Events]\nFormat: Start, End, Text\n",
    "ttml": b'<tt xmlns="http://www.w3.org/ns/ttml"><body>', "eml": b"From: a@b.c\nTo: d@e.f\nSubject: So\n\n",
    "sbv": b"0:00:01.000,0:00:02.000\n", "xml": b"<?xml version='1.0'?>", "deposition": b"DEPOSITION OF MIRA VANE\n\n",
}  # fmt: skip
_MADE = 190
_FAULTS = ("fault of this program", "ended the reader")


class Hostile(NamedTuple):
    """A file, and what it is made of."""

    name: str
    raw: bytes


class Outcome(NamedTuple):
    """What became of a file: seconds on the clock, and why it was refused (None: it was read)."""

    name: str
    seconds: float
    refused: str | None

    @property
    def is_fault(self) -> bool:
        """Whether the reader broke, rather than refused."""
        return self.refused is not None and any(fault in self.refused for fault in _FAULTS)


def hostile_files(size: int, seed: int = 13) -> Iterator[Hostile]:
    """Yield two hundred files, nearly all of `size` bytes."""
    pairs = [(head, part) for head in _HEADS for part in _REPEATED]
    for head, part in random.Random(seed).sample(pairs, _MADE):
        yield Hostile(f"{head}: {part[:20]!r}", _HEADS[head] + part * (size // len(part)))
    for name in ("word/document.xml", "content.xml", "x"):
        for text in (b"<w:p>" * (size // 5), b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", b"\x00" * size):
            yield Hostile(f"zip of {name}: {text[:6]!r}", _zip(name, text))
    yield Hostile("gzip", b"\x1f\x8b\x08\x00" + b"\x00" * 1000)


def outcomes(files: Iterator[Hostile], subject: Subject, *, seconds: float | None = None) -> Iterator[Outcome]:
    """Read the files, each within `seconds` of processor time (None: those that every file has)."""
    for name, raw in files:
        began = time.monotonic()
        refused = None
        try:
            read_bounded(raw, origin=name, source_id="hostile", subject=subject, seconds=seconds)
        except SourceRefused as why:
            refused = why.reason
        yield Outcome(name, time.monotonic() - began, refused)


def main() -> None:
    """Read two hundred files and print what became of them."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--size", type=int, default=1_000_000, help="bytes of a file")
    asked.add_argument("--seed", type=int, default=13)
    given = asked.parse_args()
    found = list(outcomes(hostile_files(given.size, given.seed), default_subject()))
    late = [one for one in found if one.refused and "too long" in one.refused]
    faults = [one for one in found if one.is_fault]
    read = sum(one.refused is None for one in found)
    sys.stdout.write(f"{len(found)} files of {given.size:,} bytes: {read} read, {len(found) - read} refused, ")
    sys.stdout.write(f"{len(late)} of them for their time; {len(faults)} faults\n")
    for one in [*faults, *sorted(found, key=lambda one: -one.seconds)[:10]]:
        sys.stdout.write(f"  {one.seconds:6.1f} s  {one.name}  {one.refused or 'read'}\n")


def _zip(name: str, text: bytes) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(name, text)
    return made.getvalue()


if __name__ == "__main__":
    main()
