"""The catalogue: known appearances, other people and dated events; facts only, from hand-written files."""

from functools import cache
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from knowledge.model.dates import PartialDate
from knowledge.model.located_yaml import load_yaml
from knowledge.model.source import Appearance
from knowledge.model.subject_folder import subject_folder


@cache
def known_appearances() -> tuple[Appearance, ...]:
    """Return every appearance of the catalogue, oldest first.

    Raises:
        BookError: the catalogue breaks its format.
    """
    return _load("appearances.yaml", TypeAdapter(tuple[Appearance, ...]))


# Names that questions lean on: other people, and dated events. Facts only, kept in hand-written files.
_T = TypeVar("_T")


class OtherPerson(BaseModel):
    """Somebody else, with every spelling of the name that questions use; the first is the full one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    names: tuple[str, ...]


class Event(BaseModel):
    """Something that happened on a known date."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    names: tuple[str, ...]
    date: PartialDate


@cache
def other_people() -> tuple[OtherPerson, ...]:
    """Return the people whose views are often asked about beside the subject's.

    Raises:
        BookError: the file breaks its format.
    """
    return _load("others.yaml", TypeAdapter(tuple[OtherPerson, ...]))


@cache
def events() -> tuple[Event, ...]:
    """Return the dated events, oldest first.

    Raises:
        BookError: the file breaks its format.
    """
    return _load("events.yaml", TypeAdapter(tuple[Event, ...]))


def _load(name: str, shape: TypeAdapter[_T]) -> _T:
    path = subject_folder() / name
    if not path.is_file():
        return shape.validate_python([])
    file = load_yaml(path)
    try:
        return shape.validate_python(file.value or [])
    except ValidationError as error:
        raise file.invalid(error) from error
