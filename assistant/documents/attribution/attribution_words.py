"""Word lists by which a document says whose a quotation is: those of `attribution.yaml`, each with its reason."""

from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from knowledge.model.located_yaml import load_yaml

_FILE = Path(__file__).parent / "attribution.yaml"


class WordList(BaseModel):
    """A named list of words, why it exists, and words that must and must not be in it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    why: str
    words: frozenset[str]
    match: tuple[str, ...]
    near_miss: tuple[str, ...]

    @field_validator("words", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return value.split() if isinstance(value, str) else value

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and word.casefold() in self.words


class _Lists(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    lists: tuple[WordList, ...]


@cache
def word_lists() -> dict[str, WordList]:
    """Return the lists by name.

    Raises:
        BookError: the file holds something else.
    """
    file = load_yaml(_FILE)
    try:
        return {one.name: one for one in _Lists.model_validate(file.value).lists}
    except ValidationError as error:
        raise file.invalid(error) from error


def words_of(name: str) -> WordList:
    """Return the list of this name.

    Raises:
        KeyError: there is none.
    """
    return word_lists()[name]
