"""`ilya today`: the quotation of the day."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from ui.cli.check_command import citation_form
from ui.cli.console import NOTHING_FOUND, open_library, write, write_json


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(today)


def today(
    day: Annotated[
        datetime | None, typer.Option("--date", formats=["%Y-%m-%d"], help="Another day than today (UTC).")
    ] = None,
    language: Annotated[str, typer.Option("--lang", help="Language around the words: en, zh.")] = "en",
    form: Annotated[str | None, typer.Option("--format", help="A citation format: markdown, bibtex, apa …")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Show the quotation of the day. Exit code 3: the quotation book is not held."""
    from assistant.answers import NumberedQuote
    from assistant.daily_quote import DailyQuotes
    from ui.rendering.citations import export
    from ui.rendering.framing import card
    from ui.rendering.plain_text import card_text

    wanted = (day or datetime.now(UTC)).date()
    quote = DailyQuotes(open_library(starter=True)).of(wanted)
    if quote is None:
        typer.echo("The quotation book is not held here, so there is no quotation of the day.", err=True)
        raise typer.Exit(NOTHING_FOUND)
    if as_json:
        write_json({"date": wanted.isoformat(), "quote": quote.model_dump(mode="json")})
    elif form:
        write(export([quote], citation_form(form)) + "\n")
    else:
        write(card_text(card(NumberedQuote(number=1, quote=quote), language=language)) + quote.id + "\n")
