"""The rules of how a neighbour changes a meaning: each finds its examples, and not what only looks like them."""

import pytest

from assistant.fairness.rules import found, rules

EVERY = rules().values()


@pytest.mark.parametrize(("name", "text"), [(one.name, text) for one in EVERY for text in one.match])
def test_a_rule_finds_its_matches(name: str, text: str) -> None:
    assert found(name, text)
    assert found(name, text.replace("'", "’"))


@pytest.mark.parametrize(("name", "text"), [(one.name, text) for one in EVERY for text in one.near_miss])
def test_a_rule_leaves_its_near_misses_alone(name: str, text: str) -> None:
    assert not found(name, text)


def test_every_rule_has_a_reason_a_match_and_a_near_miss() -> None:
    assert all(one.why and one.match and one.near_miss for one in EVERY)
