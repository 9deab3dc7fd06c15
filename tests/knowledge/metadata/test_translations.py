"""Words in a language the speaker never speaks, or that a header calls translated, are a translation."""

from collections.abc import Callable

import pytest

from knowledge.metadata.printed_facts import date_in_name
from knowledge.model.provenance import Provenance
from knowledge.model.subject import Subject
from knowledge.readers import read
from knowledge.text.language import language_of

MIRA = Subject(name="Mira Vane", aliases=("Mira",), languages=("en",))
ANSWERS = {
    "es": "Las abejas bailan para señalar flores. El ángulo de la danza es el ángulo del sol, y nadie se lo enseñó. "
    "Yo creo que las hormigas siguen un olor en el suelo, pero el olor se va muy pronto.",
    "fr": "Les abeilles dansent pour montrer les fleurs. L'angle de la danse est l'angle du soleil, et personne ne le "
    "leur a appris. Je crois que les fourmis suivent une odeur sur le sol, mais elle disparaît très vite.",
    "de": "Die Bienen tanzen, um auf Blumen zu zeigen. Der Winkel des Tanzes ist der Winkel der Sonne, und niemand hat "
    "es ihnen gezeigt. Ich glaube, dass Ameisen einem Geruch am Boden folgen, aber er verfliegt sehr schnell.",
    "pt": "As abelhas dançam para apontar flores. O ângulo da dança é o ângulo do sol, e ninguém lhes ensinou isso. "
    "Eu acho que as formigas seguem um cheiro no chão, mas o cheiro desaparece muito depressa.",
    "en": "Bees dance to point at flowers. Their angle is the angle of the sun, and nobody taught them that. "
    "I think ants follow a smell on the ground, but the smell goes away very soon.",
}


def labelled(answer: str) -> str:
    return f"Tom Reed: {answer}\n\nMira Vane: {answer}\n\nTom Reed: {answer}\n\nMira Vane: {answer}\n"


def captions(answer: str) -> str:
    asked, first, second = answer.split(". ", 2)
    said = [("Tom Reed", f"{asked}?"), ("Mira Vane", f"{first}. {second}"), ("Tom Reed", first), ("Mira Vane", asked)]
    cues = [f"00:{n}0.000 --> 00:{n}9.000\n<v {who}>{words}\n" for n, (who, words) in enumerate(said)]
    return "WEBVTT\n\n" + "\n".join(cues)


@pytest.mark.parametrize("layout", [labelled, captions])
@pytest.mark.parametrize("language", sorted(ANSWERS))
def test_the_language_is_told_from_the_words_and_a_foreign_one_is_a_translation(
    layout: Callable[[str], str], language: str
) -> None:
    source = read(layout(ANSWERS[language]).encode(), origin="bees", source_id="bees", subject=MIRA)
    assert source.language == language
    expected = Provenance.TRANSCRIPT if language == "en" else Provenance.TRANSLATION
    assert source.provenance is expected
    assert {turn.provenance for turn in source.turns if turn.quotable()} == {expected}


@pytest.mark.parametrize(
    "line", ["translation_by: Ana Sol", "Translated-By: Ana Sol", "translator: Ana Sol", "original_language: es"]
)
def test_a_header_that_names_a_translator_makes_it_a_translation(line: str) -> None:
    text = f"---\ntitle: Bees\n{line}\n---\n\n{labelled(ANSWERS['en'])}"
    source = read(text.encode(), origin="bees.md", source_id="bees", subject=MIRA)
    assert source.provenance is Provenance.TRANSLATION
    same = text.replace("original_language: es", "original_language: en").replace(line.split(":")[0], "editor")
    assert read(same.encode(), origin="bees.md", source_id="bees", subject=MIRA).provenance is Provenance.TRANSCRIPT


@pytest.mark.parametrize("line", ["Traducción de Ana Sol", "Traduit par Ana Sol", "Übersetzt von Ana Sol"])
def test_a_line_that_names_a_translator_makes_it_a_translation(line: str) -> None:
    source = read(f"{line}\n\n{labelled(ANSWERS['en'])}".encode(), origin="b.txt", source_id="b", subject=MIRA)
    assert source.provenance is Provenance.TRANSLATION


def test_hyphens_set_apart_do_not_make_an_english_transcript_a_translation() -> None:
    spaced = (
        ANSWERS["en"].replace("Bees dance", "Honey - bees dance - so - they - say -").replace("sun", "mid - day sun")
    )
    source = read(labelled(spaced * 2).encode(), origin="b.txt", source_id="b", subject=MIRA)
    assert source.provenance is Provenance.TRANSCRIPT


def test_a_short_text_keeps_the_language_that_is_declared() -> None:
    assert language_of("Die Bienen tanzen.", "en") == "en"


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("/talks/vane-2021-05-11.txt", "2021-05-11"),
        ("https://example.org/a/20210511-vane.vtt", "2021-05-11"),
        ("vane_2021.05.11.md", "2021-05-11"),
        ("vane-2021.txt", None),
        ("2021-13-40.txt", None),
        ("12021051199.txt", None),
        ("2021-05-11-to-2021-05-12.txt", None),
        ("/2021-05-11/vane.txt", None),
    ],
)
def test_only_a_whole_date_in_the_files_own_name_is_taken(name: str, day: str | None) -> None:
    assert date_in_name(name) == day


def test_a_date_in_the_name_stands_behind_what_the_file_prints_and_is_told() -> None:
    text = labelled(ANSWERS["en"])
    named = read(text.encode(), origin="bees-2021-05-11.txt", source_id="b", subject=MIRA)
    assert named.date == "2021-05-11"
    assert any("name of the file" in note for note in named.notes)
    dated = f"---\ndate: 2019-02-03\n---\n\n{text}"
    assert read(dated.encode(), origin="bees-2021-05-11.txt", source_id="b", subject=MIRA).date == "2019-02-03"
