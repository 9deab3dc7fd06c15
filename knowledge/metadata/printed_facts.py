"""What a document prints about itself: title, date, venue, address. Never guessed from what is said in it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from knowledge.formats.blocks import Block, BlockKind
from knowledge.formats.timed.timestamps import CLOCK, seconds_of, stamp_at
from knowledge.model.dates import MONTHS
from knowledge.model.word_rules import RuleFile
from knowledge.text.language import is_cjk

PRINTED = RuleFile(Path(__file__).with_suffix(".yaml"))

_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\r?\n(?P<yaml>.*?)\r?\n---[ \t]*(?:\r?\n|$)", re.DOTALL)
_TITLE = ("title", "og:title", "headline", "name", "episode")
_DATE = (
    "date", "upload_date", "publish_date", "published", "published_at", "publishdate", "pubdate", "recorded",
    "release_date", "article:published_time", "datepublished", "og:published_time",
)  # fmt: skip
_URL = ("url", "youtube_url", "source_url", "link", "video_url", "source", "canonical", "og:url")
_VENUE = (
    "channel",
    "podcast",
    "show",
    "venue",
    "publication",
    "program",
    "programme",
    "event",
    "og:site_name",
)
_HOSTS = ("host", "hosts", "interviewer", "interviewers")
_NAME = re.compile(
    r"(?:(?:[A-ZÀ-ÖØ-Þ][\w’'-]*\.?|[a-z]{2,3}|[“\"(（][^”\")）]{1,30}[”\")）])(?:\s+|$)){1,6}|[\u3400-\u9fff·]{2,8}"
)
_DATED_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?([01]\d)[-_.]?([0-3]\d)(?!\d)")
_HEADER_LINES = 15
_TITLE_LINES = 10


@dataclass(frozen=True)
class Facts:
    """What a document says about itself; None where it says nothing."""

    title: str | None = None
    date: str | None = None
    venue: str | None = None
    interviewers: tuple[str, ...] = ()
    url: str | None = None
    language: str | None = None
    seconds: float | None = None
    declared: Mapping[str, Any] = field(default_factory=dict)
    """Everything it declares in a header, keys in lower case."""


def front_matter(text: str) -> tuple[dict[str, Any], int]:
    """Return the YAML header of a text, keys in lower case, and where the text after it starts."""
    match = _FRONT_MATTER.match(text)
    if not match:
        return {}, 0
    try:
        loaded = yaml.load(match["yaml"], Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError):
        return {}, match.end()
    if not isinstance(loaded, dict):
        return {}, 0
    return {str(key).lower(): value for key, value in loaded.items()}, match.end()


def header_lines(blocks: Iterable[Block]) -> dict[str, str]:
    """Return the `Key: value` lines with which a text opens, when it opens with a title or an address."""
    found: dict[str, str] = {}
    repeated: set[str] = set()  # a host who comes twice is a label that speaks
    for number, block in enumerate(blocks):
        if number >= _HEADER_LINES:
            break
        match = PRINTED.find("header", block.text)
        if match and len(block.text) < 400:
            key = match["key"].strip().lower().replace(" ", "_")
            repeated |= {key} & found.keys()
            found.setdefault(key, match["value"].strip())
    known = {*_TITLE, *_DATE, *_URL, *_VENUE, *_HOSTS, "duration"} - (repeated & {*_HOSTS})
    return {key: value for key, value in found.items() if key in known}


def declared_facts(declared: Mapping[str, Any]) -> Facts:
    """Return the facts that a header (front matter, meta tags, `Key: value` lines) declares."""
    seconds = declared.get("duration_seconds") or declared.get("duration")
    return Facts(
        title=_first(declared, _TITLE),
        date=next((found for key in _DATE if (found := partial_date(declared.get(key)))), None),
        venue=_first(declared, _VENUE),
        interviewers=_names(next((declared[key] for key in _HOSTS if declared.get(key)), None)),
        url=next((url for key in _URL if (url := _address(declared.get(key)))), None),
        language=_first(declared, ("lang", "language")),
        seconds=_duration(seconds),
        declared=declared,
    )


def printed_facts(facts: Facts, blocks: tuple[Block, ...]) -> Facts:
    """Fill what no header declares from the top of the text: its first heading or headline, a byline with a date."""
    title, venue, day = facts.title, facts.venue, facts.date
    lines = [" ".join(block.text.split()) for block in blocks[:_TITLE_LINES]]
    for block, text, below in zip(blocks, lines, [*lines[1:], ""], strict=False):
        byline = PRINTED.find("byline", text)
        if byline and len(text) < 100:
            day = day or partial_date(byline["date"])
            venue = venue or byline["outlet"].strip(" -–—|·") or None
        elif title is None and (_is_headline(block, text) or PRINTED.found("byline", below)):
            title = text
    return Facts(title, day, venue, facts.interviewers, facts.url, facts.language, facts.seconds, facts.declared)


def partial_date(value: object) -> str | None:
    """Return a date as ISO 8601, as exactly as it is printed; None when there is none.

    >>> partial_date("January 2015"), partial_date("2023 年 3 月(次日)"), partial_date("May 8, 2020")
    ('2015-01', '2023-03', '2020-05-08')
    """
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int) and 19000101 <= value <= 21001231:
        value = f"{value // 10000}-{value // 100 % 100:02}-{value % 100:02}"
    text = str(value or "")
    text = re.sub(r"\b((?:19|20)\d\d)([01]\d)([0-3]\d)\b", r"\1-\2-\3", text)
    for pattern in PRINTED.of_kind("date"):
        for match in pattern.finditer(text):
            found = _iso(match.groupdict())
            if found:
                return found
    return None


def date_in_name(origin: str) -> str | None:
    """Return the one whole date that a file's name holds; None where it holds none, two, or only a year.

    >>> date_in_name("/talks/vane-2021-05-11.txt"), date_in_name("vane-20210511.vtt"), date_in_name("vane-2021.txt")
    ('2021-05-11', '2021-05-11', None)
    """
    name = origin.rstrip("/").replace("\\", "/").rpartition("/")[2]
    found = {partial_date("-".join(match.groups())) for match in _DATED_NAME.finditer(name)} - {None}
    whole = [day for day in found if day and len(day) == 10]
    return whole[0] if len(whole) == 1 else None


def _iso(parts: dict[str, str | None]) -> str | None:
    month = int(str(parts["m"])) if parts.get("m") else None
    if parts.get("month"):
        written = str(parts["month"]).capitalize()
        names = [number for number, name in enumerate(MONTHS, 1) if name.startswith(written)]
        if len(str(parts["month"])) < 3 or not names:
            return None
        month = names[0]
    day = int(str(parts["d"])) if parts.get("d") else None
    try:
        date(int(str(parts["y"])), month or 1, day or 1)
    except ValueError:
        return None
    numbers = [str(parts["y"])] + [f"{part:02}" for part in (month, day) if part]
    return "-".join(numbers)


def _is_headline(block: Block, text: str) -> bool:
    """Whether a line is a headline by its mark-up, or stands on its own, is short and is no sentence."""
    if block.kind is BlockKind.HEADING:
        return not PRINTED.found("section", text.strip(" :"))
    long_enough = len(text) >= 6 if is_cjk(text) else len(text.split()) >= 4
    return (
        block.kind is BlockKind.PARAGRAPH
        and long_enough
        and len(text) <= 150
        and stamp_at(text) is None
        and not re.search(r"[.,;。，；？]$|:\s|：", text)
        and not text[0].islower()
    )


def _first(declared: Mapping[str, Any], keys: Iterable[str]) -> str | None:
    for key in keys:
        value = declared.get(key)
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())
    return None


def _address(value: object) -> str | None:
    match = re.search(r"https?://[^\s<>\"')\]]+", str(value or ""))
    return match.group() if match else None


def _names(value: object) -> tuple[str, ...]:
    """Return the names in a value; none where it holds anything else, as in "Host: Why do bees dance?"."""
    parts = re.split(r"\s*(?:,|&|;|、|\band\b|和)\s*", value) if isinstance(value, str) else value
    if not isinstance(parts, list):
        return ()
    names = tuple(str(part).strip() for part in parts if str(part).strip())
    return names if all(map(_NAME.fullmatch, names)) else ()


def _duration(value: object) -> float | None:
    if isinstance(value, int | float):
        return float(value)
    text = str(value or "").strip()
    return seconds_of(text) if re.fullmatch(CLOCK, text) else None
