"""Files that hold many posts, cut into one record each: X's archive, exported JSON, texts with dated posts.

A source has one date, so every post becomes a source of its own. Its raw file is the record as it stands in the bundle;
the archive's records do not say whose they are, so the account's name is put before them.
"""

import json
import re
from collections.abc import Iterator
from itertools import accumulate
from json import JSONDecodeError, JSONDecoder
from typing import NamedTuple

from knowledge.formats.decoding import is_utf8
from knowledge.formats.post_records import Post, post_in
from knowledge.formats.timed.located_json import BrokenJson, parse
from knowledge.model.errors import SourceRefused
from knowledge.model.subject import Subject
from knowledge.writings.post_heads import heads_in

_ARCHIVE = re.compile(r"\s*window\.YTD\.(?P<part>\w+)\.part\d+\s*=\s*")
_LIST = re.compile(r"\s*(?:\{\s*\"\w+\"\s*:\s*)?\[\s*(?=\{)")
_BETWEEN = re.compile(r"[\s,]*")
_MOST = 0.8
"""Share of a list's objects that must be posts for it to be a list of posts."""


class PostPiece(NamedTuple):
    """One post of a bundle: a name for its source, and its raw file."""

    name: str
    raw: bytes


class PostBundle(NamedTuple):
    """The subject's own posts of a file, and how many of other people or repeated ones were left out."""

    pieces: tuple[PostPiece, ...]
    left_out: int


def posts_of(raw: bytes, *, origin: str, account: bytes | None, subject: Subject) -> PostBundle | None:
    """Return the posts that a file bundles; None where it is no such file, or holds none of the subject's.

    `account` is the file `account.js` that stands beside the posts of X's archive.

    Raises:
        SourceRefused: it is a part of X's archive that holds no posts, or that does not say whose they are.
    """
    if not is_utf8(raw):
        return None
    text = raw.decode("utf-8").lstrip("\ufeff")
    archive = _ARCHIVE.match(text)
    if archive:
        return _archived(text[archive.end() :], archive["part"], origin, account, subject)
    if text.lstrip()[:1] in ("[", "{"):
        return _listed(text, "", subject)
    return _copied(text, subject)


def _archived(text: str, part: str, origin: str, account: bytes | None, subject: Subject) -> PostBundle | None:
    if part not in ("tweets", "tweet", "community_tweet", "note_tweet"):
        raise SourceRefused(origin, f"this part of X's archive ({part}) holds no posts; add tweets.js.")
    named = _account(account)
    if named is None:
        raise SourceRefused(origin, "X's archive says whose posts these are in account.js: keep it beside this file.")
    found = _listed(text, f'{{"account": {json.dumps(named, ensure_ascii=False)}, ', subject)
    if found is None:
        raise SourceRefused(origin, f"these posts are of @{named['username']}, which is no account of {subject.name}.")
    return found


def _account(account: bytes | None) -> dict[str, str] | None:
    """Return the account's name and handle; nothing else that the archive knows of a person."""
    text = account.decode("utf-8", "replace") if account else ""
    handle = re.search(r'"username"\s*:\s*"(\w+)"', text)
    name = re.search(r'"accountDisplayName"\s*:\s*("(?:[^"\\]|\\.)*")', text)
    if handle is None:
        return None
    return {"username": handle[1], **({"accountDisplayName": json.loads(name[1])} if name else {})}


def _listed(text: str, before: str, subject: Subject) -> PostBundle | None:
    records = list(_records(text))
    posts = [(record, post) for record in records if (post := _post(before + record[1:] if before else record))]
    if not posts or len(posts) < _MOST * len(records) or (len(records) == 1 and not before and text[:1] == "{"):
        return None
    own = [
        (before + record[1:] if before else record, post)
        for record, post in posts
        if post.handle and subject.owns(post.handle) and not post.is_repost
    ]
    if not own:
        return None
    pieces = tuple(
        PostPiece(f"x-{post.day}-{post.number or number}", record.encode()) for number, (record, post) in enumerate(own)
    )
    return PostBundle(pieces, len(records) - len(own))


def _records(text: str) -> Iterator[str]:
    """Yield the objects of a JSON list, or of JSON Lines, as they stand in the text."""
    start = _LIST.match(text)
    position = start.end() if start else len(text) - len(text.lstrip())
    decoder = JSONDecoder()
    while text.startswith("{", position):
        try:
            _, end = decoder.raw_decode(text, position)
        except JSONDecodeError:
            return
        yield text[position:end]
        match = _BETWEEN.match(text, end)
        position = match.end() if match else end


def _post(record: str) -> Post | None:
    try:
        return post_in(parse(record))
    except BrokenJson:
        return None


def _copied(text: str, subject: Subject) -> PostBundle | None:
    """Return the posts of a text in which at least two lines say who posted what follows, and when."""
    lines = text.splitlines(keepends=True)
    starts = [0, *accumulate(len(line) for line in lines)]
    heads = [(starts[placed.first], placed.head) for placed in heads_in(lines)]
    if len(heads) < 2:
        return None
    ends = [start for start, _ in heads[1:]] + [len(text)]
    pieces = tuple(
        PostPiece(f"x-{head.day}-{number}", text[start:end].encode())
        for number, ((start, head), end) in enumerate(zip(heads, ends, strict=True), 1)
        if subject.owns(head.handle)
    )
    return PostBundle(pieces, len(heads) - len(pieces)) if pieces else None
