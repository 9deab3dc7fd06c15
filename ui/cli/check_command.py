"""`ilya check`, `ilya show`, `ilya certify`, `ilya verify`: quotations brought by people, and citations handed on."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.cli.console import NOTHING_FOUND, open_assistant, write, write_json

# What `ilya show` tells beside a quote: whether its source still stands, and how other versions have it.
if TYPE_CHECKING:
    from assistant import Assistant
    from assistant.quotes import Quote

_STANDING = {
    "replaced": "The file was replaced by a newer edition since; these words stand in the edition that was cited.",
    "removed": "The source was removed from the library since; these words stand in the edition that was cited.",
}


def write_versions(assistant: "Assistant", quote: "Quote") -> None:
    """Print whether a quote is stale, and its variants with the words that only they have in [brackets]."""
    from assistant.records.citation_history import standing_of, variants_of

    told = _STANDING.get(standing_of(assistant.library, quote).value)
    if told:
        write(f"\n{told}\n")
    for variant in variants_of(assistant.library, quote):
        other, parts, at = variant.quote, [], variant.quote.start
        for span in variant.differing:
            parts += [other.source.text[at : span.start], "[", other.source.text[span.start : span.end], "]"]
            at = span.end
        words = "".join(parts) + other.source.text[at : other.end]
        lacking = [quote.source.text[span.start : span.end] for span in variant.missing]
        write(f"\nIn {other.source.id} ({other.id}): “{words}”\n")
        if lacking:
            write(f"  not there: {' / '.join(lacking)}\n")


if TYPE_CHECKING:
    from ui.rendering.citations import Form


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command in (check, show, certify, verify):
        app.command()(command)


def check(
    text: Annotated[str, typer.Argument(help="A quotation, a Markdown or text file, or - for standard input.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Did he say this? Word by word. Exit code 3: it is in no source we hold as his."""
    from ui.rendering import verdict_frame, verdict_text

    assistant = open_assistant(wait=False)
    if text != "-" and len(text) < 1_000 and Path(text).is_file():
        _check_file(Path(text), as_json=as_json)
        return
    found = assistant.check(sys.stdin.read() if text == "-" else text)
    if as_json:
        write_json(found.model_dump(mode="json"))
    else:
        write(verdict_text(verdict_frame(found, subject=assistant.subject.name)))
    if found.verdict == "not_found":
        raise typer.Exit(NOTHING_FOUND)


def show(
    quote_id: Annotated[str, typer.Argument(help="A quote's id, q_…")],
    form: Annotated[
        str, typer.Option("--format", help="plain, markdown, html, bibtex, csl-json, apa, mla …")
    ] = "plain",
) -> None:
    """Show a quote by its permanent id, in a citation format."""
    from assistant.quotes import find_quote
    from ui.rendering.citations import export

    assistant = open_assistant(wait=False)
    quote = find_quote(assistant.library, quote_id)
    write(export([quote], citation_form(form)) + "\n")
    if form == "plain":
        write_versions(assistant, quote)


def certify(quote_id: Annotated[str, typer.Argument(help="A quote's id, q_…")]) -> None:
    """Print a certificate that anybody can verify with the transcript file alone."""
    from assistant.documents.certificates import certify as make
    from assistant.quotes import find_quote
    from knowledge.library.editions import origin_of

    assistant = open_assistant(wait=False)
    quote = find_quote(assistant.library, quote_id)
    origin = origin_of(assistant.library, quote.source) or quote.source.id
    raw = assistant.library.raw(quote.source)
    write_json(make(quote, raw, origin=origin, subject=assistant.subject).model_dump(mode="json"))


def verify(
    certificate: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The certificate, JSON.")],
    file: Annotated[Path, typer.Option("--file", exists=True, dir_okay=False, help="The transcript file.")],
) -> None:
    """Verify a certificate against the transcript file; needs no library. Exit code 1: it does not hold."""
    from assistant.documents.certificates import read_certificate
    from assistant.documents.certificates import verify as hold

    result = hold(read_certificate(certificate.read_text(encoding="utf-8")), file.read_bytes())
    for finding in result.findings:
        write(f"{finding.outcome:<11}  {finding.what}: {finding.detail}\n")
    if not result.valid:
        raise typer.Exit(1)


def citation_form(name: str) -> "Form":
    """Return the citation format of this name; a wrong name is wrong usage."""
    from ui.rendering.citations import Form

    try:
        return Form(name)
    except ValueError:
        raise typer.BadParameter(f"“{name}” is none of {', '.join(form.value for form in Form)}") from None


def _check_file(path: Path, *, as_json: bool) -> None:
    from assistant.documents.document_claims import check_document
    from ui.rendering import verdict_frame

    assistant = open_assistant(wait=False)
    rows = list(check_document(assistant.checker, path.read_text(encoding="utf-8")))
    if as_json:
        write_json([row.model_dump(mode="json") for row in rows])
        return
    for row in rows:
        verdict = row.check.verdict.value if row.check else row.refused
        write(f"line {row.quotation.line}: {verdict}: {row.quotation.text}\n")
        if row.check:
            shown = verdict_frame(row.check, subject=assistant.subject.name)
            best = [line for place in shown.places[:1] for line in (*place.changes, *place.warnings, place.attribution)]
            write("".join(f"    {line}\n" for line in (*shown.remarks, *best)))
    if not rows:
        write("No quotation attributed to him was found in the file.\n")
        raise typer.Exit(NOTHING_FOUND)
