"""The report on a document: each quotation, its verdict, how it differs, where it stands; and what was not checked.

One report, made once from the checks, as HTML and as Markdown, in English or Chinese.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from pydantic import BaseModel, ConfigDict

from assistant.checking.results import Verdict
from assistant.documents.document_claims import Checked, CheckedDocument
from ui.rendering.answer_html import text as escaped
from ui.rendering.answer_html import verdict_html
from ui.rendering.answer_texts import texts
from ui.rendering.framing import coverage_line
from ui.rendering.plain_text import escape
from ui.rendering.verdicts import VerdictFrame, refusal, verdict_frame
from ui.texts.text_tables import text_table


@dataclass(frozen=True)
class ReportTexts:
    """The report in one language. `{name}` marks what the records fill in."""

    title: str
    checked_on: str
    found: str
    nothing: str
    nothing_offer: str
    looked: str
    summary: str
    line: str
    page: str
    unchecked: str
    passed_over: str
    not_read: str
    refused: str
    left: str
    not_checked: str


class ReportRow(BaseModel):
    """A quotation of the document as the report shows it; `frame` is absent where it could not be checked."""

    model_config = ConfigDict(frozen=True)

    where: str
    text: str
    title: str
    frame: VerdictFrame | None
    refused: str | None


class DocumentReport(BaseModel):
    """A report ready to be laid out."""

    model_config = ConfigDict(frozen=True)

    title: str
    facts: tuple[str, ...]
    summary_title: str
    counts: tuple[tuple[str, int], ...]
    rows: tuple[ReportRow, ...]
    unchecked_title: str
    unchecked: tuple[str, ...]
    language: str


def report_texts(language: str) -> ReportTexts:
    """Return the texts for a language tag; English where we have no other."""
    return text_table(ReportTexts, "report", language)


def document_report(
    checked: CheckedDocument, *, name: str, subject: str, how: str, language: str = "en", today: str | None = None
) -> DocumentReport:
    """Compose the report on a document.

    `name` is the file's or page's; `how` says how to look for his words anywhere; `today` is an ISO date.
    """
    said = report_texts(language)
    rows = tuple(_row(row, subject, language, said) for row in checked.rows)
    date = today or datetime.now(UTC).date().isoformat()
    count = len(rows)
    facts = [said.checked_on.format(date=date, characters=f"{checked.characters:,}")]
    if checked.searched:
        facts.append(said.looked.format(count=count, subject=subject))
    elif rows:
        facts.append(said.found.format(count=count, subject=subject))
    else:
        facts += [said.nothing.format(subject=subject), said.nothing_offer.format(subject=subject, how=how)]
    coverages = [row.check.coverage for row in checked.rows if row.check]
    if coverages:
        facts.append(coverage_line(coverages[0], texts(language)))
    refused = sum(row.refused is not None for row in checked.rows)
    unchecked = [said.refused.format(count=refused)] if refused else []
    if checked.passed_over and not checked.searched:
        unchecked.append(said.passed_over.format(count=checked.passed_over))
    if checked.left:
        unchecked.append(said.left.format(count=checked.left))
    counted: dict[str, int] = {}
    for row in rows:
        counted[row.title] = counted.get(row.title, 0) + 1
    return DocumentReport(
        title=said.title.format(subject=subject, name=name),
        facts=tuple(facts),
        summary_title=said.summary,
        counts=tuple(counted.items()),
        rows=rows,
        unchecked_title=said.unchecked,
        unchecked=(*unchecked, said.not_read.format(subject=subject)),
        language=language,
    )


def report_markdown(report: DocumentReport) -> str:
    """Return the report as Markdown; quotations are block quotes, every character escaped that Markdown reads."""
    parts = [f"# {escape(report.title)}", *(escape(fact) for fact in report.facts)]
    if report.counts:
        parts += [f"## {report.summary_title}", "\n".join(f"- {title}: {count}" for title, count in report.counts)]
    for number, row in enumerate(report.rows, start=1):
        parts.append(f"## {number}. {escape(row.title)} ({escape(row.where)})")
        parts.append(_quoted(row.text))
        if row.frame is None:
            parts.append(escape(row.refused or ""))
            continue
        parts += [escape(told) for told in (row.frame.explanation, *row.frame.remarks)]
        for place in row.frame.places[:_PLACES] or row.frame.nearest[:1]:
            if not row.frame.places and row.frame.nearest_title:
                parts.append(escape(row.frame.nearest_title))
            if place.changes or not row.frame.places:
                parts.append(_quoted(place.words))
            parts.append(
                "\n".join(f"- {escape(told)}" for told in (*place.changes, *place.warnings, place.attribution))
            )
            if place.link:
                parts.append(f"<{place.link}>")
    parts += [f"## {report.unchecked_title}", "\n".join(f"- {escape(told)}" for told in report.unchecked)]
    return "\n\n".join(part for part in parts if part) + "\n"


def report_html(report: DocumentReport) -> str:
    """Return the report as one HTML page that needs no other file."""
    counts = "".join(f"<li>{escaped(title)}: {count}</li>" for title, count in report.counts)
    summary = f"<h2>{escaped(report.summary_title)}</h2><ul>{counts}</ul>" if counts else ""
    rows = "".join(_row_html(number, row) for number, row in enumerate(report.rows, start=1))
    unchecked = "".join(f"<li>{escaped(told)}</li>" for told in report.unchecked)
    facts = "".join(f"<p>{escaped(fact)}</p>" for fact in report.facts)
    return (
        f'<!doctype html><html lang="{escaped(report.language)}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escaped(report.title)}</title>'
        f"<style>{_STYLE}</style></head><body><h1>{escaped(report.title)}</h1>{facts}{summary}{rows}"
        f"<h2>{escaped(report.unchecked_title)}</h2><ul>{unchecked}</ul></body></html>\n"
    )


def _row(row: Checked, subject: str, language: str, said: ReportTexts) -> ReportRow:
    place = said.line.format(number=row.quotation.line)
    if row.quotation.page:
        place = said.page.format(number=row.quotation.page)
    if row.check is None:
        reason = refusal(row.quotation.text, language=language)
        return ReportRow(where=place, text=row.quotation.text, title=said.not_checked, frame=None, refused=reason)
    frame = verdict_frame(row.check, subject=subject, language=language)
    cautions = len(frame.remarks) + sum(len(one.warnings) for one in frame.places[:1])
    title = f"{frame.title} (!)" if row.check.verdict is Verdict.EXACT and cautions else frame.title
    return ReportRow(where=place, text=row.quotation.text, title=title, frame=frame, refused=None)


def _row_html(number: int, row: ReportRow) -> str:
    head = f"<h2>{number}. {escaped(row.title)} <small>({escaped(row.where)})</small></h2>"
    claim = f'<blockquote dir="auto">{escaped(row.text)}</blockquote>'
    if row.frame is None:
        return f"<section>{head}{claim}<p>{escaped(row.refused or '')}</p></section>"
    return f"<section>{head}{claim}{verdict_html(row.frame)}</section>"


def _quoted(told: str) -> str:
    return "\n".join(f"> {escape(line)}" for line in told.splitlines())


_PLACES = 3  # places of one quotation that a report lists
_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a}"
    "blockquote{border-left:3px solid #888;margin:.5rem 0;padding:.2rem 1rem;background:#f5f5f5}"
    "section{border-top:1px solid #ccc;margin-top:1.5rem}ins{background:#dff5df}del{background:#fbe0e0}"
    "small{color:#555;font-weight:normal}@media print{body{margin:0}}"
)
