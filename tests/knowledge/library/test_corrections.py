"""What a person corrects: given facts stand above the file's, are told, survive a new reading, and can be undone."""

from pathlib import Path

import pytest

from assistant.quotes import Quote
from knowledge.library.corrections import forget_review, give_facts, give_talk, take_back_facts
from knowledge.library.importer import Outcome, import_paths
from knowledge.library.reader_updates import Reread, reread
from knowledge.library.store import Library
from knowledge.metadata.given_facts import fact_value
from knowledge.model.errors import FactRefused
from knowledge.model.provenance import Provenance
from knowledge.model.source import FactName, FactValue
from knowledge.model.subject import Subject
from tests.invented import BEES, MIRA

DATED = f"---\ntitle: On bees\ndate: 2019-02-03\n---\n\n{BEES}"
GIVEN: dict[FactName, FactValue] = {
    FactName.TITLE: "The dance of bees",
    FactName.DATE: "2021-05-11",
    FactName.VENUE: "Field Notes",
    FactName.HOSTS: ("Tom Reed", "Ana Sol"),
    FactName.URL: "https://example.org/bees",
    FactName.LANGUAGE: "de",
}


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(f"sqlite:///{tmp_path / 'library.db'}")


@pytest.fixture
def bees(tmp_path: Path) -> Path:
    path = tmp_path / "bees.txt"
    path.write_text(DATED)
    return path


@pytest.mark.parametrize("name", list(FactName))
def test_every_fact_can_be_given_is_told_and_can_be_taken_back(library: Library, bees: Path, name: FactName) -> None:
    list(import_paths([bees], library, MIRA))
    before = library.source("bees")
    given = give_facts(library, "bees", {name: GIVEN[name]}, MIRA)
    assert library.source("bees") == given
    assert getattr(given, name.value) == GIVEN[name]
    assert given.text == before.text
    assert any(note.startswith("Given by a person: ") for note in given.notes)
    take_back_facts(library, "bees", [name])
    back = library.source("bees")
    assert getattr(back, name.value) == getattr(before, name.value)
    assert back.given == ()
    assert back.notes == before.notes


def test_facts_given_twice_are_undone_to_what_the_file_says(library: Library, bees: Path) -> None:
    list(import_paths([bees], library, MIRA))
    give_facts(library, "bees", {FactName.DATE: "2020"}, MIRA)
    give_facts(library, "bees", {FactName.DATE: "2021-05-11", FactName.VENUE: "Field Notes"}, MIRA)
    assert take_back_facts(library, "bees", [FactName.DATE]).date == "2019-02-03"
    assert library.source("bees").venue == "Field Notes"
    with pytest.raises(FactRefused, match="not given by a person"):
        take_back_facts(library, "bees", [FactName.DATE])
    assert take_back_facts(library, "bees", []).venue is None


def test_a_quote_cited_before_an_edit_resolves_to_the_same_words(library: Library, bees: Path) -> None:
    list(import_paths([bees], library, MIRA))
    held = library.source("bees")
    turn = next(turn for turn in held.turns if turn.quotable())
    cited = Quote(source=held, start=turn.start, end=turn.end)
    give_facts(library, "bees", GIVEN, MIRA)
    edited = Quote(source=library.source("bees", cited.source.sha256), start=turn.start, end=turn.end)
    assert (edited.text, edited.id) == (cited.text, cited.id)


def test_given_facts_survive_the_same_file_a_changed_file_and_a_better_reader(library: Library, bees: Path) -> None:
    list(import_paths([bees], library, MIRA, given={FactName.DATE: "2021-05-11"}))
    (again,) = import_paths([bees], library, MIRA)
    assert (again.outcome, again.date) == (Outcome.UNCHANGED, "2021-05-11")
    assert reread(library, library.source("bees"), MIRA) is Reread.RENEWED
    assert library.source("bees").date == "2021-05-11"
    bees.write_text(DATED.replace("Keep water away", "Keep all water away"))
    (changed,) = import_paths([bees], library, MIRA)
    assert (changed.outcome, changed.date) == (Outcome.REPLACED, "2021-05-11")
    assert take_back_facts(library, "bees", []).date == "2019-02-03"


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        (FactName.DATE, "27 March 2023", "2023-03-27"),
        (FactName.DATE, "2023-03", "2023-03"),
        (FactName.HOSTS, "Tom Reed, Ana Sol", ("Tom Reed", "Ana Sol")),
        (FactName.LANGUAGE, "pt-BR", "pt"),
    ],
)
def test_facts_are_kept_in_one_form(name: FactName, typed: str, kept: FactValue) -> None:
    assert fact_value(name, typed) == kept


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        (FactName.DATE, "last spring"),
        (FactName.DATE, "2023-13"),
        (FactName.DATE, "32 March 2023"),
        (FactName.DATE, "2023-02-31"),
        (FactName.URL, "example.org"),
        (FactName.LANGUAGE, "klingon"),
        (FactName.TITLE, "  "),
    ],
)
def test_what_is_no_such_fact_is_refused_in_one_sentence(name: FactName, typed: str) -> None:
    with pytest.raises(FactRefused, match="cannot be kept"):
        fact_value(name, typed)


def test_words_in_a_language_the_subject_never_speaks_become_a_translation(library: Library, bees: Path) -> None:
    subject = Subject(name="Mira Vane", aliases=("Mira",), languages=("en",))
    list(import_paths([bees], library, subject))
    given = give_facts(library, "bees", {FactName.LANGUAGE: "es"}, subject)
    assert given.provenance is Provenance.TRANSLATION
    assert {turn.provenance for turn in given.turns if turn.quotable()} == {Provenance.TRANSLATION}


TALK = "\n\n".join(
    [
        "Good evening, and please welcome the keeper of our herons, Mira Vane.",
        "I count the herons every single morning. (Laughter) I write their number into the sand, and you know what? "
        "The tide reads the list and wipes it clean.",
        "So I think the sea is the best reader I ever had.",
        "We have time for questions.",
        "Q: Do you ever miss one? I never miss a heron at all.",
    ]
)


def test_a_solo_talk_is_quotable_in_one_step_and_what_is_not_the_speakers_stays_unknown(
    library: Library, tmp_path: Path
) -> None:
    path = tmp_path / "herons.txt"
    path.write_text(TALK)
    (report,) = import_paths([path], library, MIRA, solo=True)
    source = library.source(report.source_id or "")
    quotable = "\n".join(source.text[turn.start : turn.end] for turn in source.turns if turn.quotable())
    assert quotable.split("\n")[0] == "I count the herons every single morning."
    assert "the best reader I ever had." in quotable
    for others in ("welcome", "Laughter", "time for questions", "miss one", "never miss"):
        assert others not in quotable
    back = forget_review(library, source.id, MIRA)
    assert back.quotable_words() == 0


def test_sentences_left_out_of_a_talk_stay_unknown(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "herons.txt"
    path.write_text(TALK)
    list(import_paths([path], library, MIRA))
    source = give_talk(library, "herons", MIRA, leaving=[2])
    quotable = [source.text[turn.start : turn.end] for turn in source.turns if turn.quotable()]
    assert not any("I count the herons" in words for words in quotable)
    assert any("The tide reads the list" in words for words in quotable)
