"""`ilya sources`, `ilya topics`, `ilya source`, `ilya add`, `ilya remove`: what the library holds."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.cli.console import open_assistant, print_table, progress_bar, write, write_json

if TYPE_CHECKING:
    from assistant import Assistant
    from knowledge.library.importer import FileReport
    from knowledge.library.store import SourceSummary
    from knowledge.model.source import FactName, FactValue


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command()(sources)
    app.command()(topics)
    app.command()(source)
    app.command()(add)
    app.command()(edit)
    app.command()(remove)


def sources(
    as_json: Annotated[bool, typer.Option("--json", help="Print the list as JSON.")] = False,
) -> None:
    """List what the library holds."""
    found = open_assistant().library.summaries()
    if as_json:
        write_json([summary.model_dump(mode="json") for summary in found])
        return
    rows = [
        (found.id, found.date or "", found.venue or "", found.provenance.value, found.words, found.quotable_words)
        for found in found
    ]
    print_table(("id", "date", "venue", "provenance", "words", "quotable"), rows)
    _write_holdings(found)


def topics(
    topic: Annotated[str | None, typer.Argument(help="A topic of the list: its questions.")] = None,
    language: Annotated[str, typer.Option("--language", help="en or zh.")] = "en",
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """List what the quotation book speaks of: topics with their questions, years and sources."""
    from knowledge.starter.topics import topic_summaries

    summaries = open_assistant().library.summaries()
    held = {summary.id for summary in summaries}
    found = [one for one in topic_summaries(held=held) if topic in (None, one.topic)]
    if topic and not found:
        raise typer.BadParameter(f"there is no topic “{topic}”; `ilya topics` lists them.")
    if as_json:
        write_json([one.model_dump(mode="json") for one in found])
    elif topic:
        rows = [(one.date, one.source, one.zh if language == "zh" else one.en) for one in found[0].questions]
        print_table(("date", "source", "question"), rows)
    else:
        named = [(one.topic, one.name.within(language), one) for one in found]
        print_table(
            ("topic", "name", "questions", "years", "sources"),
            [(slug, name, len(one.questions), "-".join(one.years), len(one.sources)) for slug, name, one in named],
        )
        _write_holdings(summaries, language)


def _write_holdings(held: "list[SourceSummary]", language: str = "en") -> None:
    from assistant.records.holdings import holdings
    from ui.rendering.answer_texts import texts
    from ui.rendering.framing import holdings_line

    words = texts(language)
    write(f"{holdings_line(holdings(held), words) or words.searched_nothing}\n")


def source(
    source_id: Annotated[str, typer.Argument(help="An id from `ilya sources`.")],
    as_text: Annotated[bool, typer.Option("--text", help="Print the canonical text exactly.")] = False,
    turns: Annotated[bool, typer.Option("--turns", help="List who speaks where.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Show one source: its facts, its canonical text, or its turns."""
    assistant = open_assistant()
    found = assistant.library.source(source_id)
    if as_text:
        write(found.text)
    elif turns:
        fields = {"start", "end", "speaker", "role", "certainty", "said_at", "provenance", "language"}
        rows = [turn.model_dump(mode="json", include=fields) for turn in found.turns]
        if as_json:
            write_json(rows)
        else:
            print_table(
                ("start", "end", "role", "speaker"), [(r["start"], r["end"], r["role"], r["speaker"]) for r in rows]
            )
    else:
        from assistant.documents.document_claims import misprinted

        facts = found.model_dump(mode="json", exclude={"text", "turns", "raw_map", "times"})
        facts["misprinted"] = list(misprinted(assistant.checker, assistant.library, found))
        if as_json:
            write_json(facts)
        else:
            for name, value in facts.items():
                for part in value if isinstance(value, list) and value and isinstance(value[0], str) else [value]:
                    if part:
                        write(f"{name}: {part}\n")


_Title = Annotated[str | None, typer.Option(help="The title, given by you.")]
_Date = Annotated[str | None, typer.Option(help="When the words were said: 2023, 2023-03 or 2023-03-27.")]
_Venue = Annotated[str | None, typer.Option(help="The podcast, conference or paper.")]
_Host = Annotated[str | None, typer.Option(help="Who asked, names parted by commas.")]
_Url = Annotated[str | None, typer.Option(help="Where it can be seen.")]
_Language = Annotated[str | None, typer.Option(help="The language of the text, as a code such as en, zh or es.")]


def add(  # noqa: PLR0913  # the command line is its parameters
    paths: Annotated[list[str] | None, typer.Argument(help="Files, folders or web addresses with transcripts.")] = None,
    catalogue: Annotated[bool, typer.Option(help="Fetch what is public of every known appearance.")] = False,
    title: _Title = None,
    date: _Date = None,
    venue: _Venue = None,
    host: _Host = None,
    url: _Url = None,
    language: _Language = None,
    speaker: Annotated[
        str | None, typer.Option(help="A solo talk: the one person who speaks in it, who must be the subject.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print a report per file as JSON.")] = False,
) -> None:
    """Import transcripts: text, captions, Word, OpenDocument, RTF, PDF, EPUB, mail, pages, tables, JSON of services.

    Says for each what it understood, and why the rest may not be quoted. What you give (--title, --date …) stands above
    what the file says, is shown as given by a person, and `ilya edit ID --undo` takes it back.
    """
    given = _given(title=title, date=date, venue=venue, interviewers=host, url=url, language=language)
    targets = paths or []
    if catalogue and (targets or given or speaker):
        raise typer.BadParameter("--catalogue stands alone: the catalogue knows its facts")
    if catalogue:
        add_catalogue(as_json=as_json)
        return
    if not targets:
        raise typer.BadParameter("name a file, a folder or a web address, or use --catalogue")
    assistant = open_assistant()
    if speaker is not None and not assistant.subject.is_label(speaker):
        raise typer.BadParameter(
            f"--speaker is for talks of {assistant.subject.name}: the words of “{speaker}” are not quoted"
        )
    with progress_bar("Reading") as reading, progress_bar("Embedding") as embedding:
        solo = speaker is not None
        reports = assistant.add(targets, reading=reading, embedding=embedding, given=given, solo=solo)
    reports = [_with_misprints(assistant, report) for report in reports]
    if as_json:
        write_json([report.model_dump(mode="json") for report in reports])
    else:
        _print_reports(reports)
    if reports and all(report.outcome == "refused" for report in reports):
        raise typer.Exit(1)


