"""From a question to an answer that is saved and framed, within what a channel allows and a person wishes."""

from collections.abc import Callable, Collection, Sequence

from assistant import Answer
from assistant.answers import NumberedQuote
from assistant.errors import QuestionRefused
from assistant.questions import MAX_CHARACTERS, language_of
from assistant.records import SavedAnswer
from assistant.steps import Step
from knowledge.errors import AskIlyaError
from ui.examples import examples
from ui.rendering import Frame, frame
from ui.rendering.framing import card, coverage_line
from ui.rendering.texts import texts
from ui.slack.bot import Bot
from ui.slack.channels import ChannelRules
from ui.slack.preferences import within
from ui.web.filtering import Wishes
from ui.web.texts import page_texts

Watch = Callable[[Step | NumberedQuote], None]


def answer(
    bot: Bot,
    question: str,
    *,
    rules: ChannelRules,
    wishes: Wishes,
    history: Sequence[str] = (),
    exclude: Collection[str] = (),
    watch: Watch = lambda _event: None,
) -> Answer:
    """Answer a question and save the answer; `watch` is told every step and every verified quote.

    Raises:
        QuestionRefused: the question is blank or too long.
    """
    filters = within(wishes.filters, rules)
    stream = bot.assistant.stream(question, history=history, filters=filters, order=wishes.order, exclude=exclude)
    for event in stream:
        if isinstance(event, Answer):
            found = at_most(event, rules.max_quotes)
            bot.records.save(found)
            return found
        watch(event)
    raise AssertionError("a stream ends with its answer")


def at_most(found: Answer, count: int | None) -> Answer:
    """Return the answer with its first quotes only."""
    return found if count is None else found.model_copy(update={"quotes": found.quotes[:count]})


def framed(bot: Bot, found: Answer, language: str) -> Frame:
    """Return an answer ready to be shown, framed in a language."""
    offered = () if found.answered or not bot.assistant.settings.starter else examples(language)
    return frame(found.model_copy(update={"language": language}), subject=bot.subject, examples=offered)


def framed_again(bot: Bot, saved: SavedAnswer, language: str) -> Frame:
    """Return an answer read back from the records; quotes whose words have changed since are not in it."""
    around = texts(language)
    return Frame(
        cards=tuple(card(numbered, language=language) for numbered in saved.quotes),
        abstention=around.abstention[saved.reason].format(subject=bot.subject) if saved.reason else None,
        coverage=coverage_line(saved.coverage, around),
        examples_title=None,
        examples=(),
        selector=saved.selector,
    )


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
