"""A talk that a person says one speaker gives: all of it the subject's, except what shows itself to be somebody else's.

Left unknown, for a person to decide sentence by sentence: stage directions, the introduction that names the speaker,
any sentence that names the speaker, and everything from the first sign that the floor asks.
"""

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from knowledge.formats.document import as_translation
from knowledge.model.errors import SourceRefused
from knowledge.model.provenance import Provenance
from knowledge.model.source import Source, count_words
from knowledge.model.subject import Subject
from knowledge.model.turns import Role, Turn
from knowledge.model.word_rules import RuleFile
from knowledge.speakers.review import NOT_SPEECH, Decision, confirm
from knowledge.speakers.sentence_runs import Numbered, numbered_sentences

TALKS = RuleFile(Path(__file__).with_suffix(".yaml"))

_INTRODUCTION = 250
"""Words at the start in which somebody else may introduce the speaker."""
_AFTER_NAME = 3
"""Sentences with which an introduction may go on behind the name in one paragraph."""
_MAX_HEADING = 12
_DIRECTION = re.compile(r"[\[(（【♪]")
_ADDRESS = re.compile(r"https?://|www\.|@\w+\.\w", re.IGNORECASE)
_HEADER = re.compile(r"^\W*[A-Z][\w ]{1,24}[:：]\s*\S")
_ENDED = re.compile(r"[.?!…。？！:;,][\"”’')\]]*$")


def as_talk(source: Source, subject: Subject, *, leaving: Collection[int] = ()) -> Source:
    """Return the source with what nobody is known to say as the subject's, except sentences numbered `leaving`.

    Turns with a speaker keep theirs. A file that is background as a whole becomes a record of speech; background
    beside a record of speech stays what it is.

    Raises:
        SourceRefused: the file shows itself that it is no record of speech, or nothing of it can be the subject's.
    """
    refuted = next((note for note in source.notes if NOT_SPEECH in note), None)
    if refuted:
        raise SourceRefused(source.id, f"{refuted} A person's word does not make it his: add a transcript instead.")
    source = _as_speech(source, subject)
    each = numbered_sentences(source)
    begins = _introduced_until(source, each, subject)
    chosen = [
        one
        for one in _before_the_floor(source, each)
        if one.number > begins
        and one.number not in leaving
        and _may_be_decided(source.turns[one.turn])
        and _could_be_said(source, one, subject)
    ]
    if not chosen:
        raise SourceRefused(
            source.id, f"nothing in it is left that could be {subject.name}’s: `ilya speakers show` lists it."
        )
    decisions = [Decision(start=a, end=b, role=Role.SUBJECT, speaker=subject.name) for a, b in _runs(chosen)]
    return confirm(source, decisions)


def _as_speech(source: Source, subject: Subject) -> Source:
    """Return a file that is background as a whole as a record of speech by nobody known."""
    if source.provenance is not Provenance.REPORT:
        return source
    turns = tuple(turn.model_copy(update={"provenance": Provenance.TRANSCRIPT}) for turn in source.turns)
    spoken = source.model_copy(update={"provenance": Provenance.TRANSCRIPT, "turns": turns})
    return as_translation(spoken) if subject.never_speaks(source.language) else spoken


def _may_be_decided(turn: Turn) -> bool:
    return turn.role is Role.UNKNOWN and turn.provenance is not Provenance.REPORT


def _introduced_until(source: Source, each: list[Numbered], subject: Subject) -> int:
    """Return the number of the last sentence of the introduction, 0 without one."""
    words, until = 0, 0
    for one in each:
        text = source.text[one.span.start : one.span.end]
        words += count_words(text)
        if words > _INTRODUCTION:
            break
        if _names(text, subject):
            until = one.number
    return _rest_of_introduction(source, each, until) if until else 0


def _rest_of_introduction(source: Source, each: list[Numbered], until: int) -> int:
    """Return the end of the paragraph that names the speaker; where the talk goes on in it, a few sentences more."""
    after = each[until:]
    last = each[until - 1]
    same = []
    for one in after:
        if "\n" in source.text[last.span.end : one.span.start]:
            break
        same.append(one)
        last = one
    return until + min(len(same), _AFTER_NAME)


def _before_the_floor(source: Source, each: list[Numbered]) -> Iterator[Numbered]:
    for one in each:
        if TALKS.found("floor", source.text[one.span.start : one.span.end]):
            return
        yield one


def _could_be_said(source: Source, one: Numbered, subject: Subject) -> bool:
    text = source.text[one.span.start : one.span.end]
    heading = count_words(text) <= _MAX_HEADING and not _ENDED.search(text) and _stands_alone(source, one)
    header = _HEADER.match(text) and count_words(text) <= _MAX_HEADING and not _ENDED.search(text)
    marked = _DIRECTION.search(text) or _ADDRESS.search(text) or header
    return not (heading or marked or _names(text, subject) or text == source.title)


def _stands_alone(source: Source, one: Numbered) -> bool:
    """Whether a sentence is the whole of its turn, as a heading is."""
    turn = source.turns[one.turn]
    return not source.text[turn.start : one.span.start].strip() and not source.text[one.span.end : turn.end].strip()


def _names(text: str, subject: Subject) -> bool:
    """Whether a sentence names the subject as others do: “please welcome …”, and not “I am …”."""
    marked = subject.without_names(text, "\0")
    return any(not TALKS.found("introduces_self", before) for before in marked.split("\0")[:-1])


def _runs(chosen: list[Numbered]) -> Iterator[tuple[int, int]]:
    """Yield the characters of runs of neighbouring sentences inside one turn."""
    first = before = chosen[0]
    for one in chosen[1:]:
        if one.number != before.number + 1 or one.turn != before.turn:
            yield first.span.start, before.span.end
            first = one
        before = one
    yield first.span.start, before.span.end