def _with_misprints(assistant: "Assistant", report: "FileReport") -> "FileReport":
    """Add to the notes of a page what it prints as the subject's words and a transcript has otherwise."""
    from assistant.documents.document_claims import misprinted

    if report.source_id is None or report.outcome not in ("new", "replaced"):
        return report
    source = assistant.library.source(report.source_id)
    told = misprinted(assistant.checker, assistant.library, source)
    return report.model_copy(update={"notes": (*report.notes, *told)})


def edit(  # noqa: PLR0913  # the command line is its parameters
    source_id: Annotated[str, typer.Argument(help="An id from `ilya sources`.")],
    title: _Title = None,
    date: _Date = None,
    venue: _Venue = None,
    host: _Host = None,
    url: _Url = None,
    language: _Language = None,
    undo: Annotated[
        str | None, typer.Option(help="Take back what was given: title, date, venue, host, url, language, or all.")
    ] = None,
) -> None:
    """Correct what a source says of itself. Quotes already cited keep resolving."""
    from knowledge.library.corrections import give_facts, take_back_facts
    from knowledge.model.source import FactName

    given = _given(title=title, date=date, venue=venue, interviewers=host, url=url, language=language)
    if bool(given) == (undo is not None):
        raise typer.BadParameter("give a fact (--date 2023-03-27, --venue …), or take one back with --undo date")
    assistant = open_assistant()
    if undo is None:
        changed = give_facts(assistant.library, source_id, given, assistant.subject)
    else:
        name = {"host": "interviewers"}.get(undo, undo)
        if name != "all" and name not in set(FactName):
            raise typer.BadParameter("--undo takes title, date, venue, host, url, language or all")
        changed = take_back_facts(assistant.library, source_id, [] if name == "all" else [FactName(name)])
    assistant.index.sync()
    facts = (changed.title, changed.date, changed.venue, ", ".join(changed.interviewers), changed.url, changed.language)
    write(f"{changed.id}: {' · '.join(fact for fact in facts if fact)}\n")
    for note in changed.notes:
        if note.startswith("Given by a person"):
            write(f"{note}\n")


def _given(**typed: str | None) -> "dict[FactName, FactValue]":
    from knowledge.metadata.given_facts import fact_value
    from knowledge.model.source import FactName

    return {FactName(name): fact_value(FactName(name), text) for name, text in typed.items() if text is not None}


def remove(source_id: Annotated[str, typer.Argument(help="An id from `ilya sources`.")]) -> None:
    """Take a source out of search. Old citations still resolve."""
    from assistant.records.citation_history import answers_citing

    assistant = open_assistant()
    citing = answers_citing(assistant.library, source_id)
    assistant.remove(source_id)
    write(f"{source_id} is no longer searched.\n")
    if citing:
        write(f"Saved answers that cite it: {len(citing)}. Their quotes still resolve, from an edition now removed:\n")
    for answer in citing:
        write(f"  {answer.id}  {answer.question}\n")


def _print_reports(reports: "list[FileReport]") -> None:
    rows = [(Path(r.origin).name, r.outcome, r.kind or "", r.date or "", r.words, r.quotable_words) for r in reports]
    print_table(("file", "outcome", "kind", "date", "words", "quotable"), rows)
    for report in reports:
        for sentence in (report.reason, *report.notes):
            if sentence:
                write(f"{Path(report.origin).name}: {sentence}\n")


def add_catalogue(*, as_json: bool) -> None:
    """Fetch the catalogue with progress on stderr; print what was got, how much of it may be quoted, or why not.

    Raises:
        typer.Exit: with 1, when nothing is held of any appearance afterwards.
    """
    from knowledge.library.catalogue_import import Fetched

    assistant = open_assistant()
    with progress_bar("Fetching") as fetching, progress_bar("Embedding") as embedding:
        rows = list(assistant.add_catalogue(fetching=fetching, embedding=embedding))
    held = [row for row in rows if row.outcome is not Fetched.NOTHING]
    if as_json:
        write_json([row.model_dump(mode="json") for row in rows])
    else:
        columns = ("appearance", "date", "", "words", "quotable", "why not")
        print_table(
            columns,
            [
                (row.appearance, row.date, row.outcome.value, row.words or "", row.quotable_words or "", row.why)
                for row in rows
            ],
        )
        words = sum(row.quotable_words for row in held)
        name = assistant.subject.name
        write(f"Held: {len(held)} of {len(rows)} appearances in full, {words:,} words of {name} to quote.\n")
        if not held:
            write("Nothing was got. Files that you have are added without a network: ilya add FILE.\n")
    if not held:
        raise typer.Exit(1)
