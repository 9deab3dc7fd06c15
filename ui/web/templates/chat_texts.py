"""What the asking side says beyond its answers: first page, conversations, sources panel, menus; in both languages."""

from dataclasses import dataclass

from ui.texts.text_tables import text_table


@dataclass(frozen=True)
class ChatTexts:
    """The asking side in one language. `{name}` marks what code fills in."""

    description: str
    by_topic: str
    all_topics: str
    of_the_day: str
    unanswered: str
    talk: str
    asked: str
    answer: str
    no_answer: str
    edit_here: str
    cancel: str
    cite_as: str
    all_forms: str
    plain_form: str
    more: str
    copy_link: str
    certificate: str
    compare: str
    compare_title: str
    compare_hint: str
    undo: str
    impossible: str
    conversations: str
    new_conversation: str
    find_conversation: str
    none_found: str
    rename: str
    deleted: str
    as_markdown: str
    as_html: str
    today: str
    yesterday: str
    last_week: str
    panel: str
    panel_hint: str
    find_source: str
    only_this: str
    all_sources: str
    searched_of: str
    words: str
    gap: str
    renderings: str
    play: str
    map: str
    map_quote: str
    add_line: str
    send: str
    keys_title: str
    keys: dict[str, str]
    failed: str


def chat_texts(language: str) -> ChatTexts:
    """Return the asking side's texts for a language tag; English where we have no other."""
    return text_table(ChatTexts, "chat", language)
