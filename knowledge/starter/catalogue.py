"""The catalogue of known appearances: when and where he spoke, facts only."""

from functools import cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from knowledge.model.source import Appearance
from knowledge.starter.located_yaml import load_yaml

STARTER = Path(__file__).parent


@cache
def known_appearances() -> tuple[Appearance, ...]:
    """Return every appearance of the catalogue, oldest first.

    Raises:
        BookError: the catalogue breaks its format.
    """
    file = load_yaml(STARTER / "appearances.yaml")
    try:
        return TypeAdapter(tuple[Appearance, ...]).validate_python(file.value)
    except ValidationError as error:
        raise file.invalid(error) from error
