"""What a person corrects about a source in the library: facts given and taken back, a solo talk, a review undone.

Each is a new edition of the same file and text, so that quotes already cited keep resolving.
"""

from collections.abc import Callable, Collection, Mapping

from knowledge.library.change_history import store_change
from knowledge.library.editions import origin_of
from knowledge.library.store import Library
from knowledge.metadata.given_facts import given_to, with_given, without_given
from knowledge.model.errors import FactRefused
from knowledge.model.source import FactName, FactValue, Source
from knowledge.model.subject import Subject
from knowledge.readers import read
from knowledge.speakers.map_application import with_known_speakers
from knowledge.speakers.solo_talks import as_talk


def give_facts(library: Library, source_id: str, facts: Mapping[FactName, FactValue], subject: Subject) -> Source:
    """Store a source with facts that a person gives, and return it.

    Raises:
        UnknownSource: there is no such source.
    """
    return _changed(library, source_id, lambda held: with_given(held, facts, subject))


def take_back_facts(library: Library, source_id: str, names: Collection[FactName]) -> Source:
    """Store a source with what its file says in place of given facts; without names, of all of them.

    Raises:
        UnknownSource: there is no such source.
        FactRefused: a fact was not given by a person.
    """

    def back(held: Source) -> Source:
        given = given_to(held)
        for name in names:
            if name not in given:
                raise FactRefused(name.value, str(getattr(held, name.value) or ""), "it was not given by a person")
        return without_given(held, names or given)

    return _changed(library, source_id, back)


def give_talk(library: Library, source_id: str, subject: Subject, *, leaving: Collection[int] = ()) -> Source:
    """Store a source whose unknown sentences, except those numbered `leaving`, a person says are the subject's.

    Raises:
        UnknownSource: there is no such source.
        SourceRefused: the file shows itself that it is no record of speech.
    """
    return _changed(library, source_id, lambda held: as_talk(held, subject, leaving=leaving))


def forget_review(library: Library, source_id: str, subject: Subject) -> Source:
    """Store a source as its file says who speaks, without what persons decided; given facts stay.

    Raises:
        UnknownSource: there is no such source.
        SourceRefused: today's reader no longer reads its file.
    """

    def anew(held: Source) -> Source:
        origin = origin_of(library, held) or held.id
        fresh = with_known_speakers(read(library.raw(held), origin=origin, source_id=held.id, subject=subject))
        return with_given(fresh, given_to(held), subject)

    return _changed(library, source_id, anew)


def _changed(library: Library, source_id: str, change: Callable[[Source], Source]) -> Source:
    held = library.source(source_id)
    changed = change(held)
    store_change(library, held, changed)
    return changed
