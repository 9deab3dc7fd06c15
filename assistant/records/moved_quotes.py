"""The proof that citations survive a move: every quote id that a library's records name gives the same words there."""

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.quotes import Quote, UnknownQuote, find_quote
from assistant.records.saved_answers import AnswerRow, FeedbackRow
from knowledge.library.store import Library


class Proof(NamedTuple):
    """How many ids give the same words in both libraries, and which do not."""

    same: int
    lost: tuple[str, ...]
    """Ids that led to words before and do not lead to the same ones now."""


def prove_quotes(before: Library, after: Library) -> Proof:
    """Read every quote that answers and votes name in both libraries, and compare words, place and attribution."""
    same, lost = 0, []
    for name in sorted(set(_named(before))):
        had, has = _found(before, name), _found(after, name)
        if had is None:
            continue  # its file was taken out before the move
        if has is not None and has.model_dump() == had.model_dump():
            same += 1
        else:
            lost.append(name)
    return Proof(same, tuple(lost))


def _named(library: Library) -> Iterator[str]:
    with Session(library.engine) as session:
        for ids in session.scalars(select(AnswerRow.quote_ids)):
            yield from ids
        yield from session.scalars(select(FeedbackRow.quote_id))


def _found(library: Library, name: str) -> Quote | None:
    try:
        return find_quote(library, name)
    except UnknownQuote:
        return None
