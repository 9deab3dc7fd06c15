"""Every sentence of the page itself, in English and Chinese. What stands around the quotes is in `ui.rendering`."""

from dataclasses import dataclass

from assistant.answers import Stage
from assistant.records.saved_answers import Verdict
from knowledge.model.turns import Role
from ui.texts.text_tables import text_table


@dataclass(frozen=True)
class PageTexts:
    """The page in one language. `{name}` marks what code fills in."""

    code: str
    title: str
    promise: str
    placeholder: str
    question_label: str
    ask: str
    stop: str
    stopped: str
    try_one: str
    steps: dict[Stage, str]
    read: str
    copy: str
    copied: str
    link: str
    cite: str
    link_answer: str
    as_json: str
    more: str
    good: str
    bad: str
    reasons: dict[Verdict, str]
    thanks: str
    timeline: str
    blank: str
    too_long: str
    failed: str
    library_unavailable: str
    index_unavailable: str
    too_much: str
    bad_filters: str
    reader: str
    close: str
    search_within: str
    previous: str
    following: str
    role: dict[Role, str]
    not_his: str
    whole_source: str
    words_counted: str
    nav_ask: str
    nav_check: str
    nav_library: str
    choose_file: str
    no_file: str
    missing_title: str
    missing: str
    lost: str
    asked_on: str
    filters: str
    filter_names: dict[str, str]
    any_value: str
    remove: str
    delete: str
    export: str
    by_date: str
    again: str
    edit: str
    sign_in: str
    sign_out: str
    name: str
    password: str
    wrong_password: str
    too_many_tries: str
    too_large: str


def page_texts(language: str) -> PageTexts:
    """Return the page's texts for a language tag; English where we have no other."""
    return text_table(PageTexts, "page", language)
