"""What Teams and Zoom save or let people copy: names and times as each writes them, words without either."""

import pytest

from knowledge.model.source import Source
from knowledge.readers import read
from tests.invented import MIRA
from tests.knowledge.formats.docx_files import docx, paragraph
from tests.knowledge.interviews.test_labelled import quotable_text

SAID = [
    ("Tom Reed", "So why did you choose bees?"),
    ("Mira Vane", "I like them because they dance."),
    ("Tom Reed", "And then what happened?"),
    ("Mira Vane", "I slept for a whole week."),
    ("Tom Reed", "Would you do it again?"),
    ("Mira Vane", "I would not."),
]
HERS = "I like them because they dance.\nI slept for a whole week.\nI would not."
PASTES = {
    "Teams, copied": "{name}\n0 minutes {s} seconds\n0:0{s}\n{name} 0 minutes {s} seconds\n{text}\n",
    "Teams, with pictures": "{short}\n{name}\n0 minutes {s} seconds0:0{s}\n{name} 0 minutes {s} seconds\n{text}\n",
    "Teams, copied, short": "{name}\n0:0{s}\n{text}\n",
    "Zoom, copied": "{name}\n00:0{s}\n{text}\n",
}


def read_text(raw: bytes) -> Source:
    return read(raw, origin="talk", source_id="talk", subject=MIRA)


def times(source: Source) -> list[float | None]:
    return [turn.said_at for turn in source.turns if turn.quotable()]


@pytest.mark.parametrize("layout", PASTES)
def test_a_copied_list_gives_words_and_times(layout: str) -> None:
    text = "".join(
        PASTES[layout].format(name=name, s=n + 1, text=said, short="".join(word[0] for word in name.split()))
        for n, (name, said) in enumerate(SAID)
    )
    source = read_text(text.encode())
    assert quotable_text(source) == HERS
    assert times(source) == [2, 4, 6]


def test_hours_and_minutes_in_words_are_a_time() -> None:
    text = "".join(
        f"{name}\n1 hour 2 minutes {n} seconds\n{name} 1 hour 2 minutes {n} seconds\n{said}\n"
        for n, (name, said) in enumerate(SAID)
    )
    assert times(read_text(text.encode())) == [3721, 3723, 3725]


@pytest.mark.parametrize("clock", ["0:0:{s}.0 --> 0:0:{s}.510", "00:00:0{s}.000 --> 00:00:0{s}.510"])
def test_an_old_teams_document_gives_each_turn_its_own_time(clock: str) -> None:
    body = "".join(
        paragraph(line) for n, (name, said) in enumerate(SAID) for line in (clock.format(s=n + 1), name, said)
    )
    source = read_text(docx(body))
    assert quotable_text(source) == HERS
    assert times(source) == [2, 4, 6]


def test_captions_saved_by_zoom_lose_the_time_of_the_day() -> None:
    text = "\n\n".join(f"[{name}] 14:02:0{n}\n{said}" for n, (name, said) in enumerate(SAID))
    source = read_text(text.encode())
    assert quotable_text(source) == HERS
    assert times(source) == [None, None, None]
    assert any("those of the day" in note for note in source.notes)


def test_a_time_below_the_words_is_not_theirs() -> None:
    text = "00:00:00\n\n" + "\n\n".join(f"{name}: {said}" for name, said in SAID) + "\n\n00:05:00\n"
    assert times(read_text(text.encode())) == [None, None, None]
