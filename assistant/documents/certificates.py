"""Certificates: everything a stranger needs to check one quote against nothing but the transcript file.

A certificate repeats the words for people; what counts are the offsets and hashes. Checking reads the file anew with
the reader the certificate names, cuts the words out, and looks at the raw characters as well.
"""

import hashlib
import html
import re
import tempfile
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.exceptions import AssistantError
from assistant.quotes import Quote
from assistant.records.quote_ids import quote_id
from knowledge.model.dates import PartialDate
from knowledge.model.errors import AskIlyaError, SpanError
from knowledge.model.provenance import Provenance, TranscriptKind
from knowledge.model.source import Source
from knowledge.model.subject import Subject
from knowledge.model.turns import Certainty, Role
from knowledge.readers import raw_text, read
from knowledge.starter.book import READER as BOOK_READER
from knowledge.starter.book import read_book_file
from knowledge.text.words import VERSION as WORDS_VERSION
from knowledge.text.words import keys

FORMAT = "ask-ilya-certificate/1"
_FACTS = ("venue", "interviewers", "url", "language")
_TIMING = re.compile(r"^\s*(?:\d+|[\d:.,]+\s*-->.*)\s*$", re.MULTILINE)
_LINK_TARGET = re.compile(r"\]\([^()\s]*\)")


class CertificateRefused(AssistantError):
    """A text is not a certificate."""


class Basis(StrEnum):
    """How a fact about a source is known."""

    FILE = "file"
    """The transcript file itself says so."""
    QUOTATION_BOOK = "quotation_book"
    """The shipped quotation book says so."""
    LIBRARY = "library"
    """It was given to the library with the file, or recognised from the catalogue; the file alone does not say it."""
    UNKNOWN = "unknown"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CertifiedSource(_Part):
    """The document a quote was cut from."""

    id: str
    title: str
    title_known: Basis
    date: PartialDate | None
    date_known: Basis
    venue: str | None
    interviewers: tuple[str, ...]
    url: str | None
    language: str
    provenance: Provenance
    how: TranscriptKind | None
    origin: str
    file_sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    text_sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    encoding: str
    reader: str
    stated: tuple[str, ...] = ()
    """Facts that the file alone does not give so: the operator states them."""


class Certificate(_Part):
    """One quote: words, who said them and how that is known, and where they stand.

    `start` and `end` count characters of the canonical text, `raw_start` and `raw_end` those of the decoded file;
    `said_at` is in seconds.
    """

    format: Literal["ask-ilya-certificate/1"] = "ask-ilya-certificate/1"
    id: str
    words: str
    start: int = Field(ge=0)
    end: int
    raw_start: int = Field(ge=0)
    raw_end: int
    said_at: float | None
    speaker: str
    speaker_known: Certainty
    asked: str | None
    asked_by: str | None
    subject: Subject
    source: CertifiedSource
    words_version: int = WORDS_VERSION


