"""Fairness on other people's interviews: 50 sentences that mislead alone and 50 that are fair, named by their places.

The interview with Leike was looked at while the rules were written; the one with Altman never was: its failures were
only counted. That with Turley was judged before any rule had seen it; then one kind of its failures was mended. A
sentence is shown fairly when what it needs is shown with it, or when it is not shown at all.
"""

import hashlib
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from assistant.fairness.context import fair_run
from knowledge.model.source import Source
from knowledge.model.subject import Subject
from knowledge.readers import read
from knowledge.text.sentences import sentences

CASES = Path(__file__).parent / "other_speakers.jsonl"
FOLDER = Path(__file__).parents[4] / "shared" / "corpus" / "other-speakers"
SEEN, UNSEEN = "axrp-24-leike-labelled.md", "lex-419-altman-labelled.txt"
LATER = "lenny-turley-labelled.md"

pytestmark = pytest.mark.skipif(not FOLDER.exists(), reason="../shared is not here")


@cache
def interview(name: str, speaker: str) -> Source:
    raw = (FOLDER / name).read_bytes()
    return read(raw, origin=name, source_id="other", subject=Subject(name=speaker, aliases=tuple(speaker.split())))


def judged(name: str, *, misleading: bool) -> Iterator[bool]:
    """Yield for each case whether it is shown as it should be."""
    for line in CASES.read_text(encoding="utf-8").splitlines():
        case: dict[str, Any] = json.loads(line)
        number, (first, last) = case["sentence"], case["needs"]
        if case["file"] != name or misleading is not ((first, last) != (number, number)):
            continue
        source = interview(name, case["speaker"])
        turn = source.turns[case["turn"]]
        spans = sentences(source.text, turn.start, turn.end)
        said = source.text[spans[number].start : spans[number].end]
        assert hashlib.sha256(said.encode()).hexdigest()[:8] == case["sha"], f"{case} names other words now"
        shown = fair_run(source, spans[number].start, spans[number].end)
        if misleading:
            yield shown is None or (shown.start <= spans[first].start and shown.end >= spans[last].end)
        else:
            yield shown is not None and tuple(shown) == tuple(spans[number])


@pytest.mark.parametrize(
    ("name", "misleading", "count", "at_least"),
    [
        pytest.param(SEEN, True, 15, 1.0, id="misleading, seen"),
        pytest.param(SEEN, False, 19, 0.84, id="fair, seen"),
        pytest.param(UNSEEN, True, 25, 0.6, id="misleading, unseen"),
        pytest.param(UNSEEN, False, 21, 0.9, id="fair, unseen"),
        pytest.param(LATER, True, 10, 0.6, id="misleading, later"),
        pytest.param(LATER, False, 10, 0.9, id="fair, later"),
    ],
)
def test_what_misleads_is_shown_with_what_it_needs_and_what_is_fair_is_left_alone(
    name: str, misleading: bool, count: int, at_least: float
) -> None:
    right = list(judged(name, misleading=misleading))
    assert len(right) == count
    assert sum(right) / count >= at_least
