"""The instruments themselves: mutants are drawn the same way twice and are Python; a soak sees what it looks for."""

import ast
import json
import random
from pathlib import Path

import httpx2
import pytest

from tests.faults.flips_run import TALK, Ran, faults
from tests.faults.mutant_run import draw
from tests.faults.mutations import mutations
from tests.faults.soak_run import Soak, Wrong, hers
from tests.faults.workshop import ROOT

CODE = """\
def widened(run: int, limit: int = 6) -> bool:
    if run < limit and not run == 3:
        return True
    return run - 1 in (limit,) if run else False
"""


def test_each_kind_of_change_is_made_and_every_mutant_is_python() -> None:
    made = {" ".join(CODE[one.start : one.end].split()) + " → " + one.instead.strip() for one in mutations(CODE)}
    for mutant in mutations(CODE):
        ast.parse(mutant.of(CODE))
    assert {"< → <=", "== → !=", "- → +", "in → not in", "6 → (6 + 1)", "True → False"} <= made
    assert "run < limit and not run == 3 → ((run < limit) or (not run == 3))" in made
    assert "run < limit and not run == 3 → False" in made


def test_the_same_seed_draws_the_same_mutants_of_every_module() -> None:
    drawn = draw(60, 5)
    assert drawn == draw(60, 5) != draw(60, 6)
    assert len({one.file for one in drawn}) >= 25
    assert all((ROOT / name).is_file() for one in drawn for name in (one.file, *one.tests))


@pytest.fixture
def soak(tmp_path: Path) -> Soak:
    return Soak(tmp_path, random.Random(1))


def quote(text: str) -> dict[str, object]:
    return {"text": text, "source": {"id": "talk-7"}}


def test_a_soak_sees_words_that_are_not_hers(soak: Soak) -> None:
    soak._is_hers(quote(hers(7)[0]))
    for text in (hers(7)[0].replace("7", "8"), "Would you build ferry number 7 again?", hers(7)[0] + " " + hers(7)[1]):
        with pytest.raises(Wrong, match="not hers"):
            soak._is_hers(quote(text))


def test_a_soak_sees_a_bare_failure_of_the_server_and_forgives_one_that_is_told(soak: Soak) -> None:
    soak._is_answered(httpx2.Response(200), "ask")
    soak._is_answered(httpx2.Response(422), "hostile")
    soak._is_answered(httpx2.Response(503, headers={"x-request-id": "r1"}), "ask")
    for answer in (httpx2.Response(500, headers={"x-request-id": "r1"}), httpx2.Response(503)):
        with pytest.raises(Wrong):
            soak._is_answered(answer, "ask")


def answer(text: str, start: int) -> str:
    return json.dumps({"quotes": [{"text": text, "start": start, "end": start + 4, "source": {"id": "talk"}}]})


@pytest.mark.parametrize(
    ("ran", "is_seen"),
    [
        (Ran(0, answer(TALK[9:13], 9), ""), False),
        (Ran(1, "", "The library is damaged: `ilya restore FILE` brings back a backup."), False),
        (Ran(0, answer("Weir", 9), ""), True),
        (Ran(1, "", "Traceback (most recent call last): …"), True),
        (Ran(1, "", ""), True),
        (Ran(3, "We hold no words of his.", ""), True),
        (Ran(-11, "", "Segmentation fault"), True),
    ],
)
def test_a_turned_bit_shows_the_right_words_or_one_sentence(ran: Ran, *, is_seen: bool) -> None:
    assert bool(list(faults(("ask", "What of weirs?", "--json"), ran, {"talk": TALK}))) is is_seen
