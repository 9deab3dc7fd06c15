"""What a library holds in plain figures: appearances, writings, years and words, each appearance counted once."""

from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict, Field, model_serializer

from knowledge.library.store import SourceSummary
from knowledge.model.provenance import Provenance


class Holdings(BaseModel):
    """How much may be quoted: several transcripts of one appearance count as the longest of them."""

    model_config = ConfigDict(frozen=True, populate_by_name=True)

    appearances: int = 0
    writings: int = 0
    words: int = 0
    since: str | None = Field(default=None, alias="from")
    """The first year."""
    until: str | None = Field(default=None, alias="to")
    """The last year."""

    @model_serializer
    def _contract(self) -> dict[str, int | str | None]:
        counts: dict[str, int | str | None] = {"appearances": self.appearances, "writings": self.writings}
        return counts | {"words": self.words, "from": self.since, "to": self.until}


def holdings(summaries: Iterable[SourceSummary]) -> Holdings:
    """Count what may be quoted of the sources of a library."""
    words: dict[tuple[bool, str], int] = {}
    years = []
    for summary in summaries:
        if not summary.quotable_words:
            continue
        key = (summary.provenance is Provenance.WRITTEN, summary.appearance or summary.id)
        words[key] = max(words.get(key, 0), summary.quotable_words)
        if summary.date:
            years.append(summary.date[:4])
    written = sum(is_written for is_written, _ in words)
    return Holdings(
        appearances=len(words) - written,
        writings=written,
        words=sum(words.values()),
        since=min(years, default=None),
        until=max(years, default=None),
    )
