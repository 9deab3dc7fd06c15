"""Each gate is green on an honest answer and red when the fault it is for is planted."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant import Answer, Assistant, Quote
from assistant.answers import Coverage, NumberedQuote
from evals.gates import answer_gates, surfaces
from evals.gates.answer_gates import check_answer
from evals.run.run_records import Checked
from evals.run.worlds import World
from knowledge.model.source import Source
from knowledge.search.embedding import BilingualEmbeddings
from tests.invented import BEES

COVERAGE = Coverage(sources=2, since="2021-05", until="2023-11")


@pytest.fixture
def world(assistant: Assistant, embeddings: BilingualEmbeddings, tmp_path: Path) -> World:
    sources = {name: assistant.library.source(name) for name in ("bees", "tides")}
    raw = tmp_path / "bees.txt"
    raw.write_bytes(BEES.encode())
    return World(assistant, embeddings, sources, {sources["bees"].sha256: raw})


def quote(source: Source, words: str) -> Quote:
    start = source.text.index(words)
    return Quote(source=source, start=start, end=start + len(words))


def answer(*quotes: Quote) -> Answer:
    shown = tuple(NumberedQuote(number=number, quote=quote) for number, quote in enumerate(quotes, start=1))
    return Answer(question="Why do bees dance?", selector="extractive", quotes=shown, coverage=COVERAGE)


@pytest.fixture
def honest(world: World) -> Answer:
    bees, tides = world.sources["bees"], world.sources["tides"]
    return answer(
        quote(bees, "Bees dance to point at flowers. The angle of the dance is the angle of the sun."),
        quote(tides, "The moon pulls the water, and the sun helps."),
    )


def checked(found: Answer, world: World) -> dict[str, Checked]:
    return check_answer(found, found, world).gates


def red(found: Answer, world: World) -> set[str]:
    return {name for name, gate in checked(found, world).items() if gate.misses}


def test_an_honest_answer_is_green_on_every_surface(honest: Answer, world: World) -> None:
    found = checked(honest, world)
    assert {name: gate.misses for name, gate in found.items()} == dict.fromkeys(found, ())
    assert found["exactness"].count >= 2 * 5


def test_what_is_cited_holds_every_statement(honest: Answer, world: World) -> None:
    statements = check_answer(honest, honest, world).statements
    assert [statement.text for statement in statements] == [
        "Bees dance to point at flowers.",
        "The angle of the dance is the angle of the sun.",
        "The moon pulls the water, and the sun helps.",
    ]


def test_a_changed_byte_of_the_raw_file_is_seen(honest: Answer, world: World) -> None:
    path = next(iter(world.files.values()))
    path.write_bytes(path.read_bytes().replace(b"point at flowers", b"point at flower5"))
    assert "exactness" in red(honest, world)


def test_surroundings_that_do_not_stand_beside_the_quote_are_seen(
    honest: Answer, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Quote, "before", "Why do bees dance at all?")
    assert "pointers" in red(honest, world)


def test_a_shifted_map_to_the_raw_file_is_seen(world: World) -> None:
    bees = world.sources["bees"]
    moved = bees.raw_map.model_copy(
        update={
            "segments": tuple(
                part._replace(raw_start=part.raw_start + 1, raw_end=part.raw_end + 1) for part in bees.raw_map.segments
            )
        }
    )
    shifted = bees.model_copy(update={"raw_map": moved})
    assert "exactness" in red(answer(quote(shifted, "Nobody taught them that.")), world)


def test_words_that_a_surface_changed_are_seen(honest: Answer, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("answer_text", "answer_html", "answer_markdown"):
        with monkeypatch.context() as patch:
            patch.setattr(surfaces, name, changed(getattr(surfaces, name), "flowers", "trees"))
            assert {"exactness", "pointers"} <= red(honest, world), name


def test_words_wrapped_at_another_place_are_seen(honest: Answer, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("answer_text", "answer_html"):
        with monkeypatch.context() as patch:
            patch.setattr(surfaces, name, changed(getattr(surfaces, name), "flowers", "flowers\n"))
            assert "exactness" in red(honest, world), name


def test_a_renumbered_card_is_seen(honest: Answer, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surfaces, "answer_text", changed(surfaces.answer_text, "[2] ", "[3] "))
    assert {"exactness", "pointers"} <= red(honest, world)


def test_swapped_cards_are_seen(honest: Answer, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    original = surfaces.answer_text

    def swap(shown: Any) -> str:
        first, second = shown.cards
        cards = (
            first.model_copy(update={"words": second.words}),
            second.model_copy(update={"words": first.words}),
        )
        return original(shown.model_copy(update={"cards": cards}))

    monkeypatch.setattr(surfaces, "answer_text", swap)
    assert {"exactness", "pointers"} <= red(honest, world)


def test_a_quote_that_a_surface_invents_is_seen(honest: Answer, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    original = surfaces.answer_html

    def padded(shown: Any) -> str:
        extra = shown.cards[0].model_copy(update={"number": 3, "words": "Honey will save us all."})
        return original(shown.model_copy(update={"cards": (*shown.cards, extra)}))

    monkeypatch.setattr(surfaces, "answer_html", padded)
    assert {"exactness", "pointers"} <= red(honest, world)


def _reworded(blocks: list[Any], old: str, new: str) -> list[Any]:
    return json.loads(json.dumps(blocks, ensure_ascii=False).replace(old, new))  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("old", "new", "gates"),
    [
        ("to point at flowers", "to point at flower\u2009s", {"exactness", "pointers"}),
        ("Bees dance", "bees dance", {"exactness", "pointers"}),
        ("[2] ", "[3] ", {"exactness", "pointers"}),
        ("rich_text_quote", "rich_text_section", {"exactness", "pointers"}),
        ("On bees", "On wasps", {"attribution", "framing"}),
        ("\u2014 Mira Vane", "\u2014 Mira Vane believes it. Mira Vane", {"framing"}),
    ],
)
def test_what_slack_s_blocks_changed_is_seen(
    honest: Answer, world: World, monkeypatch: pytest.MonkeyPatch, old: str, new: str, gates: set[str]
) -> None:
    original = surfaces.slack_blocks
    monkeypatch.setattr(surfaces, "slack_blocks", lambda shown: _reworded(original(shown), old, new))
    assert gates <= red(honest, world)


def test_slack_is_among_the_surfaces(honest: Answer) -> None:
    found = {surface.name: surface for surface in surfaces.surfaces(honest, subject="Mira Vane")}
    assert [shown.words for shown in found["slack"].quotes] == [one.quote.text for one in honest.quotes]


def test_a_swapped_speaker_is_seen(world: World) -> None:
    bees = world.sources["bees"]
    turns = tuple(turn.model_copy(update={"speaker": "Tom Reed"}) for turn in bees.turns)
    stolen = bees.model_copy(update={"turns": turns})
    assert "attribution" in red(answer(quote(stolen, "Nobody taught them that.")), world)


def test_words_that_gold_gives_to_the_interviewer_are_seen(honest: Answer, world: World) -> None:
    bees = world.sources["bees"]
    start = BEES.index("Bees dance to point")
    warned = World(world.assistant, world.embeddings, world.sources, world.files, {bees.sha256: ((start, start + 31),)})
    assert "attribution" in red(honest, warned)


def test_the_interviewers_turn_relabelled_as_his_is_seen(world: World) -> None:
    bees = world.sources["bees"]
    first = bees.turns[0]
    relabelled = bees.turns[1].model_copy(update={"start": first.start, "end": first.end})
    stolen = bees.model_copy(update={"turns": (relabelled, *bees.turns[1:])})
    assert "pointers" in red(answer(quote(stolen, "Why do bees dance at all?")), world)


@pytest.mark.parametrize(
    "words", ["Bees dance to point at flowers", "ees dance to point at flowers.", "point at flowers."]
)
def test_a_cut_sentence_is_seen(world: World, words: str) -> None:
    assert "pointers" in red(answer(quote(world.sources["bees"], words)), world)


def test_a_hidden_source_is_seen(honest: Answer, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surfaces, "answer_markdown", changed(surfaces.answer_markdown, "On bees", "On wasps"))
    assert {"attribution", "framing"} <= red(honest, world)


@pytest.mark.parametrize(
    "sentence",
    ["He believes that honey lasts for ever.", "Honey lasts for ever, as everybody knows.", "他认为蜂蜜永不变质。"],
)
def test_an_assertion_around_the_quotes_is_seen(
    honest: Answer, world: World, monkeypatch: pytest.MonkeyPatch, sentence: str
) -> None:
    original = surfaces.answer_text
    monkeypatch.setattr(surfaces, "answer_text", lambda shown: f"{sentence}\n\n{original(shown)}")
    assert red(honest, world) == {"framing"}


def test_a_model_may_have_a_name_of_one_letter_but_not_of_a_sentence(honest: Answer, world: World) -> None:
    assert red(honest.model_copy(update={"selector": "a"}), world) == set()
    assert "framing" in red(honest.model_copy(update={"selector": "He likes bees"}), world)


def test_an_answer_that_changes_is_seen(honest: Answer, world: World) -> None:
    other = answer(honest.quotes[0].quote)
    assert check_answer(honest, other, world).gates["determinism"].misses


def test_a_time_outside_its_cue_is_seen() -> None:
    from evals.gates.raw_text import facts_of

    raw = "WEBVTT\n\n00:01.000 --> 00:04.000\n It works.\n\n00:04.000 --> 00:09.500\n Why?\n"
    assert facts_of(raw, raw.index("Why"), "Why?").said_between == (4.0, 9.5)


def test_a_refusal_is_green(world: World) -> None:
    refused = world.assistant.ask("What does Sam Altman think about tides?")
    assert red(refused, world) == set()


def changed(render: Callable[[Any], str], old: str, new: str) -> Callable[[Any], str]:
    return lambda shown: render(shown).replace(old, new)


def test_gate_names_are_those_that_are_reported(honest: Answer, world: World) -> None:
    assert set(checked(honest, world)) == set(answer_gates.GATES)
