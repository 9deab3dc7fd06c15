"""Every layout × every slip × every place, on invented interviews: what of others' words is quotable afterwards."""

import random
from collections.abc import Callable, Iterator
from itertools import product
from typing import NamedTuple

from evals.benchmarks.slips.damage import PLACES, SLIPS, damaged
from evals.benchmarks.slips.invented import interview
from evals.benchmarks.slips.transcripts import LAYOUTS, Layout, Said, written
from evals.benchmarks.slips.written import Span, Written, WrittenTurn, quotable_spans, words_within
from knowledge.model.source import Source

Read = Callable[[str], Source]
_OTHERS = (("Tom Reed",), ("Tom Reed", "Ana Sol"), ("Marek Dvorak",), ("Tom Reed", "Ana Sol", "Lucia"))
_BARE = Layout("{name}: {words}\n\n")


class Case(NamedTuple):
    """One damaged interview: in which layout, by which slip, where, in which of its turns, from which seed."""

    layout: str
    slip: str
    place: str
    seed: int


class Leak(NamedTuple):
    """Words of others that became quotable in a case."""

    case: Case
    words: int


def every_case() -> Iterator[Case]:
    """Yield each layout with each slip at each place, which of the turns is hit being drawn by the case's number.

    Words of somebody else inside the subject's row without any label are a wrong row, not a slipped label.
    """
    for number, (layout, slip, place) in enumerate(product(LAYOUTS, SLIPS, PLACES)):
        if slip != "lost" or not LAYOUTS[layout].framed:
            yield Case(layout, slip, place, number)


def drawn_cases(count: int, seed: int) -> list[Case]:
    """Return so many cases drawn at random, each with a seed of its own."""
    cases = random.Random(seed).sample(list(every_case()), count)
    return [case._replace(seed=case.seed + seed * 100_000) for case in cases]


def transcript(case: Case, subject: str) -> Written:
    """Return the damaged interview of a case."""
    drawn = random.Random(case.seed)
    layout = LAYOUTS[case.layout]
    said = interview(case.seed, (*drawn.choice(_OTHERS), subject), subject)
    number = drawn.choice([place for place, one in enumerate(said) if one.speaker != subject and place])
    if layout.framed:
        return _inside_frame(said, number, case, layout)
    return damaged(written(layout, said), number, case.slip, case.place)


def leaked_words(transcript: Written, source: Source, subject: str) -> int:
    """Return how many words of others in a transcript its source would quote as the subject's."""
    theirs = [turn.words for turn in transcript.turns if turn.speaker.casefold() != subject.casefold()]
    return words_within(transcript.text, quotable_spans(source), theirs)


def _inside_frame(said: list[Said], number: int, case: Case, layout: Layout) -> Written:
    """Return an interview in which turn `number` stands, with its label, in the frame of the turn before it."""
    before, slipped = said[number - 1], said[number]
    asked = " ".join(slipped.paragraphs)
    bare = written(_BARE, [slipped])
    label = SLIPS[case.slip](bare.label_of(0), slipped.speaker).translate({ord('"'): None, ord("\\"): None})
    joint = {"where it stood": " ", "on the line before": " ", "glued to the line before": ""}.get(case.place)
    joint = layout.inner if joint is None else joint
    told = Said(before.speaker, (*before.paragraphs[:-1], before.paragraphs[-1] + joint + label + asked))
    whole = written(layout, [*said[: number - 1], told, *said[number + 1 :]])
    start, end = whole.turns[number - 1].words
    theirs: Span = (end - len(asked), end)
    own = WrittenTurn(before.speaker, whole.turns[number - 1].label, (start, theirs[0] - len(label)))
    turns = (*whole.turns[: number - 1], own, WrittenTurn(slipped.speaker, own.words[1], theirs), *whole.turns[number:])
    return Written(whole.text, turns)
