"""What is told, noted or printed inside a turn is not the subject's: rules as data, and every kind at every place."""

import re

import pytest

from knowledge.interviews.openings.narration import Narration
from tests.invented import MIRA
from tests.knowledge.interviews.test_labelled import quotable_text, read_text

INSIDE = [
    "Tom asked, if wasps ever come.", "Tom Reed wanted to know about wasps.", "“Are wasps a problem?” Tom asked.",
    "“They are wasps,” said Tom.", "The host wondered aloud if wasps come.", "He laughs and shows the wasps.",
    "Vane pauses to look at the wasps.", "Mira smiles. Wasps are near.", "Here Tom interrupts: wasps!",
    "At this point the moderator turns to the wasps.", "Asked by Tom about wasps, she waited.",
    "To which Tom replied, wasps are fine.", "The audience laughs about wasps.", "“So what about wasps?”",
    '"And do wasps come?"', "« Et les guêpes? Wasps? »", "[Long silence, then Tom asks] And wasps?",
    "[Off-mic question] And wasps?", "[my note] Wasps are meant.", "[Editor’s note: wasps are meant.]",
    "My take: wasps matter.", "N.B. wasps matter.", "Key takeaway: wasps matter.", "TL;DR: wasps.", "// wasps",
    "Subscribe to our wasps letter.", "This episode is brought to you by Wasps.", "https://wasps.example/12",
    "www.wasps.example", "© 2024 Wasps", "Photo: Wasps", "wasps@post.example", "Follow Tom on Twitter @wasps.",
    "Venue: Wasps Hall", "Transcribed by Wasps.", "12 Wasps Street, Ostrava", "Tel. +49 30 123456 (wasps)",
    "♪ wasps ♪", "Tom Reed is a writer about wasps.", "Mira Vane is a keeper of wasps.", "Part Two – Wasps",
    "This conversation has been edited for wasps.", "Voice from the hall: And wasps?", "Another question: And wasps?",
    "A student from Vigo: And wasps?", "From the chat: And wasps?", "Tom Reed∶ And wasps?", "»Tom Reed« And wasps?",
    "Unknown speaker So wasps?", "Speaker B So wasps?", "QUESTION So wasps?",
]  # fmt: skip
PLACES = {
    "a paragraph of its own": "Bees came first.\n\n{}\n\nIt is late.",
    "behind a sentence": "Bees came first. {} It is late.",
    "at the end": "Bees came first. {}",
    "behind the label": "{}",
}
LAYOUTS = ["{who}: {words}", "**{who}:** {words}", "### {who}\n\n{words}", "[{who}] {words}"]
HIS = [
    "I asked myself, “Why bees?” and went on.", "People ask me: “Why bees?” Well, I like them.",
    "She said it would rain, and it rained.", "[They] came in small groups.", "There is one part of it I like.",
    "My teacher asked, and I did not know.", "The audience for this is small.", "I follow up to 12 streets of them.",
]  # fmt: skip


def interview(layout: str, inside: str) -> str:
    said = [("Tom Reed", "Why bees, and how?"), ("Mira Vane", "I like them a lot."),
            ("Tom Reed", "And what of ants?"), ("Mira Vane", "They come less often.")]  # fmt: skip
    rows = [layout.format(who=who, words=words) for who, words in said * 2]
    told = layout.format(who="Mira Vane", words=inside)
    end = [layout.format(who=who, words=words) for who, words in said]
    return "\n\n".join([*rows, layout.format(who="Tom Reed", words="And then what?"), told, *end])


def test_the_rules_know_the_names_of_a_file() -> None:
    told = Narration(("Tom Reed", "Mira Vane"), MIRA)
    assert told.begins("Tom asked, whether bees", 0, line=False)
    assert not told.begins("Rosa asked me that once.", 0, line=False)
    assert told.begins("„Das ist gut.“", 0, line=True)
    assert not told.begins("„Das ist gut“, said my teacher", 0, line=False)


@pytest.mark.parametrize("inside", INSIDE)
@pytest.mark.parametrize("place", PLACES)
def test_what_is_told_beside_the_words_is_not_quoted(inside: str, place: str) -> None:
    for layout in LAYOUTS:
        quoted = quotable_text(read_text(interview(layout, PLACES[place].format(inside))))
        assert not re.search("wasps", quoted, re.IGNORECASE), layout
        assert ("Bees came first." in quoted) == (place != "behind the label"), layout


@pytest.mark.parametrize("inside", HIS)
def test_what_the_subject_says_in_such_words_stays(inside: str) -> None:
    for layout in LAYOUTS:
        assert inside in quotable_text(read_text(interview(layout, f"Bees came first. {inside} It is late.")))
