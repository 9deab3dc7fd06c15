"""The gates: exactness, pointers, attribution, framing, determinism."""

from typing import NamedTuple

from assistant import Answer, Quote
from evals.gates.facts import NotHis, facts_of
from evals.gates.framing import assertions
from evals.gates.rawtext import decode, stands_in, words_of
from evals.gates.surfaces import Surface, surfaces
from evals.metrics.citations import Statement
from evals.records import Checked
from evals.worlds import World
from knowledge.errors import AskIlyaError
from knowledge.sentences import sentences
from knowledge.turns import Role

GATES = ("exactness", "pointers", "attribution", "framing", "determinism")


class Verdicts(NamedTuple):
    """The gates of one answer, and its sentences with what stands at the places cited for them."""

    gates: dict[str, Checked]
    statements: tuple[Statement, ...]


def check_answer(answer: Answer, again: Answer, world: World) -> Verdicts:
    """Check one answer on every surface; `again` answers the same question a second time."""
    shown = surfaces(answer, subject=world.assistant.subject.name)
    raws = {numbered.number: _raw_slice(numbered.quote, world) for numbered in answer.quotes}
    gates = {
        "exactness": _exactness(answer, shown, raws),
        "pointers": _pointers(answer, shown, world),
        "attribution": _attribution(answer, shown, world),
        "framing": _framing(answer, shown, world),
        "determinism": _determinism(answer, again),
    }
    return Verdicts(gates, _statements(shown, raws))


class _Raw(NamedTuple):
    text: str
    start: int
    slice: str
    sha_agrees: bool


def _raw_slice(quote: Quote, world: World) -> _Raw:
    import hashlib

    raw = world.raw(quote.source)
    text = decode(raw, quote.source.raw_map.encoding)
    start, end = quote.source.raw_map.raw_span(quote.start, quote.end)
    return _Raw(text, start, text[start:end], hashlib.sha256(raw).hexdigest() == quote.source.sha256)


def _exactness(answer: Answer, shown: list[Surface], raws: dict[int, _Raw]) -> Checked:
    misses, count = [], 0
    for surface in shown:
        for card in surface.quotes:
            count += 1
            raw = raws.get(card.number)
            if raw is None:
                misses.append(f"{surface.name} shows a quote [{card.number}] that no record has")
            elif not stands_in(card.words, raw.slice):
                misses.append(f"{surface.name} [{card.number}] differs from the raw file: “{card.words[:80]}”")
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
    return [] if inside else ["does not lie in a turn of his"]


def _attribution(answer: Answer, shown: list[Surface], world: World) -> Checked:
    misses = []
    for numbered in answer.quotes:
        quote, number = numbered.quote, numbered.number
        misses += [f"[{number}] {miss}" for miss in _attribution_misses(quote, world)]
        told = quote.attribution
        for surface in shown:
            for card in surface.quotes:
                if card.number != number:
                    continue
                missing = [value for value in (told.speaker, told.title, told.date and told.date[:4]) if value]
                lacking = [value for value in missing if not _says(card.around, value)]
                if lacking:
                    misses.append(f"{surface.name} [{number}] does not show {', '.join(lacking)}")
                if card.link is not None and card.link != told.url:
                    misses.append(f"{surface.name} [{number}] links to {card.link}, not {told.url}")
    return Checked(count=len(answer.quotes), misses=tuple(misses))


def _attribution_misses(quote: Quote, world: World) -> list[str]:
    told, raw = quote.attribution, _raw_slice(quote, world)
    misses = []
    if told.speaker != world.assistant.subject.name:
        misses.append(f"is said to be {told.speaker}'s")
    for start, end in world.not_his.get(quote.source.sha256, ()):
        if start < raw.start + len(raw.slice) and raw.start < end:
            misses.append("holds words that gold gives to somebody else")
    try:
        facts = facts_of(raw.text, raw.start, quote.text)
    except NotHis as error:
        return [*misses, str(error)]
    given = {"title": told.title, "date": told.date, "venue": told.venue, "provenance": told.provenance.value}
    for name, value in given.items():
        wanted = getattr(facts, name)
        if wanted is not None and value != wanted:
            misses.append(f"has the {name} “{value}”, the file says “{wanted}”")
    if facts.url is not None and not (told.url or "").startswith(facts.url):
        misses.append(f"links to {told.url}, the file says {facts.url}")
    if facts.said_between and told.said_at is not None:
        low, high = facts.said_between
        if not low <= told.said_at <= high:
            misses.append(f"is said at {told.said_at} s, the file says between {low} and {high}")
    return misses


def _framing(answer: Answer, shown: list[Surface], world: World) -> Checked:
    misses = []
    for surface in shown:
        around = [*(card.around for card in surface.quotes), surface.rest]
        found = assertions(around, answer, subject=world.assistant.subject.name)
        misses += [f"{surface.name}: {miss}" for miss in found]
    return Checked(count=len(shown), misses=tuple(misses))


def _determinism(answer: Answer, again: Answer) -> Checked:
    same = answer.model_dump_json() == again.model_dump_json()
    return Checked(count=1, misses=() if same else ("the same question gave two different answers",))


def _statements(shown: list[Surface], raws: dict[int, _Raw]) -> tuple[Statement, ...]:
    terminal = next((surface for surface in shown if surface.name == "terminal"), None)
    found = []
    for card in terminal.quotes if terminal else ():
        raw = raws.get(card.number)
        cited = (" ".join(words_of(card.words)) if stands_in(card.words, raw.slice) else raw.slice,) if raw else ()
        found += [Statement(card.words[span.start : span.end], cited) for span in sentences(card.words)]
    return tuple(found)


def _says(around: str, value: str) -> bool:
    return " ".join(words_of(value)) in " ".join(words_of(around))
