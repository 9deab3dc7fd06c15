"""`ilya ask` and `ilya search`, and the options that limit what is searched."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from knowledge.model.dates import PartialDate
from knowledge.model.provenance import Provenance
from ui.cli.check_command import citation_form
from ui.cli.console import NOTHING_FOUND, open_assistant, write, write_json

# The options that limit what is searched, and the filters they stand for.
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


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command()(ask)
    app.command()(search)


def ask(  # noqa: PLR0913 - one parameter per option
    question: Annotated[str, typer.Argument(help="What you want to know, in English or Chinese.")],
    since: Since = None,
    until: Until = None,
    venues: Venues = None,
    sources: Sources = None,
    provenances: Provenances = None,
    languages: Languages = None,
    by_date: Annotated[bool, typer.Option("--by-date", help="Oldest first, one quote of each occasion.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")] = False,
    form: Annotated[str | None, typer.Option("--format", help="markdown, or a citation format: bibtex, apa …")] = None,
) -> None:
    """Answer a question in his own cited words. Exit code 3: he said nothing about it that we hold."""
    from assistant import Order
    from knowledge.starter.book import examples
    from knowledge.starter.topics import nearest_questions
    from ui.rendering import answer_markdown, answer_text, frame
    from ui.rendering.citations import export

    assistant = open_assistant(wait=False)
    limits = filters(
        assistant,
        dates=(since, until),
        venues=venues,
        sources=sources,
        provenances=provenances,
        languages=languages,
    )
    answer = assistant.ask(question, filters=limits, order=Order.DATE if by_date else Order.RELEVANCE)
    if as_json:
        write_json(answer.model_dump(mode="json"))
    elif form and form != "markdown" and answer.answered:
        write(export([shown.quote for shown in answer.quotes], citation_form(form)) + "\n")
    else:
        near = () if answer.answered else nearest_questions(question, held=_source_ids(assistant))
        framed = frame(answer, subject=assistant.subject.name, examples=examples(answer.language), nearest=near)
        write(answer_markdown(framed) if form == "markdown" else answer_text(framed))
    if not answer.answered:
        raise typer.Exit(NOTHING_FOUND)


def _source_ids(assistant: "Assistant") -> set[str]:
    return {summary.id for summary in assistant.library.summaries()}


def search(
    question: Annotated[str, typer.Argument(help="What to look for.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the passages as JSON.")] = False,
    count: Annotated[int, typer.Option("-k", min=1, max=1000, help="How many passages.")] = 20,
) -> None:
    """List the ranked passages before anything is selected."""
    from assistant.quotes import quote_of

    hits = open_assistant(wait=False).search(question, count)
    rows = [
        {"number": number, **quote_of(hit.passage).model_dump(mode="json"), "score": round(hit.score, 6)}
        for number, hit in enumerate(hits, start=1)
    ]
    if as_json:
        write_json(rows)
    else:
        for row in rows:
            write(f"{row['number']:>3}  {row['score']:.3f}  {row['source']['id']}\n     {row['text']}\n")
    if not rows:
        raise typer.Exit(NOTHING_FOUND)
