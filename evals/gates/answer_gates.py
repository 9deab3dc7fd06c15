"""The gates: exactness, pointers, attribution, framing, determinism."""

from typing import NamedTuple

from assistant import Answer
from evals.gates.attribution import attribution
from evals.gates.framing_gate import assertions
from evals.gates.raw_text import Raw, raw_slice, stands_in, words_of
from evals.gates.surfaces import Surface, surfaces
from evals.metrics.spans import Statement
from evals.run.run_records import Checked
from evals.run.worlds import World
from knowledge.model.errors import AskIlyaError
from knowledge.model.turns import Role
from knowledge.text.sentences import sentences

GATES = ("exactness", "pointers", "attribution", "framing", "determinism")


class Verdicts(NamedTuple):
    """The gates of one answer, and its sentences with what stands at the places cited for them."""

    gates: dict[str, Checked]
    statements: tuple[Statement, ...]


def check_answer(answer: Answer, again: Answer, world: World) -> Verdicts:
    """Check one answer on every surface; `again` answers the same question a second time."""
    shown = surfaces(answer, subject=world.assistant.subject.name)
    raws = {numbered.number: raw_slice(numbered.quote, world) for numbered in answer.quotes}
    gates = {
        "exactness": _exactness(answer, shown, raws),
        "pointers": _pointers(answer, shown, world),
        "attribution": attribution(answer, shown, raws, world),
        "framing": _framing(answer, shown, world),
        "determinism": _determinism(answer, again),
    }
    return Verdicts(gates, _statements(shown, raws))


def _exactness(answer: Answer, shown: list[Surface], raws: dict[int, Raw]) -> Checked:
    misses, count = [], 0
    texts = {numbered.number: numbered.quote.text for numbered in answer.quotes}
    for surface in shown:
        for card in surface.quotes:
            count += 1
            raw = raws.get(card.number)
            if raw is None:
                misses.append(f"{surface.name} shows a quote [{card.number}] that no record has")
            elif not stands_in(card.words, raw.slice):
                misses.append(f"{surface.name} [{card.number}] differs from the raw file: “{card.words[:80]}”")
            elif surface.keeps_space and card.words != texts[card.number]:
                misses.append(f"{surface.name} [{card.number}] spaces or breaks the words otherwise than the source")
    for number, raw in raws.items():
        if not raw.sha_agrees:
            misses.append(f"[{number}] names another raw file than the one at hand")
    return Checked(count=count, misses=tuple(misses))


def _pointers(answer: Answer, shown: list[Surface], world: World) -> Checked:
    misses = []
    for numbered in answer.quotes:
        told = numbered.model_dump()
        misses += [f"[{numbered.number}] {miss}" for miss in _pointer_misses(told, world)]
    expected = [(numbered.number, numbered.quote.text) for numbered in answer.quotes]
    if [number for number, _ in expected] != list(range(1, len(expected) + 1)):
        misses.append("the numbers are not 1, 2, 3 …")
    if len({(q.quote.source.sha256, q.quote.start, q.quote.end) for q in answer.quotes}) != len(expected):
        misses.append("two numbers point at the same place")
    for surface in shown:
        if [(card.number, words_of(card.words)) for card in surface.quotes] != [(n, words_of(t)) for n, t in expected]:
            misses.append(f"{surface.name}: printed numbers and records do not correspond one to one")
    return Checked(count=len(expected) + len(shown), misses=tuple(misses))


def _pointer_misses(told: dict[str, object], world: World) -> list[str]:
    facts, start, end = told["source"], told["start"], told["end"]
    if not isinstance(facts, dict) or not isinstance(start, int) or not isinstance(end, int):
        return ["is not a pointer"]
    try:
        source = world.assistant.library.source(str(facts["id"]), str(facts["sha256"]))
    except AskIlyaError as error:
        return [f"points nowhere: {error}"]
    if source.text[start:end] != told["text"]:
        return ["does not say what stands at its place"]
    turns = [turn for turn in source.turns if turn.start < end and start < turn.end]
    if len(turns) != 1:
        return [f"lies in {len(turns)} turns"]
    inside = turns[0].start <= start and end <= turns[0].end and turns[0].role is Role.SUBJECT
    if not inside:
        return ["does not lie in a turn of his"]
    spans = sentences(source.text, turns[0].start, turns[0].end)
    whole = any(span.start == start for span in spans) and any(span.end == end for span in spans)
    if not whole:
        return ["cuts a sentence"]
    before = [None, *(source.text[span.start : span.end] for span in spans if span.end <= start)][-1]
    after = [*(source.text[span.start : span.end] for span in spans if span.start >= end), None][0]
    if (told["before"], told["after"]) != (before, after):
        return ["gives other surroundings than stand beside it"]
    return []


def _framing(answer: Answer, shown: list[Surface], world: World) -> Checked:
    misses = []
    for surface in shown:
        around = [*(card.around for card in surface.quotes), surface.rest]
        found = assertions(around, answer, subject=world.assistant.subject.name)
        misses += [f"{surface.name}: {miss}" for miss in found]
    return Checked(count=len(shown), misses=tuple(misses))


def _determinism(answer: Answer, again: Answer) -> Checked:
    if answer.model and not same_choice(answer, again):
        return Checked(count=0)  # a model may choose otherwise; `same choice twice` tells how often
    same = answer.model_dump_json(exclude={"model"}) == again.model_dump_json(exclude={"model"})
    return Checked(count=1, misses=() if same else ("the same question gave two different answers",))


def same_choice(answer: Answer, again: Answer) -> bool:
    """Whether two answers quote the same places in the same order."""
    first, second = ([(q.quote.source.sha256, q.quote.start, q.quote.end) for q in a.quotes] for a in (answer, again))
    return first == second


def _statements(shown: list[Surface], raws: dict[int, Raw]) -> tuple[Statement, ...]:
    terminal = next((surface for surface in shown if surface.name == "terminal"), None)
    found = []
    for card in terminal.quotes if terminal else ():
        raw = raws.get(card.number)
        cited = (" ".join(words_of(card.words)) if stands_in(card.words, raw.slice) else raw.slice,) if raw else ()
        found += [Statement(card.words[span.start : span.end], cited) for span in sentences(card.words)]
    return tuple(found)
