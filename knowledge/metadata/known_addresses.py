"""Which known appearance a document records, told by its address alone: the same video, the same page."""

import re
from urllib.parse import SplitResult, parse_qs, urlsplit, urlunsplit

from knowledge.metadata.catalogue import known_appearances
from knowledge.model.source import Appearance

_VIDEO = re.compile(r"[\w-]{11}")
_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|igshid|mc_[ce]id|_hs(?:enc|mi)|mkt_tok|vero_id|trk|spm|"
    r"si|feature|pp|ref_src|ref_url|cmpid|ck_subscriber_id|access_token|auth_token|session_?id|phpsessid)=",
    re.IGNORECASE,
)
"""Parameters that tell who follows a link and not what it shows."""
_VIDEO_FOLDERS = frozenset(["live", "embed", "shorts", "v"])


def occasion_at(url: str | None) -> Appearance | None:
    """Return the known appearance that an address shows, or None."""
    if not url:
        return None
    key = _key(url)
    return next((known for known in known_appearances() if key in map(_key, addresses_of(known))), None)


def addresses_of(appearance: Appearance) -> tuple[str, ...]:
    """Return every public address of an appearance that is known, pages with its words before the recording."""
    return (*appearance.pages, *([appearance.url] if appearance.url else ()))


def video_id(url: str) -> str | None:
    """Return the id of the YouTube video that an address shows, or None.

    >>> video_id("https://youtu.be/abcdefghijk?t=3"), video_id("https://example.org/watch?v=abcdefghijk")
    ('abcdefghijk', None)
    """
    parts = _split(url)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    pieces = parts.path.strip("/").split("/")
    found = ""
    if host == "youtu.be":
        found = pieces[0]
    elif host in {"youtube.com", "youtube-nocookie.com"} and pieces[0] == "watch":
        found = parse_qs(parts.query).get("v", [""])[0]
    elif host in {"youtube.com", "youtube-nocookie.com"} and len(pieces) > 1 and pieces[0] in _VIDEO_FOLDERS:
        found = pieces[1]
    return found if _VIDEO.fullmatch(found) else None


def clean_address(url: str) -> str:
    """Return an address as it may be stored and shown: without names, passwords and what tracks its reader.

    >>> clean_address("https://mira:secret@hive.example:8000/a?v=1&utm_source=x#:~:text=bees")
    'https://hive.example:8000/a?v=1'
    """
    parts = _split(url)
    if not parts.netloc:
        return url
    query = "&".join(each for each in parts.query.split("&") if not _TRACKING.match(each))
    fragment = "" if parts.fragment.startswith(":~:") else parts.fragment
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, query, fragment))


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:  # a printed address may be broken; it is then nobody's
        return SplitResult("", "", "", "", "")


def _key(url: str) -> str:
    parts = _split(url)
    return video_id(url) or (parts.hostname or "").removeprefix("www.") + parts.path.rstrip("/")
