"""From a question to an answer that is saved and framed, within what a channel allows and a person wishes."""

from collections.abc import Callable, Sequence

from assistant import Answer
from assistant.answers import NumberedQuote, Step
from assistant.exceptions import QuestionRefused
from assistant.question.questions import MAX_CHARACTERS, language_of
from assistant.quotes import Quote
from assistant.records.saved_answers import SavedAnswer
from knowledge.model.errors import AskIlyaError
from knowledge.starter.topics import nearest_questions
from ui.operations.request_metrics import count_answer
from ui.rendering import Frame, frame, frame_saved
from ui.rendering.filter_form import Wishes
from ui.rendering.page_texts import page_texts
from ui.slack.bot import Bot
from ui.slack.state.preferences import ChannelRules, within

Watch = Callable[[Step | NumberedQuote], None]


def answer(
    bot: Bot,
    question: str,
    *,
    rules: ChannelRules,
    wishes: Wishes,
    history: Sequence[str] = (),
    watch: Watch = lambda _event: None,
) -> Answer:
    """Answer a question and save the answer; `watch` is told every step and every verified quote.

    Raises:
        QuestionRefused: the question is blank or too long.
    """
    filters = within(wishes.filters, rules)
    for event in bot.assistant.stream(question, history=history, filters=filters, order=wishes.order):
        if isinstance(event, Answer):
            found = at_most(event, rules.max_quotes)
            _keep(bot, found)
            return found
        watch(event)
    raise AssertionError("a stream ends with its answer")


def another(bot: Bot, question: str, before: Sequence[Quote], *, rules: ChannelRules, wishes: Wishes) -> Answer | None:
    """Answer a question with one quote more, which says something else than those shown before; None without one."""
    exclude = {quote.id for quote in before}
    filters = within(wishes.filters, rules)
    found = at_most(bot.assistant.ask(question, filters=filters, order=wishes.order, exclude=exclude), 1)
    if not found.quotes:
        return None
    _keep(bot, found)
    return found


def _keep(bot: Bot, found: Answer) -> None:
    bot.records.save(found)
    count_answer(found, surface="slack")


def at_most(found: Answer, count: int | None) -> Answer:
    """Return the answer with its first quotes only."""
    return found if count is None else found.model_copy(update={"quotes": found.quotes[:count]})


def framed(bot: Bot, found: Answer, language: str) -> Frame:
    """Return an answer ready to be shown, framed in a language."""
    offered = () if found.answered else bot.examples(language)
    held = {summary.id for summary in bot.assistant.library.summaries()} if offered else set()
    near = nearest_questions(found.question, held=held) if offered else ()
    shown = found.model_copy(update={"language": language})
    return frame(shown, subject=bot.subject, examples=offered, nearest=near)


def framed_again(bot: Bot, saved: SavedAnswer, language: str) -> Frame:
    """Return an answer read back from the records; quotes whose words have changed since are not in it."""
    return frame_saved(saved, subject=bot.subject, language=language)


def language_for(text: str, rules: ChannelRules) -> str:
    """Return the language to speak in: the channel's, else that of what was typed."""
    return rules.language or language_of(text)


def refusal(error: Exception, question: str, language: str) -> str:
    """Return what to say when a question cannot be answered; never what an unforeseen error says."""
    page = page_texts(language)
    if isinstance(error, QuestionRefused):
        if len(question) <= MAX_CHARACTERS:
            return page.blank
        return page.too_long.format(count=f"{len(question):,}", limit=f"{MAX_CHARACTERS:,}")
    return str(error) if isinstance(error, AskIlyaError) else page.failed
