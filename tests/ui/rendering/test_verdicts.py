"""One framing of a check: his characters are slices, the claim's never stand as his, in both languages."""

import html
import re
from pathlib import Path

import pytest

from assistant.answers import Coverage
from assistant.checking import Check, Checker, ClaimRefused, Verdict
from assistant.checking.results import Kind
from knowledge.library.store import Library
from knowledge.model.provenance import Provenance
from knowledge.model.source import Misquotation
from knowledge.model.turns import Role
from knowledge.search.wordmap import Shingles
from tests.invented import BEES, MIRA, TIDES, labelled_source
from ui.rendering import VerdictFrame, verdict_frame, verdict_html, verdict_text
from ui.rendering.verdicts import Voice, refusal, verdict_texts

ENGLISH = verdict_texts("en")
CHINESE = verdict_texts("zh")

HOSTILE = (
    "Tom <i>Reed</i>: Do you & yours {like} <script>?\n"
    "Mira Vane: A [1] {words} {0} <b>hive</b> is $$worth$$ twice its *bees* &amp; honey, %s \u202ethey\u202c say.\n"
)
CUTS = "Mira Vane: I do not think ants dance today. The fleet stays out.\nMira Vane: Nothing else.\n"
CLAIMS = {
    Verdict.EXACT: "Ants follow a smell on the ground.",
    Verdict.ALTERED: "A tide mill knows its exact timetable for the next hundred years, which no mill does.",
    Verdict.STITCHED: "Bees dance to point at flowers. But honey is only patient.",
    Verdict.OTHER_SPEAKER: "Do you think ants do something like it?",
    Verdict.TRANSLATION: "潮汐是很有耐心的",
    Verdict.KNOWN_MISQUOTATION: "A hive is a quiet city of whispers.",
    Verdict.NOT_FOUND: "The honest bee is the last philosopher of our gardens.",
}


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Checker:
    """A checker over interviews of every kind."""
    home: Path = tmp_path_factory.mktemp("checked")
    library = Library(f"sqlite:///{home / 'library.db'}")
    texts = {"bees": BEES, "tides": TIDES, "hostile": HOSTILE, "cuts": CUTS}
    found = [
        labelled_source(text, name, title=f"On {name}", url=f"https://x.test/{name}") for name, text in texts.items()
    ]
    hive = labelled_source("Mira Vane: A hive is a city that has learned to whisper.\n", "hive")
    printed = Misquotation(text=CLAIMS[Verdict.KNOWN_MISQUOTATION], where="Daily <Comb>, 2022", start=0, end=44)
    renders = labelled_source("Mira Vane: The tide is patient.\nMira Vane: 潮汐是很有耐心的。\n", "renders")
    spoken, rendered = renders.turns
    told = {"language": "zh", "provenance": Provenance.TRANSLATION, "renders": spoken.start}
    found += [
        hive.model_copy(update={"misquotations": (printed,)}),
        renders.model_copy(update={"turns": (spoken, rendered.model_copy(update=told))}),
    ]
    for source in found:
        library.add(source, b"", origin=source.id)
    covered = Coverage(sources=len(found), since="2021-05", until="2021-05")
    return Checker(Shingles(home / "shingles", library), MIRA, coverage=lambda: covered)


def shown(checker: Checker, text: str, language: str = "en") -> tuple[Check, VerdictFrame]:
    check = checker.check(text)
    return check, verdict_frame(check, subject="Mira Vane", language=language)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("verdict", "claim"), CLAIMS.items())
def test_every_verdict_is_explained_with_its_places_in_their_order(
    checker: Checker, verdict: Verdict, claim: str, language: str
) -> None:
    check, frame = shown(checker, claim, language)
    assert (check.verdict, frame.verdict) == (verdict, verdict)
    for place, card in zip([*check.places, *check.nearest], [*frame.places, *frame.nearest], strict=True):
        assert card.words == place.text == "".join(token.text for token in card.said)
        assert (card.source_id, card.start, card.end) == (place.source.id, place.start, place.end)
        assert (card.quote_id is None) is (place.role is not Role.SUBJECT)
        whole = "".join(token.text for token in card.claimed)
        assert whole in check.text
    assert [card.number for card in (*frame.places, *frame.nearest)] == list(
        range(1, len(check.places) + len(check.nearest) + 1)
    )
    on_page = visible(verdict_html(frame))
    for card in frame.places:
        told = (card.occasion, card.credit) if card.credit else (card.lead, card.attribution)
        assert all(on_page.count(line) for line in told)
        assert card.attribution in verdict_text(frame)
    for surface in (verdict_text(frame), on_page):
        assert frame.explanation in surface
        assert all(card.words in surface for card in frame.places)
        assert "2021" in frame.coverage
        assert frame.coverage in surface
    assert bool(re.search("[\u4e00-\u9fff]", frame.title + frame.explanation)) is (language == "zh")


