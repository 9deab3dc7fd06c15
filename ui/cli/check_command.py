"""`ilya check`, `ilya show`, `ilya certify`, `ilya verify`: quotations brought by people, and citations handed on."""

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from ui.cli.console import NOTHING_FOUND, open_assistant, progress_bar, write, write_json

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
    from assistant.documents.printed_documents import PrintedDocument
    from ui.rendering.citations import Form
    from ui.rendering.document_report import ReportRow

_LONGEST_PATH = 1_000


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command in (check, show, certify, verify):
        app.command()(command)


def check(
    text: Annotated[str, typer.Argument(help="A quotation, a document (file or address), or - for standard input.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
    report: Annotated[
        Path | None, typer.Option("--report", help="Of a document: write a report to this .html or .md file.")
    ] = None,
    anywhere: Annotated[
        bool, typer.Option("--anywhere", help="Of a document: look for his words in every sentence, whoever is named.")
    ] = False,
    language: Annotated[str, typer.Option(help="Of the report: en or zh.")] = "en",
) -> None:
    """Did he say this? Word by word. Exit code 3: it is in no source we hold as his.

    Of a document (text, Markdown, HTML, Word, PDF …) every quotation attributed to him is found and checked.
    """
    from ui.rendering import verdict_frame, verdict_text

    assistant = open_assistant(wait=False)
    document = _document(text, as_document=anywhere or report is not None)
    if document is not None:
        wanted = _Wanted(as_json=as_json, report=report, anywhere=anywhere, language=language)
        _check_document(assistant, document, name=text, wanted=wanted)
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
    """Print a certificate that anybody can verify with the transcript file alone.

    It is signed where `ilya key sign` made a key.
    """
    from assistant.certificates.issuing import certify as make
    from assistant.certificates.signing_keys import signing_key
    from assistant.quotes import find_quote
    from knowledge.library.editions import origin_of

    assistant = open_assistant(wait=False)
    quote = find_quote(assistant.library, quote_id)
    origin = origin_of(assistant.library, quote.source) or quote.source.id
    raw = assistant.library.raw(quote.source)
    key = signing_key(assistant.settings.home)
    write_json(make(quote, raw, origin=origin, subject=assistant.subject, key=key).model_dump(mode="json"))


def verify(
    certificate: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The certificate, JSON.")],
    file: Annotated[
        Path | None, typer.Argument(exists=True, dir_okay=False, help="The transcript file: captions, PDF, page …")
    ] = None,
    as_option: Annotated[
        Path | None, typer.Option("--file", exists=True, dir_okay=False, help="The transcript file, as an option.")
    ] = None,
    key: Annotated[
        list[str] | None, typer.Option(help="A public key you trust (ed25519:… or a file); one must have signed.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Verify a certificate, offline and without a library. Exit code 1: it does not hold; 4: not all of it is proved.

    The file proves the words and who says them; a signature, by a key you trust, what the file alone cannot say.
    """
    from assistant import Settings
    from assistant.certificates.brought_certificates import own_key
    from assistant.certificates.certified_quotes import read_certificate
    from assistant.certificates.signing_keys import public_key
    from assistant.certificates.verification import Standing
    from assistant.certificates.verification import verify as hold

    told, path = read_certificate(certificate.read_bytes()), file or as_option
    trusted = [public_key(one) for one in key] if key else own_key(told, home=Settings().home)
    result = hold(told, path.read_bytes() if path else None, trusted=trusted)
    if as_json:
        write_json(result.model_dump(mode="json"))
    else:
        for finding in result.findings:
            write(f"{finding.outcome:<11}  {finding.what}: {finding.detail}\n")
        write(f"{result.standing}: {_STANDINGS[result.standing]}\n")
    if result.standing is Standing.REFUSED:
        raise typer.Exit(1)
    if result.standing is Standing.UNPROVEN:
        raise typer.Exit(UNPROVEN)


UNPROVEN = 4
"""Exit code of a certificate that nothing contradicts, and whose speaker nothing proves."""
_STANDINGS = {
    "proved": "the file gives these words to this person.",
    "vouched": "a key you trust signed it; what is listed as stated rests on that.",
    "unproven": "nothing contradicts it, but what is listed as stated or not checked rests on the operator's word.",
    "refused": "it does not hold.",
}


def citation_form(name: str) -> "Form":
    """Return the citation format of this name; a wrong name is wrong usage."""
    from ui.rendering.citations import Form

    try:
        return Form(name)
    except ValueError:
        raise typer.BadParameter(f"“{name}” is none of {', '.join(form.value for form in Form)}") from None


class _Wanted(NamedTuple):
    """What is wanted of a document's check."""

    as_json: bool
    report: Path | None
    anywhere: bool
    language: str


def _document(text: str, *, as_document: bool) -> "PrintedDocument | None":
    """Return the document that a file or an address holds; None where the text is itself the quotation."""
    from assistant.documents.printed_documents import printed_file, printed_text

    if re.fullmatch(r"https?://\S+", text):
        from assistant import Settings
        from knowledge.fetching.fetcher import fetch

        raw, address = fetch(text, allow_private=Settings().allow_private_addresses)
        return printed_file(raw, address)
    if text != "-" and len(text) < _LONGEST_PATH and Path(text).is_file():
        return printed_file(Path(text).read_bytes(), text)
    return printed_text(sys.stdin.read() if text == "-" else text) if as_document else None


def _check_document(assistant: "Assistant", document: "PrintedDocument", *, name: str, wanted: _Wanted) -> None:
    from assistant.documents.document_claims import check_whole
    from ui.rendering.document_report import document_report, report_html, report_markdown

    with progress_bar("Checking quotations") as advance:
        checked = check_whole(assistant.checker, document, anywhere=wanted.anywhere, progress=advance)
    again = f"ilya check {name} --anywhere"
    shown = document_report(
        checked, name=Path(name).name or name, subject=assistant.subject.name, how=again, language=wanted.language
    )
    if wanted.report:
        page = report_html if wanted.report.suffix.lower() in (".html", ".htm") else report_markdown
        wanted.report.write_text(page(shown), encoding="utf-8")
    if wanted.as_json:
        write_json([row.model_dump(mode="json") for row in checked.rows])
    else:
        write("".join(f"{fact}\n" for fact in shown.facts))
        for row in shown.rows:
            write(f"{row.where}: {row.title}: {row.text}\n")
            write("".join(f"    {line}\n" for line in _details(row)))
        write(f"{shown.unchecked_title}:\n" + "".join(f"  {told}\n" for told in shown.unchecked))
    if not checked.rows:
        raise typer.Exit(NOTHING_FOUND)


def _details(row: "ReportRow") -> list[str]:
    if row.frame is None:
        return [row.refused or ""]
    best = [
        line
        for place in row.frame.places[:1]
        for line in (*place.changes, *place.warnings, place.attribution, place.link)
        if line
    ]
    return [*row.frame.remarks, *best]
