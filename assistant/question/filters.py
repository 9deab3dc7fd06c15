"""Which sources a question may be answered from, and in which order its quotes are shown."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from knowledge.library.store import SourceSummary
from knowledge.model.dates import PartialDate
from knowledge.model.passages import Passage
from knowledge.model.provenance import Provenance
from knowledge.model.source import Source
from knowledge.model.turns import Turn


class Order(StrEnum):
    """How the quotes of an answer follow each other."""

    RELEVANCE = "relevance"
    DATE = "date"


class Filters(BaseModel):
    """Limits on what is searched; an empty field limits nothing.

    `since` and `until` are partial ISO dates, both inclusive: `until="2023"` admits all of 2023.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    since: PartialDate | None = None
    until: PartialDate | None = None
    venues: tuple[str, ...] = ()
    provenances: tuple[Provenance, ...] = ()
    languages: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    """Sources that are left out, whatever else admits them."""

    @property
    def impossible(self) -> bool:
        """Whether no date can be meant: the range ends before it begins."""
        return bool(self.since and self.until and self.until < self.since[: len(self.until)])

    @property
    def by_turn(self) -> bool:
        """Whether they tell the turns of one source apart."""
        return bool(self.provenances or self.languages)

    @property
    def by_occasion(self) -> bool:
        """Whether they limit when or where the words were said."""
        return bool(self.since or self.until or self.venues or self.sources)

    @property
    def of_any_occasion(self) -> "Filters":
        """Return them without the limits on when and where."""
        return self.model_copy(update={"since": None, "until": None, "venues": (), "sources": ()})

    def admits(self, passage: Passage) -> bool:
        """Whether a passage may be shown."""
        return self.admits_source(passage.source) and self.admits_turn(passage.turn)

    def admits_turn(self, turn: Turn) -> bool:
        """Whether a turn of an admitted source may be shown."""
        return (not self.provenances or turn.provenance in self.provenances) and (
            not self.languages or turn.language in self.languages
        )

    def admits_source(self, source: Source | SourceSummary) -> bool:
        """Whether anything of a source may be shown."""
        date = source.date or ""
        return (
            (self.since is None or (bool(date) and date >= self.since[: len(date)]))
            and (self.until is None or (bool(date) and date[: len(self.until)] <= self.until))
            and (not self.venues or source.venue in self.venues)
            and (not self.sources or source.id in self.sources)
            and source.id not in self.without
        )
