"""A claim as its reader sees it: entities read, mark-up that only shows words taken out, every offset kept.

A claim is read more strictly than a source. What is not known to be mere mark-up stays in the text, for
`assistant.checking.marks` to find: a word in angle brackets is a word to whoever reads the quotation.
"""

import html
import re

_JOINER = "\u2060"  # read as nothing, even inside a word
_INLINE = "a abbr b bdi bdo cite code dfn em font i kbd mark q samp small span strong time u var wbr"
_BLOCK = "article blockquote body br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main ol p"
_BLOCK += " pre section table tbody td th thead tr ul"
# Attributes that neither hide words nor show others.
_ATTRIBUTES = (
    r"(?:\s+(?:href|class|id|lang|dir|target|rel|cite|datetime|data-[\w-]+)"
    r"\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>=]+))*"
)
_TAG = re.compile(rf"</?(?P<name>{'|'.join((_INLINE + ' ' + _BLOCK).split())}){_ATTRIBUTES}\s*/?>", re.IGNORECASE)
_BLOCKS = frozenset(_BLOCK.split())
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_LINK = re.compile(r"(?<=[\w.,!?’'\")\]])\]\((?:https?://|/|#|mailto:)[^()\s]*(?:\s+\"[^\"]*\")?\)")
_LINE_QUOTED = re.compile(r"^[ \t]*>[> \t]*", re.MULTILINE)
_NUMBERS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion"
)
# A footnote's number sits on a word or behind its punctuation; after a number, or apart, digits are part of the claim.
_FOOTNOTE = re.compile(
    r"(?P<word>[^\W\d_]{2,})?(?P<closed>[.,;:!?。，！？”’\"'»」)]*)"
    r"(?P<note>\[\^?\d{1,3}\]|<sup>\s*\[?\d{1,3}\]?\s*</sup>|[⁰¹²³⁴-⁹]{1,3})(?![\w\[])"
)
_LAST_NOTE = re.compile(r"(?<=[.,;:!?。！？”’\"'»」)])[ \u00a0]{1,2}\[\^?\d{1,3}\](?=[\s”’\"'»」]*$)")
"""A note's number apart from the last sentence, behind its full stop: no part of a claim stands there."""
_AFTER_NUMBER = frozenset(_NUMBERS.split())


def as_read(text: str) -> str:
    """Return a text of the same length in which harmless mark-up is blank and entities are characters.

    >>> as_read("It&rsquo;s <b>near</b>.").replace("\\u2060", "")
    'It’s near.'
    """
    shown = _FOOTNOTE.sub(_without_note, text) if "[" in text or "sup" in text or re.search("[⁰-⁹¹²³]", text) else text
    shown = _LAST_NOTE.sub(lambda match: _JOINER * len(match[0]), shown)
    shown = _TAG.sub(_blank, shown)
    shown = _LINK.sub(lambda match: _JOINER * len(match[0]), shown)
    shown = _LINE_QUOTED.sub(lambda match: " " * len(match[0]), shown)
    return _ENTITY.sub(_character, shown)


def _without_note(match: re.Match[str]) -> str:
    word, closed = match["word"] or "", match["closed"]
    if not (word or closed) or (not closed and word.casefold() in _AFTER_NUMBER):
        return match[0]
    return word + closed + _JOINER * len(match["note"])


def _blank(match: re.Match[str]) -> str:
    return (" " if match["name"].lower() in _BLOCKS else _JOINER) * len(match[0])


def _character(match: re.Match[str]) -> str:
    character = html.unescape(match[0])
    return character + _JOINER * (len(match[0]) - len(character)) if len(character) <= len(match[0]) else match[0]
