"""The sources panel: what is searched in a conversation, by date, venue, kind, language, and source by source."""

from collections.abc import Sequence

from knowledge.library.store import SourceSummary
from ui.rendering.answer_texts import texts
from ui.rendering.filter_form import filter_options
from ui.rendering.framing import spoken_date
from ui.rendering.page_texts import PageTexts
from ui.web.templates.chat_texts import chat_texts
from ui.web.templates.page_frame import rendered


def panel_html(held: Sequence[SourceSummary], page: PageTexts) -> str:
    """Return the panel over the sources with quotable words, the newest first."""
    newest = sorted(held, key=lambda one: one.date or "", reverse=True)
    listed = [{"id": one.id, "title": one.title, "facts": _facts(one, page)} for one in newest]
    return rendered(
        "sources_panel.html", page, said=chat_texts(page.code), selects=filter_options(held, page), held=listed
    )


def _facts(one: SourceSummary, page: PageTexts) -> str:
    words = texts(page.code)
    counted = chat_texts(page.code).words.format(count=f"{one.quotable_words:,}")
    when = spoken_date(one.date, words) if one.date else words.unknown_date
    return words.separator.join(filter(None, (when, one.venue, counted, words.provenance[one.provenance])))
