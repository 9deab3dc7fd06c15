"""Sources with a checker over them, and what is truly said in them: for the tests that mutate by the hundred."""

from collections.abc import Sequence
from pathlib import Path

from assistant.checking import Checker
from knowledge.library.store import Library
from knowledge.model.source import Source
from knowledge.model.subject import Subject
from knowledge.model.turns import Role
from knowledge.search.wordmap import Shingles
from knowledge.text.words import keys
from tests.assistant.orchard import said


class World:
    """Sources with a checker over them."""

    def __init__(self, folder: Path, sources: Sequence[Source], subject: Subject) -> None:
        library = Library(f"sqlite:///{folder / 'library.db'}")
        for source in sources:
            library.add(source, b"", origin=source.id)
        self.checker = Checker(Shingles(folder / "shingles", library), subject)
        self.his = [text for source in sources for text in said(source, Role.SUBJECT) if 6 <= len(text.split()) <= 45]
        self.others = [text for source in sources for text in said(source, Role.OTHER) if len(text.split()) >= 6]
        self._spoken = [
            source.text[turn.start : turn.end]
            for source in sources
            for turn in source.turns
            if turn.role is Role.SUBJECT
        ]
        self._letters = ["".join(keys(spoken)) for spoken in self._spoken]

    def truly_said(self, text: str, *, by_characters: bool = False) -> bool:
        """Whether the characters stand in one of his turns; for plain words, whether the letters do."""
        if any(text in spoken for spoken in self._spoken):
            return True
        if by_characters or not all(char.isalnum() or char in " ,.?!'’\"“”-—;:()%$" for char in text):
            return False
        letters = "".join(keys(text))
        return any(letters in spoken for spoken in self._letters)
