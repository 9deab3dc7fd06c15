"""What the header and the pages of errors say, in English and Chinese."""

from dataclasses import dataclass


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


ENGLISH = HeaderTexts(
    topics="Topics",
    places="Places",
    skip="Skip to the content",
    other="中文",
    other_code="zh",
    dark="Dark colours",
    trouble="That did not work",
    no_page="There is no page at this address.",
)

CHINESE = HeaderTexts(
    topics="话题",
    places="导航",
    skip="跳到正文",
    other="English",
    other_code="en",
    dark="深色",
    trouble="没有成功",
    no_page="此地址没有页面。",
)

BY_LANGUAGE = {"en": ENGLISH, "zh": CHINESE}


def header_texts(language: str) -> HeaderTexts:
    """Return the header's texts for a language tag; English where we have no other."""
    return BY_LANGUAGE.get(language.split("-")[0], ENGLISH)
