"""The person whose words we quote: names, aliases, and the misspellings that transcripts make of them."""

import re
from functools import cache, cached_property
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from knowledge.model.located_yaml import load_yaml
from knowledge.model.subject_folder import subject_folder


class Subject(BaseModel):
    """A person with every way a transcript may write the name. Matching ignores case and spacing."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    aliases: tuple[str, ...] = ()
    misspellings: tuple[str, ...] = ()
    titles: tuple[str, ...] = ("Dr", "Prof", "Professor", "Mr", "Ms", "Mrs")
    """Titles that may stand before the name; another one is somebody else's of the same name."""

    first_topics: tuple[str, ...] = ()
    """Topics of the quotation book whose questions are offered as examples, first those people ask most."""

    handles: tuple[str, ...] = ()
    """Names of the subject's own accounts, without the @, in small letters."""
    pronouns: tuple[str, ...] = ("he", "him", "his", "she", "her", "hers", "他", "她")
    """Words that may stand for the name."""
    roles: tuple[str, ...] = ()
    """Nouns by which a text may speak of the subject: "the researcher"; who was named before decides."""
    organisations: tuple[str, ...] = ()
    """What the subject founded or led: "the OpenAI co-founder" needs no name before it."""

    languages: tuple[str, ...] = ()
    """Languages the subject speaks in public, as codes; empty where that is not known."""

    @cached_property
    def _keys(self) -> frozenset[str]:
        return frozenset(_key(name) for name in (self.name, *self.aliases, *self.misspellings))

    @cached_property
    def _mention(self) -> re.Pattern[str]:
        names = sorted((self.name, *self.aliases, *self.misspellings), key=len, reverse=True)
        parts = (re.escape(name) if _is_cjk(name) else f"{_BEFORE}{re.escape(name)}{_BEHIND}" for name in names)
        return re.compile("|".join(parts), re.IGNORECASE)

    def is_label(self, label: str) -> bool:
        """Whether a speaker label ("Ada Lovelace", "ADA LOVELACE (analyst)") names the subject.

        >>> Subject(name="Ada Lovelace", aliases=("Ada",)).is_label("ADA  LOVELACE (analyst)")
        True
        """
        bare = re.sub(r"[(（\[].*?[)）\]]", " ", label)
        key = _key(bare)
        if key in self._keys:
            return True
        words = bare.split()
        return len(words) == 2 and _key(words[0]) in self._keys and _key(words[1]) in self._keys

    def never_speaks(self, language: str) -> bool:
        """Whether words in a language are a translation of the subject's, whatever they are called."""
        return bool(self.languages) and language not in self.languages

    def owns(self, handle: str) -> bool:
        """Whether an account is the subject's own.

        >>> Subject(name="Ada Lovelace", handles=("ada",)).owns("@Ada")
        True
        """
        return handle.lstrip("@").casefold() in {own.casefold() for own in self.handles}

    def bears(self, title: str) -> bool:
        """Whether a title without its dot may be the subject's."""
        return title.casefold() in {own.casefold() for own in self.titles}

    def is_mentioned(self, text: str) -> bool:
        """Whether any of the names occurs in the text."""
        return self._mention.search(text) is not None

    def without_names(self, text: str, instead: str = " ") -> str:
        """Return the text with every mention of the subject replaced; used for search, never for display."""
        return self._mention.sub(lambda _: instead, text)


_LETTER = r"[^\W\u3040-\u30ff\u3400-\u9fff]"
_BEFORE, _BEHIND = rf"(?<!{_LETTER})", rf"(?!{_LETTER})"
"""Borders of a name in an alphabet: Chinese and Japanese write on without a space ("Ilya说")."""


def default_subject() -> Subject:
    """Return the person whose words are quoted: the one this project ships with, or the one `ILYA_SUBJECT` names.

    Raises:
        BookError: `subject.yaml` breaks its format; names the line.
    """
    return _read(subject_folder() / "subject.yaml")


@cache
def _read(path: Path) -> Subject:
    file = load_yaml(path)
    try:
        return Subject.model_validate(file.value)
    except ValidationError as error:
        raise file.invalid(error) from error


def _key(name: str) -> str:
    return re.sub(r"[^\w]+", "", name).casefold()


def _is_cjk(name: str) -> bool:
    return any("\u3400" <= char <= "\u9fff" for char in name)
