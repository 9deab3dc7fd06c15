"""The filters of the page: a form of what the library offers; what was chosen travels in the address and as JSON."""

from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant import Filters, Order
from knowledge.library.store import SourceSummary
from ui.rendering.answer_html import text
from ui.rendering.answer_texts import texts
from ui.rendering.page_texts import PageTexts

_LANGUAGES = {"en": "English", "zh": "中文"}


class Wishes(BaseModel):
    """What a visitor narrowed their question to."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    filters: Filters = Filters()
    order: Order = Order.RELEVANCE


def read_wishes(chosen: str) -> Wishes | None:
    """Return the wishes in the JSON that the page sends; None when it cannot be understood."""
    try:
        return Wishes.model_validate_json(chosen or "{}")
    except ValidationError:
        return None


def filters_html(summaries: Iterable[SourceSummary], page: PageTexts) -> str:
    """Return the form, with what the quotable sources of the library can be narrowed to, and a place for chips."""
    held = [summary for summary in summaries if summary.quotable_words]
    years = sorted({summary.date[:4] for summary in held if summary.date})
    kinds = texts(page.code).provenance
    options = {
        "since": {year: year for year in years},
        "until": {year: year for year in years},
        "venue": {name: name for name in sorted({summary.venue for summary in held if summary.venue})},
        "provenance": {kind.value: kinds[kind] for kind in sorted({summary.provenance for summary in held})},
        "language": {code: _LANGUAGES.get(code, code) for code in sorted({summary.language for summary in held})},
        "source": {summary.id: summary.title for summary in held},
        "order": {Order.DATE.value: page.by_date},
    }
    fields = "".join(_select(name, found, page) for name, found in options.items() if found)
    return (
        f'<div class="filters" data-remove="{text(page.remove)}"><ul class="chips"></ul>'
        f'<details><summary>{text(page.filters)}</summary><div class="fields">{fields}</div></details></div>'
    )


def _select(name: str, options: dict[str, str], page: PageTexts) -> str:
    title = text(page.filter_names[name])
    found = "".join(f'<option value="{text(value)}">{text(label)}</option>' for value, label in options.items())
    return (
        f'<label><span>{title}</span><select name="{name}"><option value="">{text(page.any_value)}</option>'
        f"{found}</select></label>"
    )
