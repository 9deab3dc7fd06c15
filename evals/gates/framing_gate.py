"""Nothing that stands around the quotes may say what he thinks: framing is made of records and fixed phrases.

Two nets. A sentence that names him (or says "he", "his") with a verb of opinion is an assertion. And a line that is
neither a fixed phrase of `ui.rendering.answer_texts`, filled in from the records, nor the interviewer's question is not
ours.
"""

import re
from collections.abc import Iterable
from dataclasses import fields
from functools import cache
from pathlib import Path

from assistant import Answer
from assistant.models import Trouble
from knowledge.model.subject import default_subject
from knowledge.model.word_rules import RuleFile
from ui.rendering.answer_texts import texts
from ui.rendering.framing import bare_title

_SUBJECT = default_subject()
_NAMES = "|".join(map(re.escape, (_SUBJECT.name, *_SUBJECT.aliases)))
FRAMING = RuleFile(Path(__file__).with_suffix(".yaml"))

_SELECTOR = re.compile(rf"extractive(?: \((?:{'|'.join(map(re.escape, Trouble))})\))?|[\w.:/@+-]+")
"""Ours, with one of our reasons, or the name of a model as its operator wrote it: never a sentence."""


def assertions(texts_around: Iterable[str], answer: Answer, *, subject: str) -> list[str]:
    """Return the sentences outside quotes that assert something about his views.

    `texts_around` are pieces of a surface without the quoted words.
    """
    known = _records(answer)
    allowed = _phrases(answer.language, subject)
    found = []
    for text in texts_around:
        left = _without(_named(answer.selector).sub(" ", _folded(text)), known)
        if _opinion().search(_without(left, allowed)):
            found.append(f"asserts an opinion: “{left.strip()[:200]}”")
        elif strange := _strange_words(left, allowed):
            found.append(f"is not a fixed phrase filled from the records: “{' '.join(strange)[:200]}”")
    return found


@cache
def _opinion() -> re.Pattern[str]:
    return FRAMING.pattern("opinion", names=_NAMES)


def _named(selector: str) -> "re.Pattern[str]":
    """Return what finds the selector's name as a word of its own; nothing where it is no name but a text."""
    if not _SELECTOR.fullmatch(selector):
        return re.compile(r"(?!)")
    return re.compile(rf"(?<![A-Za-z0-9]){re.escape(selector)}(?![A-Za-z0-9])")


def _folded(text: str) -> str:
    return " ".join(text.split())


def _records(answer: Answer) -> list[str]:
    found: set[str] = set()
    for numbered in answer.quotes:
        told = numbered.quote.attribution
        turn = numbered.quote.turn
        values = (told.speaker, told.title, told.venue, told.date, told.asked, told.asked_by, turn.question_zh)
        beside = (numbered.quote.before, numbered.quote.after, bare_title(told))
        found.update(_folded(value) for value in (*values, *beside, *told.interviewers) if value)
    found.update(_folded(one.venue) for one in answer.elsewhere if one.venue)
    return sorted(found, key=len, reverse=True)


def _phrases(language: str, subject: str) -> list[str]:
    phrases: set[str] = {subject}
    ours = texts(language)
    for field in fields(ours):
        value = getattr(ours, field.name)
        values = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else (value,)
        for phrase in values:
            if isinstance(phrase, str):
                phrases.add(phrase.format_map(_Subject(subject)) if "{subject}" in phrase else phrase)
                phrases.update(part for part in re.split(r"\{\w+\}", phrase) if part.strip(" ,.:()，。：—"))
    return sorted(phrases, key=len, reverse=True)


class _Subject(dict[str, str]):
    def __init__(self, subject: str) -> None:
        super().__init__(subject=subject)

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def _without(text: str, values: Iterable[str]) -> str:
    for value in values:
        text = text.replace(value, " ")
    return text


def _strange_words(left: str, allowed: list[str]) -> list[str]:
    rest = re.sub(r"https?://\S+|\d+", " ", _without(left, allowed))
    return [word for word in re.findall(r"[^\W\d_]{2,}", rest) if word not in ("extractive", "model")]
