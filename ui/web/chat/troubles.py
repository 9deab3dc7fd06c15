"""What went wrong, as one sentence in the page's language. Paths and commands stay in the log, not on the page."""

from assistant.checking import ClaimRefused
from assistant.exceptions import QuestionRefused
from assistant.question.questions import MAX_CHARACTERS
from knowledge.model.errors import IndexMismatch, IndexUnavailable, LibraryUnavailable
from ui.rendering.verdicts import refusal
from ui.web.page_texts import PageTexts


def trouble(error: Exception, page: PageTexts, *, given: str) -> str:
    """Return the sentence for an error that met what a visitor gave, their question or claim."""
    if isinstance(error, QuestionRefused):
        long = len(given) > MAX_CHARACTERS
        return page.too_long.format(count=f"{len(given):,}", limit=f"{MAX_CHARACTERS:,}") if long else page.blank
    if isinstance(error, ClaimRefused):
        return refusal(given, language=page.code)
    if isinstance(error, LibraryUnavailable):
        return page.library_unavailable
    if isinstance(error, IndexMismatch | IndexUnavailable):
        return page.index_unavailable
    return page.failed
