"""An output-side guard: a model's prose goes in, and comes back with every quotation attributed to him checked."""

from pydantic import BaseModel, ConfigDict

from assistant.checking import Verdict
from assistant.documents.document_claims import Checked

_CLOSING = "”’\"'»›」』*_"
"""Marks behind a quotation that belong to it, with those of Markdown's emphasis."""


class VerifiedText(BaseModel):
    """A text and its quotations in their order, each with its verdict. The text itself is left as it is."""

    model_config = ConfigDict(frozen=True)

    text: str
    quotations: tuple[Checked, ...]

    @property
    def trustworthy(self) -> bool:
        """Whether every quotation is his, word by word, and none misleads; true of a text without quotations."""
        return all(is_verified(row) for row in self.quotations)

    @property
    def unverified(self) -> tuple[Checked, ...]:
        """Return the quotations that are not his exact words, or that mislead."""
        return tuple(row for row in self.quotations if not is_verified(row))

    def marked(self) -> str:
        """Return the text with a mark behind each quotation: the id of the quote, or the verdict against it."""
        parts, position = [], 0
        for row in self.quotations:
            end = _behind_marks(self.text, row.quotation.end)
            parts += [self.text[position:end], f" [{mark(row)}]"]
            position = end
        return "".join([*parts, self.text[position:]])


def _behind_marks(text: str, end: int) -> int:
    """Return where a quotation's closing marks end: between them nothing of ours may stand."""
    while end < len(text) and text[end] in _CLOSING:
        end += 1
    return end


def is_verified(row: Checked) -> bool:
    """Whether a quotation is his exact words without any reason for caution."""
    found = row.check
    if found is None or found.verdict is not Verdict.EXACT:
        return False
    return not (found.warnings or any(place.warnings for place in found.places[:1]))


def mark(row: Checked) -> str:
    """Return what a quotation is marked with: `verified q_…`, `exact q_…, but: negation`, `altered`, `not checked`."""
    if row.check is None:
        return "not checked"
    place = row.check.places[0] if row.check.places else None
    if row.check.verdict is not Verdict.EXACT or place is None or place.quote is None:
        return row.check.verdict.value.replace("_", " ")
    if is_verified(row):
        return f"verified {place.quote.id}"
    cautions = dict.fromkeys(caution.kind.value for caution in (*row.check.warnings, *place.warnings))
    return f"exact {place.quote.id}, but: {', '.join(cautions)}"
