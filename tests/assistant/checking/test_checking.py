"""Did he say this? Verdicts on claims over invented interviews."""

import json
from pathlib import Path

import pytest

from assistant.checking import Checker, Verdict
from knowledge.library.store import Library
from knowledge.model.provenance import Provenance
from knowledge.model.source import Misquotation
from knowledge.model.turns import Certainty, Role
from knowledge.search.wordmap import Shingles
from tests.invented import MIRA, labelled_source


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Bees dance to point at flowers.", Verdict.EXACT),
        ("the angle of the dance is the angle of the sun", Verdict.EXACT),
        ("Bees dance to point at trees.", Verdict.ALTERED),
        ("Bees do not dance to point at flowers.", Verdict.ALTERED),
        ("I do think ants dance.", Verdict.ALTERED),
        ("The smell fades, so the path is fresh.", Verdict.ALTERED),
        ("A tide mill knows its timetable for the next hundred years, which no wind mill does.", Verdict.ALTERED),
        ("Bees dance to point at flowers. But honey is only patient.", Verdict.STITCHED),
        ("Bees dance to point at flowers and the sun helps.", Verdict.STITCHED),
        ("Do you think ants do something like it?", Verdict.OTHER_SPEAKER),
        ("Would you build a tide mill today? Yes. A tide mill knows its timetable", Verdict.STITCHED),
        ("The honest bee is the last philosopher of our gardens.", Verdict.NOT_FOUND),
    ],
)
def test_verdicts(checker: Checker, text: str, verdict: Verdict) -> None:
    assert checker.check(text).verdict is verdict


def test_exact_words_come_with_their_place(checker: Checker) -> None:
    found = checker.check("ants follow a smell on the ground")
    [place] = found.places
    assert place.source.id == "bees"
    assert place.text == "Ants follow a smell on the ground."
    assert place.quote is not None
    assert found.model_dump()["places"][0]["speaker"] == "Mira Vane"


def test_a_changed_word_is_named(checker: Checker) -> None:
    [place] = checker.check("When both pull together we get the neap tide.").places
    [difference] = place.difference
    assert (difference.op, difference.said, difference.claimed) == ("replace", "spring", "neap")
    assert place.source.text[difference.said_start : difference.said_end] == "spring"


def test_the_difference_says_where_in_the_claim_and_in_the_source(checker: Checker) -> None:
    claim = "A tide mill knows its exact timetable for the next hundred years, which no mill does."
    [place] = checker.check(claim).places
    shown = [(d.op.value, d.said, d.claimed) for d in place.difference]
    assert shown == [("insert", "", "exact"), ("replace", "thousand", "hundred"), ("delete", "wind", "")]
    for difference in place.difference:
        assert claim[difference.claimed_start : difference.claimed_end] == difference.claimed
        assert place.source.text[difference.said_start : difference.said_end] == difference.said


def test_words_over_a_change_of_speaker_are_never_hers(checker: Checker) -> None:
    mostly_hers = checker.check("something like it? I do not think ants dance. Ants follow a smell")
    assert mostly_hers.verdict is Verdict.STITCHED
    assert [place.role.value for place in mostly_hers.places] == ["other", "subject"]
    mostly_his = checker.check("Do you think ants do something like it? I do")
    assert mostly_his.verdict is Verdict.OTHER_SPEAKER
    assert [place.role.value for place in mostly_his.places] == ["other"]


def test_what_both_say_is_hers_when_it_is_whole_in_her_turn(library: Library, checker: Checker) -> None:
    text = "Tom Reed: So the sea is a slow clock?\nMira Vane: Yes, the sea is a slow clock.\n"
    library.add(labelled_source(text, "clock"), text.encode(), origin="clock")
    found = checker.check("the sea is a slow clock")
    assert found.verdict is Verdict.EXACT
    assert [place.role.value for place in found.places] == ["subject"]


