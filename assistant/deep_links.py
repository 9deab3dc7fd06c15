"""Addresses that open at the words: the second of a video, the page of a PDF, else the quoted words on the page.

Times: YouTube's `t=`. Pages: `#page=` of PDF (RFC 8118). Words: text fragments
(https://wicg.github.io/scroll-to-text-fragment/), the first and last words of the quote; a browser that does not know
them, or does not find them, opens the page at its top.
"""

import re
from urllib.parse import quote, urlsplit

_VIDEOS = ("youtube.com/watch", "youtu.be/")
_EDGE_WORDS = 4
_SHORT = 10
"""Words up to which a quote stands in the address as a whole."""


def deep_link(url: str | None, *, seconds: float | None, words: str, page: int | None = None) -> str | None:
    """Return the address with the moment, the page or the words of a quote, where the site understands one.

    >>> deep_link("https://youtu.be/x", seconds=61.9, words="So it goes.")
    'https://youtu.be/x?t=61'
    >>> deep_link("https://example.org/talk", seconds=None, words="So it goes.")
    'https://example.org/talk#:~:text=So%20it%20goes.'
    >>> deep_link("https://example.org/deposition.pdf", seconds=None, words="So it goes.", page=3)
    'https://example.org/deposition.pdf#page=3'
    """
    if url is None:
        return None
    if any(site in url for site in _VIDEOS):
        return url if seconds is None else f"{url}{'&' if '?' in url else '?'}t={int(seconds)}"
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or parts.fragment:
        return url
    if page is not None:
        return f"{url}#page={page}"
    if parts.path.lower().endswith(".pdf"):
        return url
    return f"{url}#:~:text={_fragment(words)}"


def _fragment(words: str) -> str:
    """Return the text directive: `start,end`, or the whole of a short quote; `-`, `,` and `&` are its own marks."""
    parts = re.findall(r"\S+", words)
    if len(parts) <= _SHORT:  # a text without spaces, such as Chinese, is one part
        return _encoded(words if len(words) <= 200 else words[:60])
    return f"{_encoded(' '.join(parts[:_EDGE_WORDS]))},{_encoded(' '.join(parts[-_EDGE_WORDS:]))}"


def _encoded(text: str) -> str:
    # the first is a mark of the directive, the others are of Markdown, in which addresses are shown too
    return quote(text, safe="").replace("-", "%2D").replace("_", "%5F").replace("~", "%7E")
