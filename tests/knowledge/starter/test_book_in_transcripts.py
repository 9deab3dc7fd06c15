"""The book against the transcripts it names, where they are at hand: its words stand there, at most half of them."""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.library.importer import import_paths
from knowledge.library.store import Library
from knowledge.model.provenance import Provenance
from knowledge.model.source import Source
from knowledge.model.subject import default_subject
from knowledge.model.turns import Role
from knowledge.starter.book import book_files, read_book_file

CORPUS = Path(__file__).parents[4] / "shared" / "corpus"
HELD = ("dwarkesh-2023", "dwarkesh-2025", "lex-fridman-2020", "neurips-2024", "ted-ai-2023")
MOST = 0.5
"""Share of his words of one appearance that the book may print: it quotes interviews, it does not hand them on."""

pytestmark = pytest.mark.skipif(not CORPUS.exists(), reason="../shared is not here")


def _words(text: str) -> str:
    return " " + " ".join(re.findall(r"[a-z0-9]+", text.lower().replace("’", "'").replace("'", ""))) + " "


class Version:
    """One transcript as a row of words, each with whether somebody else says it."""

    def __init__(self, source: Source) -> None:
        self.text, others, own = " ", [], 0
        for turn in source.turns:
            words = _words(source.text[turn.start : turn.end])[1:]
            if turn.role is Role.OTHER:
                others.append((len(self.text), len(self.text) + len(words)))
            own += len(words.split()) if turn.role is Role.SUBJECT else 0
            self.text += words
        self.others, self.own = others, own

    def holds(self, words: str) -> bool:
        """Whether the words stand here, and none of them in another person's mouth."""
        start = self.text.find(words) + 1
        return start > 0 and not any(a < start + len(words) - 2 and start < b for a, b in self.others)


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Version]]:
    """Return the transcripts at hand by their appearance."""
    library = Library(f"sqlite:///{tmp_path_factory.mktemp('versions') / 'library.db'}")
    list(import_paths([CORPUS / "transcripts", CORPUS / "seeds"], library, default_subject()))
    found = defaultdict(list)
    for summary in library.summaries():
        source = library.source(summary.id)
        if source.appearance:
            found[source.appearance].append(Version(source))
    return found


def _transcribed() -> Iterator[Source]:
    for path in book_files():
        source = read_book_file(path, default_subject())
        if source.provenance is Provenance.TRANSCRIPT and source.id in HELD:
            yield source


def test_every_quotation_of_a_held_transcript_stands_in_it_as_his(versions: dict[str, list[Version]]) -> None:
    missing = []
    for source in _transcribed():
        for turn in source.turns:
            words = source.text[turn.start : turn.end]
            if turn.renders is None and not any(version.holds(_words(words)) for version in versions[source.id]):
                missing.append(f"{source.id}: {words}")
    assert missing == []


def test_the_deposition_is_quoted_as_the_court_printed_it() -> None:
    raw = (CORPUS / "transcripts" / "deposition-2025-pdf-text-in-pieces.md").read_text(encoding="utf-8")
    printed = _words(re.sub(r"(?m)^\s*(?:\d\d:\d\d:\d\d )?\d*\s", " ", raw))  # clocks and numbers of lines
    (path,) = [one for one in book_files() if one.stem.startswith("musk-v-altman-deposition")]
    source = read_book_file(path, default_subject())
    quoted = [source.text[turn.start : turn.end] for turn in source.turns]
    assert [words for words in quoted if _words(words) not in printed] == []


def test_the_book_prints_half_of_an_appearance_at_most(versions: dict[str, list[Version]]) -> None:
    for source in _transcribed():
        held = max(version.own for version in versions[source.id])
        quoted = sum(len(_words(source.text[t.start : t.end]).split()) for t in source.turns if t.renders is None)
        assert quoted <= MOST * held, f"{source.id}: {quoted} of {held} words"
