"""Every sentence that only Slack needs, in English and Chinese; what the web page says too is read there."""

from dataclasses import dataclass

from ui.texts.text_tables import text_table


@dataclass(frozen=True)
class SlackTexts:
    """The bot in one language. `{name}` marks what code fills in."""

    working: str
    checked: str
    permalink: str
    share: str
    another: str
    no_other: str
    shared_by: str
    too_long_to_share: str
    gone: str
    interrupted: str
    wrong_title: str
    wrong_question: str
    send: str
    save: str
    cancel: str
    switched_off: str
    admins_only: str
    not_a_channel: str
    rules_title: str
    rules_saved: str
    allowed: str
    mention_only: str
    kinds: str
    framing_language: str
    languages: dict[str, str]
    max_quotes: str
    as_everywhere: str
    daily_at: str
    never: str
    daily: str
    help: tuple[str, ...]
    check_usage: str
    nothing_to_check: str
    claim: str
    home_knows: str
    home_counts: str
    home_more: str
    home_examples: str
    home_ask: str
    home_filters: str
    home_filters_hint: str
    home_any: str
    home_since: str
    home_until: str
    home_venue: str
    home_language: str
    by_relevance: str
    by_date: str
    home_health: str
    home_well: str


def slack_texts(language: str) -> SlackTexts:
    """Return the bot's texts for a language tag; English where we have no other."""
    return text_table(SlackTexts, "slack", language)
