"""Which occasion of the library a question names: "at NeurIPS", "to Lex Fridman", "on X", "在 NeurIPS 上"."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from knowledge.library.store import SourceSummary
from knowledge.model.word_rules import RuleFile

MEDIA = RuleFile(Path(__file__).with_name("named_media.yaml"))
"""How a question names a medium; the kind of a rule is the medium."""

_KIND = r"(?:podcast|interview|talk|keynote|lecture|conference|show|episode|conversation|chat|speech|appearance)"
_YEAR = r"(?:\s*(?:in\s+)?(?:19|20)\d\d)?"
_CHINESE_KIND = r"(?:的?(?:大会|会议|播客|访谈|采访|节目|演讲|对话|讲座))?"
_TELLING = re.compile(r"(?=.*[^\W\d_]).*(?:\w{3}|[\u3400-\u9fff]{2})")
"""What a name must have; "A", or a bare number, stands in too many questions."""


class NamedOccasion(NamedTuple):
    """The sources whose occasion a question names, and the question without that name."""

    sources: tuple[str, ...]
    question: str


def named_occasion(question: str, held: Sequence[SourceSummary]) -> NamedOccasion | None:
    """Return the occasion, or the medium, that a question names, None when it names none that is held.

    Args:
        question: in English or Chinese.
        held: the sources that are searched.
    """
    return _named_medium(question, held) or _named_venue(question, held)


def _named_medium(question: str, held: Sequence[SourceSummary]) -> NamedOccasion | None:
    media = {rule.kind for rule in MEDIA.rules.values() if MEDIA.found(rule.name, question)}
    sources = tuple(one.id for one in held if one.medium and one.medium in media)
    if not sources:
        return None
    rest = question
    for rule in MEDIA.rules.values():
        if rule.kind in media:
            rest = MEDIA.pattern(rule.name).sub(" say " if rule.name.endswith("_told") else " ", rest)
    return NamedOccasion(sources, _joined(rest))


def _named_venue(question: str, held: Sequence[SourceSummary]) -> NamedOccasion | None:
    pattern, sources = _reading(tuple((one.id, one.venue, one.interviewers) for one in held))
    if pattern is None or (found := pattern.search(question)) is None:
        return None
    name = _plain(next(group for key, group in found.groupdict().items() if group and key != "told"))
    told = "say" if found["told"] else ""
    rest = f"{question[: found.start()]}{told} {question[found.end() :]}"
    return NamedOccasion(sources[name], _joined(rest))


@lru_cache(maxsize=4)
def _reading(
    held: tuple[tuple[str, str | None, tuple[str, ...]], ...],
) -> tuple[re.Pattern[str] | None, dict[str, tuple[str, ...]]]:
    """Return the pattern that finds an occasion, and which sources each name stands for."""
    sources: dict[str, tuple[str, ...]] = {}
    for source_id, venue, interviewers in held:
        called = {_plain(name) for name in _names(venue, interviewers)}
        for name in sorted(filter(_TELLING.match, called | {name.replace(".", "") for name in called})):
            sources[name] = (*sources.get(name, ()), source_id)
    if not sources:
        return None, {}
    longest_first = sorted(sources, key=lambda name: (-len(name), name))
    names = "|".join(r"\s+".join(map(re.escape, name.split())) for name in longest_first)
    end = r"(?:['’]s)?(?!\w)"
    return (
        re.compile(
            rf"\b(?:(?P<told>tell|told)|to|with|on|at|in|during|from)\s+(?:the\s+|his\s+|an?\s+)?"
            rf"(?P<english>{names}){end}{_YEAR}(?:\s+{_KIND}\b)?{_YEAR}"
            rf"|(?:在|对|跟|和|与|给|向)\s*(?P<chinese>{names})\s*(?:20\d\d\s*年?)?\s*{_CHINESE_KIND}\s*(?:上|中|里|时)?",
            re.IGNORECASE,
        ),
        sources,
    )


def _names(venue: str | None, interviewers: Sequence[str]) -> Iterator[str]:
    """Yield what an occasion is called: whole, without its number or year, by its interviewer."""
    if venue:
        yield from re.findall(r"\(([^)]+)\)", venue)
        bare = re.sub(r"\([^)]*\)", " ", venue)
        yield bare
        short = re.sub(r"\s*(?:#?\d+|(?:19|20)\d\d)\s*$", "", bare.strip())
        yield short
        yield re.sub(rf"\s+{_KIND}$", "", short, flags=re.IGNORECASE)
    for interviewer in interviewers:
        yield interviewer
        yield from interviewer.split()


def _joined(words: str) -> str:
    return re.sub(r"\s+([?？!.,，。])", r"\1", " ".join(words.split()))


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
