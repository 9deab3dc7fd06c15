"""The quotation book: short attributed quotations, written by hand, one YAML file per appearance.

Each file becomes a source whose raw file is the YAML itself, so that the book keeps the same promise as every
other source: what is shown is a slice, and the slice can be found in the file.
"""

import hashlib
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from knowledge.formats.draft import Draft
from knowledge.library.editions import removed_sources, sources_from
from knowledge.library.store import Library
from knowledge.model.errors import LibraryUnavailable
from knowledge.model.located_yaml import Handwritten, load_yaml
from knowledge.model.provenance import Provenance
from knowledge.model.source import Misquotation, Source
from knowledge.model.subject import Subject, default_subject
from knowledge.model.subject_folder import subject_folder
from knowledge.model.turns import Certainty, Role, Turn
from knowledge.starter.book_format import BookFile
from knowledge.starter.book_rules import refuse_duplicates
from knowledge.text.sentences import sentences

READER = "quotation-book/1"


class Topic(BaseModel):
    """A question of the book in both languages, with the topic it belongs to and the source that answers it."""

    model_config = ConfigDict(frozen=True)

    topic: str
    en: str
    zh: str
    source: str
    date: str


def book_files(folder: Path | None = None) -> list[Path]:
    """Return the files of a quotation book, by name; by default of the one about the person."""
    return sorted((folder or subject_folder() / "quotations").glob("*.yaml"))


def read_book_file(path: Path, subject: Subject) -> Source:
    """Read one file of the quotation book.

    Raises:
        BookError: the file breaks the format; names the line.
    """
    file, book = _read(path)
    refuse_duplicates([(file, book)])
    if book.id != path.stem:
        raise file.error(["id"], f"the id must be the file's name, “{path.stem}”")
    draft = Draft(file.text, "utf-8", book.language, book.provenance)
    misquotations: list[Misquotation] = []
    turns: list[Turn] = []
    for number, quotation in enumerate(book.quotations):
        original = _turn(draft, file, ["quotations", number, "text"], subject)
        if book.punctuated:
            _whole_sentences(file, ["quotations", number, "text"], quotation.text)
        described = {
            "question": quotation.question.en,
            "question_zh": quotation.question.zh,
            "also_asked": quotation.also,
        }
        turns.append(original.model_copy(update={**described, "said_at": quotation.said_at}))
        for index, rendering in enumerate(quotation.renderings):
            place: list[str | int] = ["quotations", number, "renderings", index, "text"]
            turn = _turn(draft, file, place, subject)
            rendered = {
                "language": rendering.language,
                "provenance": Provenance.TRANSLATION,
                "renders": original.start,
            }
            turns.append(turn.model_copy(update={**described, **rendered}))
        misquotations += (
            Misquotation(text=printed.text, where=printed.where, start=original.start, end=original.end)
            for printed in quotation.misquotations
        )
    return Source(
        id=book.id,
        title=book.title,
        date=book.date,
        venue=book.venue,
        interviewers=book.hosts,
        url=book.url,
        language=book.language,
        medium=book.medium,
        provenance=book.provenance,
        how=book.how,
        appearance=book.appearance or book.id,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        reader=READER,
        text=draft.text,
        turns=tuple(turns),
        raw_map=draft.raw_map,
        notes=(book.basis,),
        misquotations=tuple(misquotations),
    )


@cache
def topics() -> tuple[Topic, ...]:
    """Return every question of the shipped book, in its order."""
    found = []
    for path in book_files():
        _, book = _read(path)
        found += [
            Topic(topic=one.topic, en=one.question.en, zh=one.question.zh, source=book.id, date=book.date)
            for one in book.quotations
        ]
    return tuple(found)


def check_book(folder: Path | None = None) -> None:
    """Read a whole quotation book.

    Raises:
        BookError: a file breaks the format, or the same words stand in the book twice; names the line.
    """
    files = [load_yaml(path) for path in book_files(folder)]
    refuse_duplicates((file, _validated(file)) for file in files)


def _read(path: Path) -> tuple[Handwritten, BookFile]:
    """Return a file of the book, which a start reads twice, for its sources and for its questions."""
    stat = path.stat()
    return _read_once(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=128)
def _read_once(path: Path, _changed: int, _size: int) -> tuple[Handwritten, BookFile]:
    file = load_yaml(path)
    return file, _validated(file)


def _validated(file: Handwritten) -> BookFile:
    try:
        return BookFile.model_validate(file.value)
    except ValidationError as error:
        raise file.invalid(error) from error


def _turn(draft: Draft, file: Handwritten, keys: Sequence[str | int], subject: Subject) -> Turn:
    draft.take(*file.place(keys))
    # In a printed quotation or interview the printer names the speaker; in a bare transcript we reviewed who speaks.
    by_reading = draft.provenance is Provenance.TRANSCRIPT
    certainty = Certainty.REVIEWED if by_reading else Certainty.LABELLED
    turn = draft.close_turn(role=Role.SUBJECT, speaker=subject.name, certainty=certainty)
    if turn is None:
        raise file.error(keys, "the words are missing")
    return turn


def _whole_sentences(file: Handwritten, keys: Sequence[str | int], text: str) -> None:
    if not sentences(text) or text.rstrip()[-1] not in ".?!…。？！”\"’'":
        raise file.error(keys, "a quotation ends where a sentence ends")


def examples(language: str, count: int = 4) -> tuple[str, ...]:
    """Return questions that the quotation book answers, in the language asked for, one of each topic asked most."""
    found: dict[str, str] = {}
    for topic in topics():
        found.setdefault(topic.topic, topic.zh if language == "zh" else topic.en)
    first = default_subject().first_topics or tuple(found)
    return tuple(found[topic] for topic in first if topic in found)[:count]


# What a fresh machine knows: the shipped quotation book, put into the library once.
ORIGIN = "quotation-book:"


def add_starter(library: Library, subject: Subject) -> None:
    """Bring the library's copy of the quotation book up to date; what its user removed stays out."""
    removed = removed_sources(library)
    paths = book_files()
    for source_id in sources_from(library, ORIGIN) - {path.stem for path in paths}:
        library.remove(source_id)  # an earlier book had it: out of search, while citations of it still resolve
    for path in paths:
        source = read_book_file(path, subject)
        if source.id not in removed:
            library.add(source, path.read_bytes(), origin=f"{ORIGIN}{path.stem}")


def make_folder(folder: Path) -> None:
    """Create the data folder.

    Raises:
        LibraryUnavailable: it cannot be created or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise LibraryUnavailable(
            f"The data folder {folder} cannot be written ({error.strerror}): set ILYA_HOME to a folder of yours."
        ) from error
