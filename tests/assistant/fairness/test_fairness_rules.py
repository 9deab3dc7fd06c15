"""Rules about words: each finds its examples, and not what only looks like them."""

import pytest

from assistant.fairness.rules import FAIRNESS, RuleFile
from assistant.question.wishes import WISHES
from assistant.selection.substance import SUBSTANCE

EVERY = [(file, one) for file in (FAIRNESS, SUBSTANCE, WISHES) for one in file.rules.values()]


@pytest.mark.parametrize(("file", "name", "text"), [(f, one.name, text) for f, one in EVERY for text in one.match])
def test_a_rule_finds_its_matches(file: RuleFile, name: str, text: str) -> None:
    assert file.found(name, text)
    assert file.found(name, text.replace("'", "’"))


@pytest.mark.parametrize(("file", "name", "text"), [(f, one.name, text) for f, one in EVERY for text in one.near_miss])
def test_a_rule_leaves_its_near_misses_alone(file: RuleFile, name: str, text: str) -> None:
    assert not file.found(name, text)


def test_every_rule_has_a_reason_a_match_and_a_near_miss() -> None:
    assert all(one.why and one.match and one.near_miss for _, one in EVERY)
