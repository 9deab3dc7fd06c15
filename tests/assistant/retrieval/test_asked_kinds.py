"""A question that asks for a number or a person is not answered by words that have none."""

import pytest

from assistant.retrieval.asked_kinds import lacks_what_is_asked
from knowledge.model.passages import passages
from tests.invented import labelled_source

TALK = """\
Tom Reed: How large is the hive?
Mira Vane: It has 40,000 bees in summer. In winter most of the drones are gone.
Tom Reed: How many queens live there?
Mira Vane: Only one, or for a week two.
Tom Reed: Did you find the dance by yourself?
Mira Vane: I learned it at the lake from Karl Winter, who watched them for years.
Tom Reed: And the smoke?
Mira Vane: It calms them and nobody knows why.
"""
LARGE, QUEENS, DANCE, SMOKE = ([(one, [1.0] * len(one.sentences))] for one in passages(labelled_source(TALK, "talk")))


@pytest.mark.parametrize(
    ("question", "best", "lacks"),
    [
        ("How many bees does the hive have?", LARGE, False),
        ("How many drones does the hive have?", LARGE, True),
        ("How many queens are in a hive?", QUEENS, False),
        ("How many workers are in a hive?", QUEENS, True),
        ("How long does smoke calm them?", SMOKE, True),
        ("How long did he watch them?", DANCE, False),
        ("Who found the dance?", DANCE, False),
        ("Who did Karl Winter learn it from?", DANCE, True),
        ("Who brought the smoke?", SMOKE, True),
        ("Why does smoke calm them?", SMOKE, False),
        ("谁发现了舞蹈？", SMOKE, True),
    ],
)
def test_what_is_asked_for_must_be_there(question: str, best: list, lacks: bool) -> None:  # type: ignore[type-arg]
    assert lacks_what_is_asked(question, best) is lacks


def test_it_must_be_where_the_passage_answers() -> None:
    passage = LARGE[0][0]
    assert not lacks_what_is_asked("How large is the hive?", [(passage, (5.0, 1.0))])
    assert lacks_what_is_asked("How much remains in winter?", [(passage, (1.0, 5.0))])


def test_one_of_the_best_passages_is_enough() -> None:
    assert not lacks_what_is_asked("Who found the dance?", [*SMOKE, *DANCE])
