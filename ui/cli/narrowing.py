"""The options that limit what is searched, and the filters they stand for."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from knowledge.model.dates import PartialDate
from knowledge.model.provenance import Provenance

if TYPE_CHECKING:
    from assistant import Assistant, Filters

_DATE = r"2023, 2023-05 or 2023-05-17"


def _checked_date(told: str | None) -> str | None:
    from pydantic import TypeAdapter, ValidationError

    try:
        return TypeAdapter(PartialDate | None).validate_python(told)
    except ValidationError:
        raise typer.BadParameter(f"“{told}” is no date: write it as {_DATE}.") from None


Since = Annotated[
    str | None, typer.Option("--since", metavar="DATE", callback=_checked_date, help=f"Not before it: {_DATE}.")
]
Until = Annotated[
    str | None, typer.Option("--until", metavar="DATE", callback=_checked_date, help="Not after it, likewise.")
]
Venues = Annotated[
    list[str] | None,
    typer.Option("--venue", metavar="NAME", help="Only from there, by a part of its name; again for more."),
]
Sources = Annotated[
    list[str] | None, typer.Option("--source", metavar="ID", help="Only from this source; again for more.")
]
Provenances = Annotated[
    list[Provenance] | None, typer.Option("--provenance", help="Only words that reached us so; again for more.")
]
Languages = Annotated[
    list[str] | None, typer.Option("--language", metavar="CODE", help="Only words in this language: en, zh.")
]


def filters(
    assistant: "Assistant",
    *,
    dates: tuple[str | None, str | None],
    venues: Sequence[str] | None,
    sources: Sequence[str] | None,
    provenances: Sequence[Provenance] | None,
    languages: Sequence[str] | None,
) -> "Filters":
    """Return the filters of these options.

    Raises:
        typer.BadParameter: a venue, source or language that the library does not hold; it names what is held.
    """
    from assistant import Filters

    held = assistant.library.summaries()
    return Filters(
        since=dates[0],
        until=dates[1],
        venues=_held("--venue", venues, sorted({one.venue for one in held if one.venue}), by_part=True),
        sources=_held("--source", sources, [one.id for one in held]),
        provenances=tuple(provenances or ()),
        languages=_held("--language", languages, sorted({one.language for one in held})),
    )


def _held(option: str, wanted: Sequence[str] | None, held: Sequence[str], *, by_part: bool = False) -> tuple[str, ...]:
    found: list[str] = []
    for name in wanted or ():
        part = name.casefold().strip()
        fitting = [one for one in held if one == name or (by_part and part and part in one.casefold())]
        if not fitting:
            raise typer.BadParameter(f"nothing is held from “{name}”; there is: {', '.join(held)}.", param_hint=option)
        found += fitting
    return tuple(found)
