"""A check tells right from wrong in a large library; how long it takes is printed, for `-s`.

`ILYA_SPEED_SENTENCES=1000000 pytest -s tests/assistant/checking/test_checking_speed.py` measures a library of a million
sentences (about six minutes to fill, 1.5 GB on disk) and prints what it took.
"""

import os
import random
import time
from hashlib import sha256
from itertools import accumulate
from pathlib import Path

import numpy as np
import pytest

from assistant.checking import Checker, Verdict
from knowledge.formats.draft import Draft
from knowledge.library.store import Library
from knowledge.model.provenance import Provenance
from knowledge.model.source import Source
from knowledge.model.turns import Certainty, Role
from knowledge.search.wordmap import Shingles
from knowledge.text.words import keys
from tests.assistant.checking.mutations import drop_word
from tests.invented import MIRA

SENTENCES = int(os.environ.get("ILYA_SPEED_SENTENCES", "8000"))
_PER_SOURCE = 1_000
_PER_TURN = 5
_VOCABULARY = 30_000


def _texts(count: int, seed: int = 3) -> list[str]:
    """Return invented sentences whose words are as unequally common as those of a language (Zipf)."""
    dice = np.random.default_rng(seed)
    weights = 1 / np.arange(1, _VOCABULARY + 1)
    lengths = dice.integers(6, 30, count)
    drawn = dice.choice(_VOCABULARY, int(lengths.sum()), p=weights / weights.sum())
    names = [_name(number) for number in range(_VOCABULARY)]
    ends = list(accumulate(lengths.tolist()))
    spoken = [names[number] for number in drawn.tolist()]
    return [" ".join(spoken[end - length : end]).capitalize() + "." for end, length in zip(ends, lengths, strict=True)]


def _name(number: int) -> str:
    syllables = "ba ce di fo gu ha ke li mo nu pa re si to wu ya".split()
    return "".join(syllables[int(digit, 16)] for digit in f"{number:x}")


def _source(texts: list[str], name: str) -> Source:
    turns = ["\n".join([" ".join(texts[at : at + _PER_TURN])]) for at in range(0, len(texts), _PER_TURN)]
    decoded = "\n".join(turns)
    draft = Draft(decoded, "utf-8", "en", Provenance.TRANSCRIPT)
    offset = 0
    for number, turn in enumerate(turns):
        draft.take(offset, offset + len(turn))
        offset += len(turn) + 1
        hers = number % 2 == 1
        speaker, role = ("Mira Vane", Role.SUBJECT) if hers else ("Tom Reed", Role.OTHER)
        draft.close_turn(role=role, speaker=speaker, certainty=Certainty.LABELLED)
    return Source(
        id=name,
        title=name,
        language="en",
        provenance=Provenance.TRANSCRIPT,
        sha256=sha256(decoded.encode()).hexdigest(),
        reader="invented/1",
        text=draft.text,
        turns=tuple(draft.turns),
        raw_map=draft.raw_map,
    )


@pytest.mark.timeout(3600)
def test_a_check_over_a_large_library_answers_in_time(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    library = Library(f"sqlite:///{tmp_path / 'library.db'}")
    texts = _texts(SENTENCES)
    for at in range(0, len(texts), _PER_SOURCE):
        source = _source(texts[at : at + _PER_SOURCE], f"talk-{at}")
        library.add(source, b"", origin=source.id)
    shingles = Shingles(tmp_path / "shingles", library)
    started = time.perf_counter()
    counted = len(shingles.current())
    filled = time.perf_counter() - started
    checker = Checker(shingles, MIRA)
    dice = random.Random(5)
    hers = [text for at, text in enumerate(texts) if at // _PER_TURN % 2]
    taken = []
    for number in range(120):
        told = dice.choice(hers)
        changed = drop_word(told, dice, hers) or told
        text = (told, changed, f"{told} {dice.choice(hers)}", _texts(1, number)[0])[number % 4]
        started = time.process_time()
        verdict = checker.check(text).verdict
        taken.append(time.process_time() - started)
        assert (verdict is Verdict.EXACT) is (" ".join(["", *keys(text), ""]) in " ".join(["", *keys(told), ""])), text
    taken.sort()
    with capsys.disabled():
        print(  # noqa: T201
            f"\n{SENTENCES:,} sentences, {counted:,} words, index made in {filled:.0f} s; a check takes "
            f"p50 {taken[60] * 1000:.0f} ms, p95 {taken[114] * 1000:.0f} ms, longest {taken[-1] * 1000:.0f} ms"
        )
