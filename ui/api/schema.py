"""The shapes of API version 1: what a program sends and gets, in the outer contract that every surface keeps.

Offsets count characters (Unicode code points) of the source's canonical text, `end` exclusive; `said_at` counts
seconds; dates are ISO and may be partial (`2015-01`).
"""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Base64Bytes, BaseModel, ConfigDict, Field

from assistant import Filters, Order
from assistant.documents.document_claims import MAX_DOCUMENT


def _plain_text(given: str) -> str:
    """Return the text; lone surrogates and NUL are no text that a database or a file could hold."""
    if "\0" in given or any("\ud800" <= char <= "\udfff" for char in given):
        raise ValueError("it has a character that is no text (NUL or half of a surrogate pair); leave it out.")
    return given


Text = Annotated[str, AfterValidator(_plain_text)]
"""Text as people write it."""


class _Sent(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Given(BaseModel):
    model_config = ConfigDict(frozen=True)


class AskRequest(_Sent):
    """A question, with what limits its answer."""

    question: Text = Field(examples=["Will we run out of data?"])
    history: list[Text] = Field(default_factory=list, max_length=50, description="Earlier questions, oldest first.")
    filters: Filters = Filters()
    order: Order = Order.RELEVANCE


class SearchRequest(_Sent):
    """A question whose ranked passages are wanted."""

    question: Text = Field(examples=["scaling"])
    count: int = Field(default=20, ge=1, le=1000)


class CheckRequest(_Sent):
    """One quotation (`text`), or a whole document whose quotations are found and checked (`document`)."""

    text: Text | None = Field(default=None, examples=["We will run out of data."])
    occasion: Annotated[Text, Field(max_length=1_000)] | None = Field(
        default=None, description="Where and when the quotation is said to be from."
    )
    document: Annotated[Text, Field(max_length=MAX_DOCUMENT)] | None = Field(
        default=None, description="Text, Markdown or the HTML of a page."
    )
    anywhere: bool = Field(
        default=False, description="Of a document: look for his words in every sentence, whoever is named."
    )


class VerifyRequest(_Sent):
    """A certificate, the file it is about, and the public keys one of which must have signed."""

    certificate: dict[str, Any] | Annotated[Text, Field(max_length=200_000)] = Field(
        description="The certificate as it was handed on, as an object or as the text of the file."
    )
    file: Base64Bytes | None = Field(default=None, description="The transcript file, in Base64; at most 8 MB.")
    keys: list[Annotated[Text, Field(max_length=200)]] = Field(
        default_factory=list, max_length=20, description="Public keys you trust, `ed25519:…`; without one, this site's."
    )


class SourceFacts(_Given):
    """The source a quote was cut from."""

    id: str
    title: str
    date: str | None
    venue: str | None
    url: str | None
    language: str
    provenance: Literal["transcript", "written", "translation", "quotation", "report"]
    sha256: str


class QuoteRecord(_Given):
    """A quote: `text` is the characters [start, end) of the source.

    `before` and `after` are the sentences beside it in his turn: read with the quote, and no part of it.
    """

    model_config = ConfigDict(frozen=True, extra="allow")

    id: str
    text: str
    before: str | None
    after: str | None
    start: int
    end: int
    speaker: str
    certainty: Literal["labelled", "reviewed", "inferred"]
    asked: str | None
    asked_by: str | None
    said_at: float | None
    source: SourceFacts


class NumberedRecord(QuoteRecord):
    """A quote of an answer; numbers run 1, 2, 3 … in the order shown."""

    number: int


class PassageRecord(NumberedRecord):
    """A ranked passage before anything is selected; a higher score is a better match within one search."""

    score: float


class CoverageRecord(_Given):
    """What was searched."""

    model_config = ConfigDict(frozen=True, extra="allow")

    sources: int
    since: str | None = Field(alias="from")
    until: str | None = Field(alias="to")


class ElsewhereRecord(_Given):
    """An occasion outside the time or place that was asked for."""

    source: str
    date: str
    venue: str | None


class AnswerRecord(_Given):
    """An answer, or the reason why there is none. `/answers/ID` gives one that was posted again under its `id`."""

    model_config = ConfigDict(frozen=True, extra="allow")

    id: str
    question: str
    answered: bool
    reason: str | None
    selector: str
    note: str | None = Field(default=None, description="What else is told of an answer to a follow-up.")
    elsewhere: list[ElsewhereRecord] = Field(
        default=[], description="Without quotes: occasions outside the time or place asked for that would answer."
    )
    quotes: list[NumberedRecord]
    coverage: CoverageRecord


class PlaceRecord(_Given):
    """A place that a check rests on; `id` and `speaker` are null where the words are not known to be the subject's."""

    model_config = ConfigDict(frozen=True, extra="allow")

    id: str | None
    text: str
    start: int
    end: int
    speaker: str | None
    certainty: str | None
    role: Literal["subject", "other", "unknown"]
    source: SourceFacts


class CheckRecord(_Given):
    """The verdict on one quotation. `not_found` means: in no source held."""

    model_config = ConfigDict(frozen=True, extra="allow")

    text: str
    verdict: str
    places: list[PlaceRecord]
    nearest: list[PlaceRecord]
    coverage: CoverageRecord


class QuotationRecord(_Given):
    """A quotation found in a document, characters [start, end) of it, with its check or why it was refused."""

    line: int
    start: int
    end: int
    parts: list[tuple[int, int]]
    text: str
    check: CheckRecord | None
    refused: str | None


class DocumentRecord(_Given):
    """Every quotation of a document that is attributed to the subject.

    `visible` is the text into which the offsets point where the document was a page; `passed_over` counts the
    quotations that it gives to somebody else or to nobody, `left` those of his beyond the first 1,000, not checked.
    """

    visible: str | None
    passed_over: int
    left: int
    quotations: list[QuotationRecord]


class FindingRecord(_Given):
    """One step of a verification: what was looked at, how it ended, and why; `parts` are the fields it is about."""

    what: str
    outcome: Literal["passed", "failed", "stated", "not_checked"]
    detail: str
    parts: list[str]


class VerificationRecord(_Given):
    """What a certificate comes to.

    `proved`: read anew, the file gives these words to this person. `vouched`: a trusted key signed what the file alone
    does not prove. `unproven`: nothing contradicts it, but it rests on their word. `refused`: it does not hold.
    """

    id: str
    standing: Literal["proved", "vouched", "unproven", "refused"]
    valid: bool
    findings: list[FindingRecord]


class SummaryRecord(_Given):
    """One held source, as `ilya sources` lists it; words are counted in words."""

    model_config = ConfigDict(frozen=True, extra="allow")

    id: str
    title: str
    date: str | None
    venue: str | None
    language: str
    provenance: str
    sha256: str
    words: int
    quotable_words: int
    turns: dict[str, int]


class HoldingsRecord(_Given):
    """How much may be quoted; several transcripts of one appearance count once."""

    appearances: int
    writings: int
    words: int
    since: str | None = Field(alias="from")
    until: str | None = Field(alias="to")


class TurnRecord(_Given):
    """A stretch of the canonical text by one speaker."""

    start: int
    end: int
    speaker: str | None
    role: Literal["subject", "other", "unknown"]
    certainty: str | None
    said_at: float | None
    text: str


class SourcePage(_Given):
    """One page of a source's turns; pages run from 1 to `pages`."""

    source: SourceFacts
    page: int
    pages: int
    turns: list[TurnRecord]


class TopicQuestion(_Given):
    """A question of ours, in both languages, that a quotation of the book answers."""

    en: str
    zh: str
    source: str
    date: str


class TopicRecord(_Given):
    """A topic that the quotation book speaks of: questions in English and Chinese, sources, first and last year."""

    topic: str
    name: dict[str, str]
    questions: list[TopicQuestion]
    sources: list[str]
    years: tuple[str, str]


class TodayRecord(_Given):
    """The quotation of a day."""

    date: str
    quote: QuoteRecord


class EmbedRecord(_Given):
    """An oEmbed response of type `rich`: HTML with whole quotations, each in a `<blockquote cite>`."""

    model_config = ConfigDict(frozen=True, extra="allow")

    version: Literal["1.0"]
    type: Literal["rich"]
    title: str
    author_name: str
    provider_name: str
    provider_url: str
    html: str
    width: int
    height: int
    thumbnail_url: str | None = None


class Problem(BaseModel):
    """What went wrong: problem details as RFC 9457 has them. `instance` is the id under which the log has it."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    instance: str | None = None
