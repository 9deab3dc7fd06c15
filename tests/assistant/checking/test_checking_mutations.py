"""Changed words are never exact, changed writing always is: by the hundred, over a large invented interview.

With the real transcripts of ../shared at hand, the same is done to them.
"""

import json
import random

import pytest

from assistant.checking import Verdict
from knowledge.model.subject import default_subject
from knowledge.model.turns import Role
from tests.assistant.checking.mutations import BY_CHARACTERS, DISHONEST, HONEST
from tests.assistant.checking.worlds import World
from tests.assistant.orchard import interview, said
from tests.assistant.transcripts import SHARED, labelled_transcripts
from tests.invented import MIRA

COUNT = 40
"""Mutations of each class."""

needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="../shared is not here")


@pytest.fixture(scope="module")
def orchard(tmp_path_factory: pytest.TempPathFactory) -> World:
    return World(tmp_path_factory.mktemp("orchard"), [interview(), interview(40, seed=8)], MIRA)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> World:
    return World(tmp_path_factory.mktemp("real"), labelled_transcripts(), default_subject())


def never_exact(world: World, name: str, count: int) -> None:
    dice = random.Random(name)
    tried = 0
    for _ in range(count * 50):
        changed = DISHONEST[name](dice.choice(world.his), dice, world.his)
        if changed is None or world.truly_said(changed, by_characters=name in BY_CHARACTERS):
            continue
        tried += 1
        assert world.checker.check(changed).verdict is not Verdict.EXACT, changed
        if tried == count:
            return
    pytest.fail(f"only {tried} mutations of “{name}”")


def always_exact(world: World, name: str, count: int) -> None:
    dice = random.Random(name)
    tried = 0
    for _ in range(count * 50):
        rewritten = HONEST[name](dice.choice(world.his), dice)
        if rewritten is None:
            continue
        tried += 1
        found = world.checker.check(rewritten)
        assert found.verdict is Verdict.EXACT, (rewritten, found.verdict)
        if tried == count:
            return
    pytest.fail(f"only {tried} variants of “{name}”")


@pytest.mark.parametrize("name", DISHONEST)
def test_changed_words_are_never_exact(orchard: World, name: str) -> None:
    never_exact(orchard, name, COUNT)


@pytest.mark.parametrize("name", HONEST)
def test_changed_writing_is_always_exact(orchard: World, name: str) -> None:
    always_exact(orchard, name, 15)


def test_the_interviewers_words_are_never_exact(orchard: World) -> None:
    theirs = [text for text in orchard.others if not orchard.truly_said(text)][:COUNT]
    assert len(theirs) >= COUNT
    for text in theirs:
        assert orchard.checker.check(text).verdict is Verdict.OTHER_SPEAKER, text


def test_words_of_another_source_are_never_exact(orchard: World) -> None:
    elsewhere = [text for text in said(interview(100, seed=99), Role.SUBJECT) if not orchard.truly_said(text)]
    assert len(elsewhere) >= COUNT
    for text in elsewhere[:COUNT]:
        assert orchard.checker.check(text).verdict is not Verdict.EXACT, text


@needs_shared
@pytest.mark.parametrize("name", DISHONEST)
def test_changed_words_of_real_transcripts_are_never_exact(real: World, name: str) -> None:
    never_exact(real, name, 15)


@needs_shared
@pytest.mark.parametrize("name", [name for name in HONEST if name != "with his name"])
def test_changed_writing_of_real_transcripts_is_always_exact(real: World, name: str) -> None:
    always_exact(real, name, 5)


@needs_shared
def test_the_gold_claims(real: World) -> None:
    lines = (SHARED / "gold" / "claims.jsonl").read_text(encoding="utf-8").splitlines()
    claims = [json.loads(line) for line in lines]
    wrong = [claim["id"] for claim in claims if real.checker.check(claim["text"]).verdict != claim["expected"]]
    assert len(wrong) <= 0.03 * len(claims), wrong
