"""One interview in many versions: recognised by its words, ranked, its utterances matched and compared."""

from knowledge.model.provenance import Provenance, TranscriptKind
from knowledge.model.source import Source
from knowledge.speakers.recordings import (
    Place,
    differences,
    overlap,
    rank,
    same_appearance,
)
from tests.knowledge.speakers.dialogues import GUEST, Said, dialogue, misheard, source, unpunctuated

TALK = dialogue(11)
EDITED = source(TALK, labelled=True, source_id="edited", how=TranscriptKind.EDITED)
HEARD = source(misheard(TALK, 0.08, 1), labelled=False, source_id="heard", how=TranscriptKind.ASR)
CAPTIONS = source(unpunctuated(misheard(TALK, 0.05, 2)), labelled=False, source_id="captions")
OTHER = source(dialogue(12), labelled=True, source_id="other")


def _place(found: Source, words: str, *, nth: int = 0) -> Place:
    start = -1
    for _ in range(nth + 1):
        start = found.text.index(words, start + 1)
    return Place(found, start, start + len(words))


def _said(text: str) -> list[Said]:
    return [Said(word, GUEST) for word in text.split()]


def test_versions_are_recognised_by_their_words_and_other_interviews_are_not() -> None:
    assert same_appearance(EDITED, HEARD)
    assert same_appearance(HEARD, CAPTIONS)
    assert not same_appearance(EDITED, OTHER)
    assert overlap(EDITED, HEARD) > 0.6
    assert overlap(EDITED, OTHER) < 0.05


def test_versions_that_say_so_belong_together_and_a_report_does_not() -> None:
    translated = source(_said("Bienen tanzen."), labelled=True, source_id="de", appearance="talk")
    assert same_appearance(EDITED.model_copy(update={"appearance": "talk"}), translated)
    assert not same_appearance(EDITED, HEARD.model_copy(update={"provenance": Provenance.REPORT}))


def test_the_edited_transcript_comes_before_captions_recognition_quotation_and_translation() -> None:
    kinds = [
        EDITED,
        EDITED.model_copy(update={"how": TranscriptKind.CAPTIONS}),
        EDITED.model_copy(update={"how": TranscriptKind.ASR}),
        EDITED.model_copy(update={"provenance": Provenance.QUOTATION}),
        EDITED.model_copy(update={"provenance": Provenance.TRANSLATION}),
    ]
    assert sorted(reversed(kinds), key=rank) == kinds


def test_the_turns_own_provenance_decides_where_a_place_is_given() -> None:
    turn = EDITED.turns[1].model_copy(update={"provenance": Provenance.TRANSLATION})
    mixed = EDITED.model_copy(update={"turns": (EDITED.turns[0], turn, *EDITED.turns[2:])})
    assert rank(mixed, turn.start) > rank(mixed, EDITED.turns[0].start)


def test_differing_words_are_marked_in_both_and_numbers_are_never_the_same() -> None:
    one = source(_said("It's 5 weeks on 128 bees, not more."), labelled=True, source_id="a")
    two = source(_said("its 9 weeks on the 128 bees not"), labelled=True, source_id="b")
    found = differences(Place(one, 0, len(one.text)), Place(two, 0, len(two.text)))
    assert [
        (each.kind, one.text[each.one.start : each.one.end], two.text[each.other.start : each.other.end])
        for each in found
    ] == [("replace", "5", "9"), ("insert", "", "the"), ("delete", "more", "")]
