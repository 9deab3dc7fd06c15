"""The filters of the page: what the library offers; what was chosen travels in the address and as JSON."""

from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant import Filters, Order
from knowledge.library.store import SourceSummary
from ui.rendering.answer_html import text
from ui.rendering.answer_texts import texts
from ui.rendering.page_texts import PageTexts

LANGUAGE_NAMES = {"en": "English", "zh": "中文"}


class Wishes(BaseModel):
    """What a visitor narrowed their question to, and the place of the earlier question that it stands in for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    filters: Filters = Filters()
    order: Order = Order.RELEVANCE
    place: int | None = Field(default=None, ge=0)
    """Counted from 0; that question and all after it leave the conversation."""


def read_wishes(chosen: str) -> Wishes | None:
    """Return the wishes in the JSON that the page sends; None when it cannot be understood."""
    try:
        return Wishes.model_validate_json(chosen or "{}")
    except ValidationError:
        return None


def filter_options(summaries: Iterable[SourceSummary], page: PageTexts) -> dict[str, dict[str, str]]:
    """Return what the quotable sources of the library can be narrowed to: by filter, values with their labels."""
    held = [summary for summary in summaries if summary.quotable_words]
    years = sorted({summary.date[:4] for summary in held if summary.date})
    kinds = texts(page.code).provenance
    return {
        "since": {year: year for year in years},
        "until": {year: year for year in years},
        "venue": {name: name for name in sorted({summary.venue for summary in held if summary.venue})},
        "provenance": {kind.value: kinds[kind] for kind in sorted({summary.provenance for summary in held})},
        "language": {code: LANGUAGE_NAMES.get(code, code) for code in sorted({summary.language for summary in held})},
        "order": {Order.DATE.value: page.by_date},
    }


def filters_html(page: PageTexts) -> str:
    """Return what stands above the question box: what was chosen, as chips, and the way to the sources panel."""
    return (
        f'<div class="filters"><ul class="chips"></ul>'
        f'<button type="button" class="open-panel" aria-haspopup="dialog">{text(page.filters)}</button></div>'
    )