def test_words_in_a_text_without_known_speakers_are_only_near(library: Library, checker: Checker) -> None:
    source = labelled_source("Tom Reed: The reef hums in the evening before rain.\n", "hum")
    turn = source.turns[0].model_copy(update={"role": Role.UNKNOWN, "speaker": None, "certainty": None})
    library.add(source.model_copy(update={"turns": (turn,)}), b"", origin="hum")
    found = checker.check("The reef hums in the evening before rain.")
    assert found.verdict is Verdict.NOT_FOUND
    assert [(place.role.value, place.text) for place in found.nearest] == [
        ("unknown", "The reef hums in the evening before rain.")
    ]
    assert found.nearest[0].note
    assert found.model_dump()["nearest"][0]["speaker"] is None


def test_a_report_of_what_she_said_is_no_record_of_it(library: Library, checker: Checker) -> None:
    text = "Mira Vane: The reef hums in the evening before rain.\n"
    source = labelled_source(text, "report", provenance=Provenance.REPORT)
    library.add(source, text.encode(), origin="report")
    found = checker.check("The reef hums in the evening before rain.")
    assert found.verdict is Verdict.NOT_FOUND
    assert "account" in (found.nearest[0].note or "")


def test_an_inferred_speaker_counts_only_when_admitted(library: Library, tmp_path: Path) -> None:
    source = labelled_source("Mira Vane: The reef hums in the evening before rain.\n", "hum")
    turn = source.turns[0].model_copy(update={"certainty": Certainty.INFERRED})
    library.add(source.model_copy(update={"turns": (turn,)}), b"", origin="hum")
    shingles = Shingles(tmp_path / "shingles", library)
    text = "The reef hums in the evening before rain."
    assert Checker(shingles, MIRA).check(text).verdict is Verdict.NOT_FOUND
    admitted = Checker(shingles, MIRA, admit_inferred=True).check(text)
    assert admitted.verdict is Verdict.EXACT
    assert "inferred" in (admitted.places[0].note or "")


def test_a_rendering_comes_with_the_words_she_spoke(library: Library, checker: Checker) -> None:
    source = labelled_source("Mira Vane: The tide is patient.\nMira Vane: 潮汐是很有耐心的。\n", "renders")
    spoken, rendered = source.turns
    rendered = rendered.model_copy(
        update={"language": "zh", "provenance": Provenance.TRANSLATION, "renders": spoken.start}
    )
    library.add(source.model_copy(update={"turns": (spoken, rendered)}), b"", origin="renders")
    found = checker.check("潮汐是很有耐心的")
    assert found.verdict is Verdict.TRANSLATION
    assert found.places[0].original is not None
    assert found.places[0].original.text == "The tide is patient."
    assert found.model_dump()["places"][0]["original"]["text"] == "The tide is patient."


def test_a_known_misquotation_shows_what_she_said_and_where_it_was_printed(library: Library, checker: Checker) -> None:
    source = labelled_source("Mira Vane: A hive is a city that has learned to whisper.\n", "hive")
    printed = Misquotation(text="A hive is a quiet city of whispers.", where="Daily Comb, 2022", start=0, end=44)
    library.add(source.model_copy(update={"misquotations": (printed,)}), b"", origin="hive")
    found = checker.check("“A hive is a quiet city of whispers.” — Mira Vane")
    assert (found.verdict, found.printed) == (Verdict.KNOWN_MISQUOTATION, "Daily Comb, 2022")
    assert found.places[0].text == source.text[0:44]
    assert checker.check("A hive is a city that has learned to whisper.").verdict is Verdict.EXACT


def test_her_words_over_two_labels_of_one_speech_are_one_quotation(library: Library, checker: Checker) -> None:
    text = "Tom Reed: Go on.\nMira Vane: The lamp was lit at dusk\nMira Vane: and nobody put it out.\n"
    library.add(labelled_source(text, "lamp"), text.encode(), origin="lamp")
    found = checker.check("The lamp was lit at dusk and nobody put it out.")
    assert found.verdict is Verdict.EXACT
    assert [place.text for place in found.places] == ["The lamp was lit at dusk", "and nobody put it out."]


