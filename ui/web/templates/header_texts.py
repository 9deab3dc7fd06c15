"""What the header and the pages of errors say, in English and Chinese."""

from dataclasses import dataclass

from ui.texts.text_tables import text_table


@dataclass(frozen=True)
class HeaderTexts:
    """The header in one language; `other` is the other language's own name, `other_code` its tag."""

    topics: str
    places: str
    skip: str
    other: str
    other_code: str
    dark: str
    trouble: str
    no_page: str


def header_texts(language: str) -> HeaderTexts:
    """Return the header's texts for a language tag; English where we have no other."""
    return text_table(HeaderTexts, "header", language)
