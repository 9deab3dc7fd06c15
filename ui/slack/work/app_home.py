"""The App Home: what the bot knows, questions to try, the person's own defaults, version and health."""

from collections.abc import Iterable
from importlib.metadata import version
from typing import Any

from assistant import Filters, Order
from assistant.models import Endpoint
from assistant.records.holdings import holdings
from assistant.selection import extractive
from knowledge.library.store import SourceSummary
from knowledge.model.errors import AskIlyaError
from knowledge.model.provenance import Provenance
from ui.rendering.answer_texts import texts
from ui.rendering.filter_form import Wishes
from ui.rendering.framing import holdings_line, spoken_date
from ui.rendering.page_texts import page_texts
from ui.rendering.slack_blocks import Block, bullets, remark, rich_text, section, text
from ui.slack.bot import Bot
from ui.slack.slack_texts import SlackTexts, slack_texts
from ui.slack.work.block_kit import actions, example_buttons, option, plain

WISH = "wish"
_KINDS = "kinds"
_SOURCES = 12
"""Lines of sources that a screen shows."""
_MAX_OPTIONS = 99
"""Slack takes a hundred options, one of which is “all”."""
_MAX_OPTION = 140
"""Characters; Slack takes 150 for an option's value."""
_NAMES = {"en": "English", "zh": "中文"}


def home_view(bot: Bot, workspace: str, user: str, language: str) -> dict[str, Any]:
    """Return the view for one person."""
    own, held = slack_texts(language), _quotable(bot)
    page = page_texts(language)
    blocks = [
        _title(page.title.format(subject=bot.subject)),
        *rich_text([section(text(page.promise.format(subject=bot.subject)))]),
        *_knows(held, language),
    ]
    if offered := bot.examples(language):
        blocks += [_title(own.home_examples), *example_buttons(offered, own)]
    blocks += [_title(own.home_filters), remark(own.home_filters_hint)]
    blocks += _filters(held, bot.preferences.wishes(workspace, user), own, language)
    return {"type": "home", "blocks": [*blocks, {"type": "divider"}, remark(_health(bot, own))]}


def changed(wishes: Wishes, action: dict[str, Any], value: str) -> Wishes:
    """Return the wishes after somebody chose something on the App Home; `value` is empty for “any”."""
    name = action["action_id"].removeprefix(f"{WISH}.")
    if name == "order":
        return wishes.model_copy(update={"order": Order(value or Order.RELEVANCE)})
    given: Any = value or None
    if name == _KINDS:
        name, given = "provenances", tuple(Provenance(one["value"]) for one in action.get("selected_options") or ())
    elif name in ("venues", "languages"):
        given = (value,) if value else ()
    filters = Filters.model_validate(wishes.filters.model_dump() | {name: given})
    return wishes.model_copy(update={"filters": filters})


def _knows(held: list[SourceSummary], language: str) -> list[Block]:
    own, around = slack_texts(language), texts(language)
    figures = holdings_line(holdings(held), around)
    if not figures:
        return [_title(own.home_knows), remark(around.searched_nothing)]
    counts = own.home_counts.format(held=figures)
    newest = sorted(held, key=lambda summary: summary.date or "", reverse=True)
    lines = [f"{one.title}, {spoken_date(one.date, around) if one.date else around.unknown_date}" for one in newest]
    rest = [own.home_more.format(count=len(lines) - _SOURCES)] if len(lines) > _SOURCES else []
    return [_title(own.home_knows), *rich_text([section(text(counts)), bullets([*lines[:_SOURCES], *rest])])]


def _filters(held: list[SourceSummary], wishes: Wishes, own: SlackTexts, language: str) -> list[Block]:
    filters, kinds = wishes.filters, texts(language).provenance
    years = sorted({summary.date[:4] for summary in held if summary.date})
    since = _select("since", own.home_since, _plainly(years), filters.since or "", own)
    until = _select("until", own.home_until, _plainly(years), filters.until or "", own)
    venues = _plainly(sorted({one.venue for one in held if one.venue and len(one.venue) <= _MAX_OPTION}))
    venue = _select("venues", own.home_venue, venues, "".join(filters.venues[:1]), own)
    tongues = {code: _NAMES.get(code, code) for code in sorted({summary.language for summary in held})}
    tongue = _select("languages", own.home_language, tongues, "".join(filters.languages[:1]), own)
    order: Block = {
        "type": "static_select",
        "action_id": f"{WISH}.order",
        "options": [option(Order.RELEVANCE, own.by_relevance), option(Order.DATE, own.by_date)],
        "initial_option": option(wishes.order, own.by_date if wishes.order is Order.DATE else own.by_relevance),
    }
    held_kinds = sorted({summary.provenance for summary in held})
    several: Block = {
        "type": "multi_static_select",
        "action_id": f"{WISH}.{_KINDS}",
        "placeholder": plain(own.home_any),
        "options": [option(kind, kinds[kind]) for kind in held_kinds] or [option("", own.home_any)],
    }
    chosen = [option(kind, kinds[kind]) for kind in filters.provenances if kind in held_kinds]
    if chosen:  # Slack refuses an empty list
        several["initial_options"] = chosen
    asked = {"type": "section", "text": plain(own.kinds), "accessory": several}
    return [actions(since, until, venue, tongue, order), asked]


def _select(name: str, label: str, options: dict[str, str], chosen: str, own: SlackTexts) -> Block:
    """Return a field whose first choice, “any”, tells what it is about."""
    some = dict(list(options.items())[:_MAX_OPTIONS])
    shown = {"": f"{label}: {own.home_any}", **{value: f"{label}: {title}" for value, title in some.items()}}
    return {
        "type": "static_select",
        "action_id": f"{WISH}.{name}",
        "options": [option(value, title) for value, title in shown.items()],
        "initial_option": option(chosen, shown[chosen]) if chosen in shown else option("", shown[""]),
    }


def _plainly(values: Iterable[str]) -> dict[str, str]:
    return {value: value for value in values}


def _quotable(bot: Bot) -> list[SourceSummary]:
    return [summary for summary in bot.assistant.library.summaries() if summary.quotable_words]


def _health(bot: Bot, own: SlackTexts) -> str:
    settings = bot.assistant.settings
    selector = str(settings.model) if Endpoint.from_settings(settings) else extractive.NAME
    return own.home_health.format(version=version("ask-ilya"), selector=selector, state=_state(bot, own))


def _state(bot: Bot, own: SlackTexts) -> str:
    try:
        bot.assistant.search(bot.subject, 1)
    except AskIlyaError as error:
        return str(error)
    return own.home_well


def _title(label: str) -> Block:
    return {"type": "header", "text": plain(label)}