def test_every_place_is_listed_the_best_version_first(library: Library, checker: Checker) -> None:
    text = "Mira Vane: Ants follow a smell on the ground.\n"
    printed = labelled_source(text, "printed", date="2019", provenance=Provenance.QUOTATION)
    library.add(printed, text.encode(), origin="printed")
    found = checker.check("Ants follow a smell on the ground.")
    assert [place.source.id for place in found.places] == ["bees", "printed"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“Ants follow a smell on the ground.” — Mira Vane, Field Notes, 2021", None),
        ("Mira Vane (2021): Ants follow a smell on the ground.", None),
        ("Ants follow a smell on the ground. (Tom Reed, 2021)", None),
        ("“Ants follow a smell on the ground.” — Mira Vane, 2019", "occasion_mismatch"),
        ("“Ants follow a smell on the ground.” — Mira Vane, Harbour Days", "occasion_mismatch"),
        ("In November 2021 Mira Vane said: “Ants follow a smell on the ground.”", "occasion_mismatch"),
        ("“Ants follow a smell on the ground.” — Leo Brandt", "speaker_mismatch"),
    ],
)
def test_the_occasion_named_with_the_words_is_compared(checker: Checker, text: str, kind: str | None) -> None:
    found = checker.check(text)
    assert found.verdict is Verdict.EXACT
    assert [caution.kind.value for caution in found.warnings] == ([kind] if kind else [])


def test_the_occasion_chooses_among_several_places(library: Library, checker: Checker) -> None:
    text = "Mira Vane: Ants follow a smell on the ground.\n"
    library.add(labelled_source(text, "later", date="2024", venue="Harbour Days"), text.encode(), origin="later")
    found = checker.check("“Ants follow a smell on the ground.” — Mira Vane, Harbour Days 2024")
    assert found.places[0].source.id == "later"
    assert found.warnings == ()


def test_the_result_keeps_the_outer_contract(checker: Checker) -> None:
    shown = checker.check("Bees dance to point at trees.").model_dump(mode="json")
    assert {"text", "verdict", "places", "nearest", "coverage"} <= shown.keys()
    [place] = shown["places"]
    assert {
        "id",
        "text",
        "start",
        "end",
        "speaker",
        "certainty",
        "asked",
        "said_at",
        "source",
        "difference",
    } <= place.keys()
    assert place["text"] == "Bees dance to point at flowers."
    json.dumps(shown)


def test_what_was_added_or_removed_since_is_noticed(library: Library, checker: Checker) -> None:
    claim = "The oyster keeps no diary."
    assert checker.check(claim).verdict is Verdict.NOT_FOUND
    text = "Mira Vane: The oyster keeps no diary.\n"
    library.add(labelled_source(text, "oyster"), text.encode(), origin="oyster")
    assert checker.check(claim).verdict is Verdict.EXACT
    library.remove("oyster")
    assert checker.check(claim).verdict is Verdict.NOT_FOUND


def test_an_empty_library_has_nothing(tmp_path: Path) -> None:
    empty = Checker(Shingles(tmp_path / "none", Library(f"sqlite:///{tmp_path / 'none.db'}")), MIRA)
    assert empty.check("Bees dance to point at flowers.").verdict is Verdict.NOT_FOUND


def test_two_common_words_are_nothing_near(library: Library, checker: Checker) -> None:
    text = "Mira Vane: So when somebody asks you, you know, your meaning of life, there is a tide for that too.\n"
    library.add(labelled_source(text, "life"), text.encode(), origin="life")
    found = checker.check("What is the meaning of life")
    assert (found.verdict, found.nearest) == (Verdict.NOT_FOUND, ())
    near = checker.check("when somebody asks for the meaning of life, there is a wave for that")
    assert near.places or near.nearest