def test_the_difference_is_cut_into_what_both_have_and_what_only_one_has(checker: Checker) -> None:
    _, frame = shown(checker, CLAIMS[Verdict.ALTERED])
    [card] = frame.places
    said = [token.text for token in card.said if token.voice is Voice.SAID]
    claimed = [token.text for token in card.claimed if token.voice is Voice.CLAIMED]
    assert (said, claimed) == (["thousand", "wind"], ["exact", "hundred"])
    assert card.changes == (
        "“exact” only in the claim",
        "“thousand” in the source, “hundred” in the claim",
        "“wind” in the source, left out in the claim",
    )
    blockquote = re.search(r"<blockquote.*?</blockquote>", verdict_html(frame))
    assert blockquote is not None
    assert visible(blockquote.group()) == card.words
    assert not {"exact", "hundred"} & set(visible(blockquote.group()).split())


def test_exact_words_show_no_difference(checker: Checker) -> None:
    _, frame = shown(checker, "ants follow a smell, on the ground")
    [card] = frame.places
    assert [token.voice for token in (*card.said, *card.claimed)] == [Voice.SAME, Voice.SAME]
    assert card.changes == ()
    assert "<ins>" not in verdict_html(frame)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_a_cut_leaves_out_is_shown_beside_the_words(checker: Checker, language: str) -> None:
    _, frame = shown(checker, "think ants dance today", language)
    [card] = frame.places
    assert card.before == "I do not "
    assert any("I do not" in warning for warning in card.warnings)
    assert "I do not think ants dance today." in visible(verdict_html(frame))


def test_a_wrong_occasion_is_said_once(checker: Checker) -> None:
    check, frame = shown(checker, "“Ants follow a smell on the ground.” — Mira Vane, NeurIPS 2024")
    assert [caution.kind for caution in check.warnings] == [Kind.OCCASION]
    assert len(frame.remarks) == 1
    assert "NeurIPS 2024" in frame.remarks[0]
    assert "Field Notes" in frame.remarks[0]
    assert frame.places[0].warnings == ()


def test_other_peoples_words_are_named_and_have_no_quote_id(checker: Checker) -> None:
    _, frame = shown(checker, CLAIMS[Verdict.OTHER_SPEAKER])
    [card] = frame.places
    assert card.attribution.startswith("Tom Reed, ")
    assert card.quote_id is None
    assert 'class="quote place other"' in verdict_html(frame)


def test_a_rendering_and_a_misprint_stand_beside_what_was_spoken(checker: Checker) -> None:
    _, rendering = shown(checker, CLAIMS[Verdict.TRANSLATION])
    original = rendering.places[0].original
    assert original is not None
    assert original.words == "The tide is patient."
    assert f"“{original.words}”" in verdict_text(rendering)
    _, misprint = shown(checker, CLAIMS[Verdict.KNOWN_MISQUOTATION])
    assert misprint.remarks == ("Printed in: Daily <Comb>, 2022.",)
    assert "Daily &#60;Comb&#62;" in verdict_html(misprint)


def test_hostile_words_stay_words(checker: Checker) -> None:
    claim = "A [1] {words} {0} <b>hive</b> is $$worth$$ thrice <img src=x onerror=alert(1)> its *bees* &amp; honey"
    check, frame = shown(checker, claim)
    assert check.verdict is Verdict.ALTERED
    fragment = verdict_html(frame)
    tags = set(re.findall(r"</?([a-z0-9]+)", fragment))
    assert tags <= {
        "div",
        "article",
        "p",
        "h2",
        "h3",
        "span",
        "q",
        "blockquote",
        "footer",
        "details",
        "summary",
        "cite",
        "a",
    } | {
        "ul",
        "li",
        "mark",
        "ins",
    }
    assert frame.places[0].words in visible(fragment)
    assert "".join(token.text for token in frame.places[0].claimed) in visible(fragment)
    assert not re.search(r"[<&]script|onerror=", fragment)


def test_the_framing_follows_the_claims_language_unless_another_is_asked_for(checker: Checker) -> None:
    check = checker.check(CLAIMS[Verdict.TRANSLATION])
    assert verdict_frame(check, subject="Mira Vane").title == CHINESE.title[Verdict.TRANSLATION]
    assert verdict_frame(check, subject="Mira Vane", language="en").title == ENGLISH.title[Verdict.TRANSLATION]


@pytest.mark.parametrize(("text", "telling"), [("", "no words"), ("scale", "too short"), ("word " * 9_999, "20,000")])
def test_what_cannot_be_checked_is_refused_in_either_language(checker: Checker, text: str, telling: str) -> None:
    with pytest.raises(ClaimRefused):
        checker.check(text)
    assert telling in refusal(text, language="en")
    assert not refusal(text, language="zh").isascii()


def visible(fragment: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", fragment))
