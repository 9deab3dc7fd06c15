"""`ilya ask` and `ilya search`."""

from typing import Annotated

import typer

from ui.cli.check_command import citation_form
from ui.cli.console import NOTHING_FOUND, open_assistant, write, write_json
from ui.cli.narrowing import Languages, Provenances, Since, Sources, Until, Venues, filters


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
    from knowledge.starter.examples import examples
    from ui.rendering import answer_markdown, answer_text, frame
    from ui.rendering.citations import export

    assistant = open_assistant()
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
        framed = frame(answer, subject=assistant.subject.name, examples=examples(answer.language))
        write(answer_markdown(framed) if form == "markdown" else answer_text(framed))
    if not answer.answered:
        raise typer.Exit(NOTHING_FOUND)


def search(
    question: Annotated[str, typer.Argument(help="What to look for.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the passages as JSON.")] = False,
    count: Annotated[int, typer.Option("-k", min=1, max=1000, help="How many passages.")] = 20,
) -> None:
    """List the ranked passages before anything is selected."""
    from assistant.quotes import quote_of

    hits = open_assistant().search(question, count)
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
