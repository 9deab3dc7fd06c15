"""Lightly edited: what an editor may do to speech; and never what carries meaning."""

import re

import pytest

from assistant.checking import Checker, Verdict
from assistant.checking.edits import edits
from assistant.checking.results import Edit
from knowledge.library.store import Library
from tests.invented import labelled_source

SAID = (
    "Mira Vane: It's a slow clock, you know, and the the bees don't mind. We're going to need forty thousand wings. "
    "I think they've um realised that the colour is wrong. You know the answer already. "
    "It is going to be very, very cold. They could possibly have learned it, two or three times. "
    "They won't fly at night. We gotta wait for twenty-five days.\n"
)


@pytest.fixture
def said(library: Library, checker: Checker) -> Checker:
    library.add(labelled_source(SAID, "edits"), SAID.encode(), origin="edits")
    return checker


@pytest.mark.parametrize(
    ("claim", "edit"),
    [
        ("It is a slow clock, you know, and the the bees don't mind.", {Edit.CONTRACTION}),
        ("It's a slow clock, and the the bees don't mind.", {Edit.FILLER}),
        ("It's a slow clock, you know, and the bees don't mind.", {Edit.REPETITION}),
        ("It's a slow clock, you know, and the the bees do not mind.", {Edit.CONTRACTION}),
        ("It is a slow clock, and the bees do not mind.", {Edit.CONTRACTION, Edit.FILLER}),
        ("We're gonna need forty thousand wings.", {Edit.CONTRACTION}),
        ("We're going to need 40,000 wings.", {Edit.NUMBER}),
        ("I think they've realized that the color is wrong.", {Edit.SPELLING}),
        ("I think [the swarms] have realised that the colour is wrong.", None),
        ("I think they've um realised that the colour [of the hive] is wrong.", {Edit.BRACKETS}),
        ("[The winter] is going to be very, very cold.", {Edit.BRACKETS}),
        ("They could possibly have learnt it, 2 or 3 times.", {Edit.SPELLING, Edit.NUMBER}),
        ("They will not fly at night.", {Edit.CONTRACTION}),
        ("They won't fly at night (laughs).", {Edit.BRACKETS}),
        ("We have got to wait for 25 days.", {Edit.CONTRACTION, Edit.NUMBER}),
    ],
)
def test_what_an_editor_may_do(said: Checker, claim: str, edit: set[Edit] | None) -> None:
    found = said.check(claim)
    if edit is None:
        assert found.verdict is Verdict.ALTERED
        return
    assert found.verdict is Verdict.LIGHTLY_EDITED
    assert {one.edit for one in found.places[0].difference} == edit


@pytest.mark.parametrize(
    "claim",
    [
        "It is not a slow clock, and the bees do not mind.",
        "It's a slow clock, and the bees do mind.",
        "We're going to need 41,000 wings.",
        "We're going to need 4,000 wings.",
        "They've realised that the colour is wrong, I think so.",
        "I think they realised that the colour is wrong.",
        "I think they've realised that the colour is [not] wrong.",
        "I think they've realised that the colour is [always] wrong.",
        "The answer you know already.",
        "It is going to be very cold, very.",
        "It's going to be very cold.",
        "They have learned it, two or three times.",
        "They could have learned it, two or three times.",
        "They could possibly have learned it two or four times.",
        "They will fly at night.",
        "They would not fly at night.",
        "We gotta wait for twenty days.",
        "It's a slow clock, you know, um, and the the bees don't mind.",
        "They <never> won't fly at night, they will not fly.",
        "They will not fly at night?",
    ],
)
def test_what_an_editor_may_not_do(said: Checker, claim: str) -> None:
    assert said.check(claim).verdict in (Verdict.ALTERED, Verdict.NOT_FOUND)


@pytest.mark.parametrize("form", [*edits().contractions, *edits().spellings], ids=lambda form: form.match)
def test_every_form_matches_its_example_and_not_its_near_miss(form: object) -> None:
    written, match, near_miss = (getattr(form, name) for name in ("written", "match", "near_miss"))
    assert re.fullmatch(written, match, re.IGNORECASE)
    assert not re.fullmatch(written, near_miss, re.IGNORECASE)


@pytest.mark.parametrize(
    "claim",
    [
        "We're going ≠ to need forty thousand wings.",
        "They won't ⓝⓞⓣ fly at night.",
        "They won't 🚫 fly at night.",
        "We gotta wait for twenty-five days?",
        "I think they've ≠ realised that the colour is wrong.",
    ],
)
def test_what_is_no_word_is_never_an_editors(said: Checker, claim: str) -> None:
    assert said.check(claim).verdict is Verdict.ALTERED


def test_a_last_word_that_begins_the_next_sentence_is_not_a_repeat(library: Library, checker: Checker) -> None:
    text = "Mira Vane: We should be investing heavily to make a lot more honey. Honey is going to be scarce.\n"
    library.add(labelled_source(text, "honey"), text.encode(), origin="honey")
    assert checker.check("We should be investing heavily to make a lot more.").verdict is Verdict.ALTERED


@pytest.mark.parametrize("claim", ["I do not think that is true at all.", "I do think that is true."])
def test_common_words_with_a_carrier_among_them_are_altered(library: Library, checker: Checker, claim: str) -> None:
    text = "Mira Vane: I do not think that is true.\n"
    library.add(labelled_source(text, "true"), text.encode(), origin="true")
    assert checker.check(claim).verdict is Verdict.ALTERED


def test_an_unknown_place_is_not_another_one(library: Library, checker: Checker) -> None:
    text = "Tom Reed: So?\nMira Vane: The reef hums in the evening before rain.\n"
    library.add(labelled_source(text, "hums", date=None, venue=None), text.encode(), origin="hums")
    found = checker.check("“The reef hums in the evening before rain.” — Mira Vane, Lisbon, 2019")
    assert (found.verdict, found.warnings) == (Verdict.EXACT, ())
