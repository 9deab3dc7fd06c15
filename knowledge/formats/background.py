"""Everything that is not provably anyone's speech: kept as `report`, searchable, never quotable."""

from collections.abc import Iterable

from knowledge.formats.blocks import Block
from knowledge.formats.document import Document, Given, finished
from knowledge.formats.draft import Draft
from knowledge.model.provenance import Provenance
from knowledge.model.source import Source
from knowledge.model.turns import Role


def read_background(document: Document, given: Given) -> Source:
    """Return a document whose every block is a report."""
    draft = document.draft(Provenance.REPORT)
    take_background(draft, document, document.blocks)
    noted = document.noting(
        "Nothing in it shows that it is a record of speech: all of it is background, none of it is quoted as "
        f"{given.subject.name}’s words."
    )
    return finished(draft, noted, given, reader="background")


def take_background(draft: Draft, document: Document, blocks: Iterable[Block]) -> None:
    """Append blocks as report turns of nobody; the lines of a paragraph become one turn."""
    for block in blocks:
        if not (block.follows and document.wrapped):
            draft.close_turn(role=Role.UNKNOWN, provenance=Provenance.REPORT)
        draft.take_pieces(block.pieces, join=document.joint(block), seconds=block.seconds)
    draft.close_turn(role=Role.UNKNOWN, provenance=Provenance.REPORT)