class Outcome(StrEnum):
    """What one step of a verification found."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_CHECKED = "not_checked"


class Finding(_Part):
    """One step: what was checked, how it ended, and in a sentence why."""

    what: str
    outcome: Outcome
    detail: str


class Verification(_Part):
    """Every step in order; `valid` when none failed and the words were found in the file."""

    id: str
    valid: bool
    findings: tuple[Finding, ...]

    @property
    def failures(self) -> list[str]:
        """Return what failed, in sentences."""
        return [finding.detail for finding in self.findings if finding.outcome is Outcome.FAILED]


def certify(quote: Quote, raw: bytes, *, origin: str, subject: Subject) -> Certificate:
    """Return the certificate of a quote.

    Args:
        quote: what is certified.
        raw: the file its source was read from.
        origin: the path or url the file came from.
        subject: the person quoted.

    Raises:
        CertificateRefused: `raw` is another file than the quote's.
    """
    source, told = quote.source, quote.attribution
    if hashlib.sha256(raw).hexdigest() != source.sha256:
        raise CertificateRefused(f"The file given for {source.id} is not the one its quotes were cut from.")
    raw_start, raw_end = source.raw_map.raw_span(quote.start, quote.end)
    alone = _reread(raw, source.reader, origin, source.id, subject)
    return Certificate(
        id=quote.id,
        words=quote.text,
        start=quote.start,
        end=quote.end,
        raw_start=raw_start,
        raw_end=raw_end,
        said_at=quote.said_at,
        speaker=told.speaker,
        speaker_known=told.certainty,
        asked=told.asked,
        asked_by=told.asked_by,
        subject=subject,
        source=CertifiedSource(
            id=source.id,
            title=source.title,
            title_known=_basis(source, alone, lambda one: one.title),
            date=source.date,
            date_known=_basis(source, alone, lambda one: one.date),
            venue=source.venue,
            interviewers=source.interviewers,
            url=source.url,
            language=source.language,
            provenance=told.provenance,
            how=source.how,
            origin=_public(origin),
            file_sha256=source.sha256,
            text_sha256=source.text_sha256,
            encoding=source.raw_map.encoding,
            reader=source.reader,
            stated=tuple(name for name in _FACTS if alone is None or getattr(alone, name) != getattr(source, name)),
        ),
    )


def read_certificate(text: str) -> Certificate:
    """Return the certificate that a JSON text holds.

    Raises:
        CertificateRefused: it holds none.
    """
    try:
        return Certificate.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise CertificateRefused(f"This is not a certificate ({where}: {first['msg']}).") from error


def verify(certificate: Certificate, raw: bytes) -> Verification:
    """Check a certificate against the transcript file alone; says of every step whether it passed."""
    findings = tuple(_findings(certificate, raw))
    failed = any(finding.outcome is Outcome.FAILED for finding in findings)
    found = any(finding.what in ("words", "raw words") and finding.outcome is Outcome.PASSED for finding in findings)
    return Verification(id=certificate.id, valid=found and not failed, findings=findings)


def _findings(certificate: Certificate, raw: bytes) -> Iterator[Finding]:
    told = certificate.source
    yield _equal("file", hashlib.sha256(raw).hexdigest(), told.file_sha256, "SHA-256 of the file", "it is another file")
    yield _raw_words(certificate, raw)
    expected = quote_id(told.file_sha256, certificate.start, certificate.words)
    yield _equal("id", expected, certificate.id, "id", "file hash, offsets and words do not make this id")
    source = _reread(raw, told.reader, told.origin, told.id, certificate.subject)
    if source is None:
        detail = f"This program cannot read the file as “{told.reader}” does, so who speaks cannot be proved anew."
        yield Finding(what="reader", outcome=Outcome.FAILED, detail=detail)
        return
    if source.reader != told.reader:
        detail = (
            f"The certificate names the reader {told.reader}, this program reads the file with {source.reader}: who "
            "speaks cannot be proved anew; certify the quote again, or verify with the version that made it."
        )
        yield Finding(what="reader", outcome=Outcome.FAILED, detail=detail)
        return
    yield Finding(what="reader", outcome=Outcome.PASSED, detail=f"Read anew with {source.reader}.")
    yield _equal("text", source.text_sha256, told.text_sha256, "SHA-256 of the canonical text", "the text differs")
    said = source.text[certificate.start : certificate.end]
    yield _equal("words", said, certificate.words, "text at this place", f"it reads “{said[:200]}”")
    yield _speaker(certificate, source)
    yield _place(certificate, source)
    yield _question(certificate, source)
    yield _equal("words version", str(WORDS_VERSION), str(certificate.words_version), "version", "it is another one")
    yield _facts(certificate, source)


def _equal(what: str, found: str, certified: str, name: str, otherwise: str) -> Finding:
    if found == certified:
        return Finding(what=what, outcome=Outcome.PASSED, detail=f"The {name} agrees: {found[:200]}")
    detail = f"The {name} does not agree with the certificate: {otherwise}."
    return Finding(what=what, outcome=Outcome.FAILED, detail=detail)


def _raw_words(certificate: Certificate, raw: bytes) -> Finding:
    """Look at the raw characters, without any reader: mark-up and cue times may stand between the words."""
    try:
        cut = raw_text(raw, certificate.source.encoding)[certificate.raw_start : certificate.raw_end]
    except (AskIlyaError, LookupError, UnicodeError) as error:
        return Finding(what="raw words", outcome=Outcome.FAILED, detail=f"The file cannot be decoded: {error}.")
    wanted = keys(certificate.words)
    plain = _LINK_TARGET.sub("", _TIMING.sub(" ", html.unescape(cut))).replace("[", "")
    for form in (cut, plain):
        if keys(form) == wanted:
            return Finding(what="raw words", outcome=Outcome.PASSED, detail="The raw characters read the same words.")
    if _inside(wanted, keys(html.unescape(_unescaped(cut)))):
        detail = "The raw characters hold these words in this order, among mark-up; the reader decides."
        return Finding(what="raw words", outcome=Outcome.NOT_CHECKED, detail=detail)
    span = f"[{certificate.raw_start}, {certificate.raw_end})"
    detail = f"The raw characters {span} do not read these words: “{cut[:200]}”."
    return Finding(what="raw words", outcome=Outcome.FAILED, detail=detail)


def _speaker(certificate: Certificate, source: Source) -> Finding:
    try:
        turn = source.turns[source.turn_index(certificate.start)]
    except SpanError:
        return Finding(what="speaker", outcome=Outcome.FAILED, detail="Nobody's turn stands at this place.")
    if certificate.end > turn.end:
        return Finding(what="speaker", outcome=Outcome.FAILED, detail="The words run over the end of a turn.")
    if turn.role is Role.SUBJECT and turn.speaker == certificate.speaker:
        sure = turn.certainty.value if turn.certainty else "unknown"
        detail = f"Read anew, the speaker is {turn.speaker} ({sure})."
        return Finding(what="speaker", outcome=Outcome.PASSED, detail=detail)
    if turn.role is Role.UNKNOWN and certificate.speaker_known is not Certainty.LABELLED:
        detail = f"The file alone does not say who speaks; the certificate says {certificate.speaker_known.value}."
        return Finding(what="speaker", outcome=Outcome.NOT_CHECKED, detail=detail)
    detail = f"The words are {turn.speaker or 'somebody'}'s ({turn.role.value}), not {certificate.speaker}'s."
    return Finding(what="speaker", outcome=Outcome.FAILED, detail=detail)


def _place(certificate: Certificate, source: Source) -> Finding:
    """Whether the raw characters named are those that these words are read from."""
    try:
        found = source.raw_map.raw_span(certificate.start, certificate.end)
    except SpanError:
        return Finding(
            what="raw place", outcome=Outcome.FAILED, detail="No character of the file answers to the words."
        )
    named = (certificate.raw_start, certificate.raw_end)
    return _equal("raw place", str(found), str(named), "place in the raw file", f"it is {found}")


def _question(certificate: Certificate, source: Source) -> Finding:
    """Whether the question and who asked it are as the file tells; where it does not say who speaks, they are open."""
    try:
        told = Quote(source=source, start=certificate.start, end=certificate.end).attribution
    except ValidationError:
        detail = "The question is as the operator states it: the file alone does not say who speaks."
        return Finding(what="question", outcome=Outcome.NOT_CHECKED, detail=detail)
    found, named = (told.asked, told.asked_by), (certificate.asked, certificate.asked_by)
    return _equal("question", str(found), str(named), "question and who asked it", "the file tells otherwise")


def _facts(certificate: Certificate, source: Source) -> Finding:
    told = certificate.source
    pairs = (("title", told.title_known, told.title, source.title), ("date", told.date_known, told.date, source.date))
    wrong = [name for name, basis, said, found in pairs if basis is Basis.FILE and said != found]
    differing = [name for name in _FACTS if getattr(told, name) != getattr(source, name)]
    wrong += [name for name in differing if name not in told.stated]
    if wrong:
        detail = f"The file does not give the certificate's {' and '.join(wrong)}."
        return Finding(what="facts", outcome=Outcome.FAILED, detail=detail)
    open_ones = [name for name, basis, _, _ in pairs if basis is Basis.LIBRARY] + differing
    if open_ones:
        detail = f"As stated by the operator, the file alone does not give it so: {', '.join(open_ones)}."
        return Finding(what="facts", outcome=Outcome.NOT_CHECKED, detail=detail)
    return Finding(
        what="facts",
        outcome=Outcome.PASSED,
        detail="Title, date, occasion, address and language are as the file gives them.",
    )


def _basis(source: Source, alone: Source | None, fact: Callable[[Source], str | None]) -> Basis:
    if fact(source) is None:
        return Basis.UNKNOWN
    if source.reader == BOOK_READER:
        return Basis.QUOTATION_BOOK
    return Basis.FILE if alone and fact(alone) == fact(source) else Basis.LIBRARY


def _public(origin: str) -> str:
    """Return an address as it is; of a local path the file's name only, which is all that may be handed on."""
    return origin if re.match(r"https?://", origin) else re.split(r"[/\\]", origin)[-1]


def _reread(raw: bytes, reader: str, origin: str, source_id: str, subject: Subject) -> Source | None:
    """Return what the file holds when it is read by itself; None when this program cannot read it."""
    try:
        if reader != BOOK_READER:
            return read(raw, origin=origin, source_id=source_id, subject=subject)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, f"{Path(source_id).name}.yaml")  # a file of the book bears the name of its source
            path.write_bytes(raw)
            return read_book_file(path, subject)
    except AskIlyaError:
        return None


def _inside(wanted: list[str], found: list[str]) -> bool:
    rest = iter(found)
    return all(key in rest for key in wanted)


def _unescaped(text: str) -> str:
    """Return the text with JSON's escapes (\\n, \\", \\u2019) read."""
    read_one = re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), text)
    return re.sub(r"\\[nrt]", " ", read_one).replace('\\"', '"')
