"""From evidence given as text to its place in a source: found once, in his own words, or an error."""

import re
from collections.abc import Iterable, Mapping

from evals.metrics.ranking import Place
from evals.suite.case_files import Written
from evals.suite.cases import Case, ContextCase, ConversationCase, Evidence, QuestionCase
from knowledge.model.source import Source
from knowledge.model.turns import Role

Golds = dict[str, tuple[tuple[Place, ...], ...]]
"""By case id: the gold places of a question, of each turn of a conversation, or of a sentence and what it needs."""


class NotLocated(ValueError):
    """Evidence that cannot be used; its text says why."""


def locate_all(written: Iterable[Written], sources: Mapping[str, Source], *, lenient: bool = False) -> Golds:
    """Find the places of all evidence.

    Args:
        written: the cases with their lines.
        sources: by the name that cases use.
        lenient: take every occurrence, and words not known to be his, which nothing can then find.

    Raises:
        CaseError: evidence is not in its source, is the interviewer's, or is found twice; names the line.
    """
    golds: Golds = {}
    for one in written:
        try:
            golds[one.case.id] = tuple(
                tuple(place for piece in group for place in locate(piece, sources, lenient=lenient))
                for group in _evidence(one.case)
            )
        except NotLocated as error:
            raise one.error(str(error)) from error
    return golds


def locate(evidence: Evidence, sources: Mapping[str, Source], *, lenient: bool = False) -> list[Place]:
    """Return the place of one piece of evidence (several only when lenient).

    Raises:
        NotLocated: it is not there, not his, or there more than once.
    """
    source = sources.get(evidence.source)
    if source is None:
        raise NotLocated(f"the library has no source “{evidence.source}”")
    found = _occurrences(source, evidence.text)
    if not found:
        raise NotLocated(f"the evidence “{_short(evidence.text)}” does not stand in {evidence.source}")
    if evidence.occurrence is not None:
        if evidence.occurrence > len(found):
            raise NotLocated(f"“{_short(evidence.text)}” stands only {len(found)} times in {evidence.source}")
        found = [found[evidence.occurrence - 1]]
    his = [place for place in found if _is_his(source, place)]
    if lenient:
        return his or found
    if not his:
        raise NotLocated(
            f"“{_short(evidence.text)}” is not known to be his in {evidence.source}: {_whose(source, found[0])}"
        )
    if len(his) > 1:
        raise NotLocated(
            f"“{_short(evidence.text)}” stands {len(his)} times in {evidence.source}: give more words, or `occurrence`"
        )
    return his


def names_of_sources(written: Iterable[Written]) -> set[str]:
    """Return the names of all sources that the evidence of cases names."""
    return {piece.source for one in written for group in _evidence(one.case) for piece in group}


def _evidence(case: Case) -> list[tuple[Evidence, ...]]:
    if isinstance(case, QuestionCase):
        return [case.evidence]
    if isinstance(case, ConversationCase):
        return [turn.evidence for turn in case.turns]
    if isinstance(case, ContextCase):
        pieces = (case.sentence, case.needs)
        return [(Evidence(source=case.source, text=text),) for text in pieces]
    return []


def _occurrences(source: Source, text: str) -> list[Place]:
    words = text.split()
    if not words:
        return []
    pattern = re.compile(r"\s+".join(map(re.escape, words)))
    return [Place(source.id, match.start(), match.end(), match.group()) for match in pattern.finditer(source.text)]


def _is_his(source: Source, place: Place) -> bool:
    touched = [turn for turn in source.turns if turn.start < place.end and place.start < turn.end]
    return bool(touched) and all(turn.role is Role.SUBJECT and turn.provenance.quotable for turn in touched)


def _whose(source: Source, place: Place) -> str:
    touched = [turn for turn in source.turns if turn.start < place.end and place.start < turn.end]
    others = [turn.speaker or "the interviewer" for turn in touched if turn.role is Role.OTHER]
    return f"{others[0]} says it" if others else "the source does not say who speaks there"


def _short(text: str) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) <= 60 else folded[:57] + "…"
