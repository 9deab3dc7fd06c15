"""Reading sources anew from their stored files when the reader that made them has improved since."""

from collections.abc import Iterator
from enum import StrEnum

from knowledge.formats.document import is_outdated
from knowledge.library.editions import origin_of
from knowledge.library.store import Library
from knowledge.metadata.given_facts import given_to, with_given
from knowledge.model.errors import SourceRefused
from knowledge.model.source import Source
from knowledge.model.subject import Subject
from knowledge.readers import read
from knowledge.speakers.map_application import with_known_speakers
from knowledge.speakers.review import REVIEWED


class Reread(StrEnum):
    """What reading a source anew did."""

    RENEWED = "renewed"
    KEPT = "kept"
    """As it was: a person decided who speaks in it, and its text would change."""


def reread_outdated(library: Library, subject: Subject) -> Iterator[tuple[str, Reread]]:
    """Read every source anew that an older reader made; yield its id and what became of it.

    The edition before stays readable, so that a citation of it still resolves.
    """
    for source_id, reader in library.readers().items():
        if is_outdated(reader):
            yield source_id, reread(library, library.source(source_id), subject)


def reread(library: Library, held: Source, subject: Subject) -> Reread:
    """Read one source anew from its stored file and put it in the old one's place.

    What a person decided about who speaks is kept: where the text is the same, the decisions go over to the new
    edition, and where it is not, the old edition stays.
    """
    raw = library.raw(held)
    origin = origin_of(library, held) or held.id
    try:
        fresh = read(raw, origin=origin, source_id=held.id, subject=subject)
    except SourceRefused:  # a file once accepted is not thrown out
        return Reread.KEPT
    if REVIEWED not in held.notes:
        library.add(with_given(with_known_speakers(fresh), given_to(held), subject), raw, origin=origin)
        return Reread.RENEWED
    if fresh.text != held.text:
        return Reread.KEPT
    kept = {"turns": held.turns, "notes": held.notes, "provenance": held.provenance, "how": held.how}
    library.add(with_given(fresh.model_copy(update=kept), given_to(held), subject), raw, origin=origin)
    return Reread.RENEWED
