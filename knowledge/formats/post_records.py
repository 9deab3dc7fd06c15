"""Posts as JSON records: what X's archive and exporting programs make of one post.

A record is one object with a text, a day and whose account it is; `knowledge.library.bundles` cuts it from its file.
"""

import re
from datetime import UTC, datetime
from typing import NamedTuple

from knowledge.formats.blocks import Block, BlockKind, Piece
from knowledge.formats.decoding import Decoded
from knowledge.formats.document import Document
from knowledge.formats.timed.located_json import BrokenJson, Text, Value, parse, pieces_of
from knowledge.metadata.printed_facts import declared_facts, partial_date
from knowledge.model.errors import SourceRefused

_TEXTS = ("full_text", "text", "rawcontent", "content", "body")
_DAYS = ("created_at", "createdat", "date", "timestamp", "time", "posted_at", "published")
_ACCOUNTS = ("user", "author", "account")
_HANDLES = ("username", "screen_name", "screenname", "handle", "user_name")
_NAMES = ("accountdisplayname", "display_name", "displayname", "name", "fullname")
_NUMBERS = ("id_str", "id", "tweet_id", "tweetid", "post_id", "status_id")
_ADDRESSES = ("url", "link", "permalink", "tweet_url", "permanenturl", "twitterurl")
_ENTITY = re.compile(r"&(amp|lt|gt|quot|#39);")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "#39": "'"}
_X_DAY = "%a %b %d %H:%M:%S %z %Y"
_X_EPOCH = 1288834974657
"""Milliseconds since 1970 at which the numbers of posts begin to hold their time."""
_STATUS = re.compile(r"https?://(?:www\.|mobile\.)?(?:x|twitter)\.com/(?P<handle>\w+)/status(?:es)?/(?P<number>\d+)")
_REPOST = re.compile(r"RT @\w+")


class Post(NamedTuple):
    """One post: its text in the file, its day, and whose account posted it as far as the record says."""

    text: Text
    day: str
    handle: str | None
    name: str | None
    number: str | None
    address: str | None

    @property
    def is_repost(self) -> bool:
        """Whether the words are somebody else's."""
        return _REPOST.match(self.text.value) is not None

    @property
    def agrees(self) -> bool:
        """Whether the day is the one that the post's number holds, time zones apart."""
        if self.number is None or len(self.number) < 15:
            return True
        held = datetime.fromtimestamp(((int(self.number) >> 22) + _X_EPOCH) / 1000, UTC)
        return len(self.day) < 10 or abs((datetime.fromisoformat(self.day).date() - held.date()).days) <= 1


def post_in(value: Value) -> Post | None:
    """Return the post that a JSON value is; None where it has no text, no day, or names no account."""
    if not isinstance(value, dict):
        return None
    fields = {key.lower(): item for key, item in value.items()}
    inner = fields.get("tweet")
    if isinstance(inner, dict):
        fields = {**{key: item for key, item in fields.items() if key in _ACCOUNTS}, **_lowered(inner)}
    text = next((item for key in _TEXTS if isinstance(item := fields.get(key), Text) and item.value.strip()), None)
    day = next((found for key in _DAYS if (found := _day(fields.get(key)))), None)
    if text is None or day is None:
        return None
    around = next((item for key in _ACCOUNTS if isinstance(item := fields.get(key), dict)), {})
    account = {**_lowered(around), **{key: item for key, item in fields.items() if key in _HANDLES}}
    if isinstance(author := fields.get("author"), Text):
        account.setdefault("name", author)
    address = next((item.value for key in _ADDRESSES if isinstance(item := fields.get(key), Text)), "")
    status = _STATUS.search(address)
    handle = _first(account, _HANDLES) or (status["handle"] if status else None)
    name = _first(account, _NAMES)
    if handle is None and name is None:
        return None
    number = status["number"] if status else next((n for key in _NUMBERS if (n := _number(fields.get(key)))), None)
    handle = handle.lstrip("@") if handle else None
    built = f"https://x.com/{handle}/status/{number}" if handle and number and inner else None
    return Post(text, day, handle, name, number, status.group() if status else (address or built))


def is_status(address: str) -> bool:
    """Whether an address is that of a post on X."""
    return _STATUS.match(address) is not None


def is_post(text: str) -> bool:
    """Whether a text is the JSON record of one post."""
    if not text.lstrip("\ufeff \t\r\n").startswith("{"):
        return False
    try:
        return post_in(parse(text)) is not None
    except BrokenJson:
        return False


def read_post(decoded: Decoded, origin: str) -> Document:
    """Return a post's record as a document; who posted it stands in its facts as `author` and `handle`."""
    post = post_in(parse(decoded.text))
    if post is None:
        raise SourceRefused(origin, "this JSON record is no post; save its text as .txt.")
    declared = {
        "title": f"Post on X, {post.day}",
        "date": post.day,
        "venue": "X",
        "author": post.name or "",
        "handle": post.handle or "",
        **({"url": post.address} if post.address else {}),
    }
    refuted = None
    if post.is_repost:
        refuted = "it repeats somebody else's post"
    elif not post.agrees:
        refuted = f"its number does not hold the day it gives ({post.day})"
    blocks = tuple(_lines(pieces_of(decoded.text, post.text)))
    return Document(decoded, blocks, declared_facts(declared), "post", wrapped=True, refuted=refuted)


def _lines(pieces: tuple[Piece, ...]) -> list[Block]:
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.text == "\n":
            lines.append([])
            continue
        position = 0
        for entity in _ENTITY.finditer(piece.text):
            lines[-1].append(piece.cut(position, entity.start()))
            span = piece.raw(*entity.span())
            lines[-1].append(Piece(_ENTITIES[entity[1]], *span))
            position = entity.end()
        lines[-1].append(piece.cut(position, len(piece.text)))
    return [Block(BlockKind.PARAGRAPH, tuple(p for p in line if p.text)) for line in lines if any(p.text for p in line)]


def _lowered(value: dict[str, Value]) -> dict[str, Value]:
    inner = value.get("account")
    fields = inner if isinstance(inner, dict) else value
    return {key.lower(): item for key, item in fields.items()}


def _first(fields: dict[str, Value], keys: tuple[str, ...]) -> str | None:
    return next((item.value for key in keys if isinstance(item := fields.get(key), Text) and item.value.strip()), None)


def _number(value: Value) -> str | None:
    if isinstance(value, Text):
        return value.value if value.value.isdecimal() else None
    return str(int(value)) if isinstance(value, float) and value > 0 else None


def _day(value: Value) -> str | None:
    if isinstance(value, Text):
        try:
            return datetime.strptime(value.value, _X_DAY).date().isoformat()
        except ValueError:
            found = partial_date(value.value)
            return found if found and len(found) == 10 else None
    if isinstance(value, float) and not isinstance(value, bool) and value > 1e9:
        return datetime.fromtimestamp(value / (1000 if value > 1e11 else 1), UTC).date().isoformat()
    return None
