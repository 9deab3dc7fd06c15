"""Labels against a reviewed map: what is disputed is nobody's."""

import re

import pytest

from knowledge.model.source import Source
from knowledge.model.turns import Role
from knowledge.speakers.map_application import apply_map
from knowledge.speakers.speaker_maps import make_map
from tests.invented import labelled_source

SAID = [
    ("Tom Reed", "Why do the herring gulls follow the plough closely in early spring? Tell us."),
    ("Mira Vane", "The plough turns up worms that frost has driven deep into the clay. Gulls learnt it from rooks."),
    ("Tom Reed", "People in the harbour say that gulls can count the boats that come home. Is there any truth in it?"),
    ("Mira Vane", "Nobody has shown that a gull counts boats. They know the sound of each engine, and its hour."),
    ("Tom Reed", "Then why do they gather on the quay long before the first of the boats can be heard there?"),
    ("Mira Vane", "The tide tells them when the boats can cross the bar. A gull reads water as we read clocks."),
]


def told(lines: list[tuple[str, str]]) -> Source:
    return labelled_source("\n".join(f"{name}: {words}" for name, words in lines), "gulls")


TRUTH = make_map(told(SAID).model_copy(update={"appearance": "gulls"}))


def roles(source: Source, words: str) -> set[Role]:
    start = source.text.index(words)
    return {turn.role for turn in source.turns if turn.start < start + len(words) and start < turn.end}


def test_labels_that_the_map_confirms_stay() -> None:
    source = told(SAID)
    assert apply_map(source, TRUTH).turns == source.turns


@pytest.mark.parametrize("number", range(len(SAID)))
def test_a_whole_turn_under_the_wrong_name_is_nobodys(number: int) -> None:
    lines = list(SAID)
    name, words = lines[number]
    lines[number] = ("Mira Vane" if name == "Tom Reed" else "Tom Reed", words)
    found = apply_map(told(lines), TRUTH)
    for sentence in re.findall(r"[^.?!]+[.?!]", words):
        assert roles(found, sentence.strip()) == {Role.UNKNOWN}
    assert any("give" in note and "disputed" in note for note in found.notes)
    for other, (speaker, said) in enumerate(lines):
        if other != number:
            assert roles(found, said) == {Role.SUBJECT if speaker == "Mira Vane" else Role.OTHER}


@pytest.mark.parametrize("number", [0, 2, 4])
def test_a_sentence_that_slipped_under_his_name_is_nobodys(number: int) -> None:
    lines = list(SAID)
    asked = re.findall(r"[^.?!]+[.?!]", lines[number][1])
    lines[number] = ("Tom Reed", asked[0]) if len(asked) > 1 else lines[number]
    slipped = asked[-1].strip()
    lines[number + 1] = ("Mira Vane", f"{slipped} {lines[number + 1][1]}")
    found = apply_map(told(lines), TRUTH)
    assert Role.SUBJECT not in roles(found, slipped)


@pytest.mark.parametrize(("asked", "stands"), [(5, True), (12, False)])
def test_a_sentence_of_which_half_is_somebody_elses_by_the_map_is_nobodys(asked: int, stands: bool) -> None:
    lines = list(SAID)
    before, hers = lines[2][1].rstrip("?").split(), lines[3][1]
    mixed = " ".join(before[-asked:]).lower() + " " + hers[0].lower() + hers[1:]
    kept = " ".join(before[:-asked])
    lines[2:4] = [("Tom Reed", f"{kept}?"), ("Mira Vane", mixed[0].upper() + mixed[1:])]
    # eight words of hers stand behind those that he asked
    assert (roles(apply_map(told(lines), TRUTH), "has shown that a gull") == {Role.SUBJECT}) is stands


def test_a_sentence_that_the_map_does_not_have_keeps_its_label_unless_one_beside_it_is_contradicted() -> None:
    strange = "Seven copper kettles hum beneath marble stairs."
    for slipped, role in (("", Role.SUBJECT), ("Is there any truth in it?", Role.UNKNOWN)):
        lines = list(SAID)
        lines[2] = ("Tom Reed", lines[2][1].removesuffix(slipped).strip())
        lines[3] = ("Mira Vane", f"{slipped} {strange} {lines[3][1]}".strip())
        assert roles(apply_map(told(lines), TRUTH), strange) == {role}
