"""Names that a file lists once and its rows give by number: Rev's speakers, Gong's parties, a meeting's people."""

from collections.abc import Iterator

from knowledge.formats.timed.located_json import Text, Value
from knowledge.formats.timed.service_rows import SPEAKERS

_LISTS = frozenset("speakers parties participants contributors voices users attendees people members".split())
_IDS = ("speakerid", "speaker_id", "speaker", "id", "key", "uuid", "index", "number", "label")
"""The number by which rows call a speaker, before the one by which the service keeps the person."""
_NAMES = ("name", "display_name", "displayname", "full_name", "fullname", "speaker_name")


def with_listed_names(value: Value) -> Value:
    """Return a JSON value (keys in lower case) whose rows name their speakers as its lists do.

    A number that two entries call otherwise stays a number.
    """
    listed: dict[str, set[str]] = {}
    for number, name in _listed(value):
        listed.setdefault(number, set()).add(name)
    names = {number: next(iter(found)) for number, found in listed.items() if len(found) == 1}
    return _named(value, names) if names else value


def _listed(value: Value) -> Iterator[tuple[str, str]]:
    if isinstance(value, list):
        for item in value:
            yield from _listed(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            entries = item if isinstance(item, list) else []
            for entry in entries if key in _LISTS else ():
                number, name = _first(entry, _IDS), _first(entry, _NAMES)
                if number and name:
                    yield number, name
            yield from _listed(item)


def _first(entry: Value, keys: tuple[str, ...]) -> str:
    if not isinstance(entry, dict):
        return ""
    return next((found for key in keys if (found := _key(entry.get(key)))), "")


def _named(value: Value, names: dict[str, str]) -> Value:
    if isinstance(value, list):
        return [_named(item, names) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: Text(names[number], 0, 0) if key in SPEAKERS and (number := _key(item)) in names else _named(item, names)
        for key, item in value.items()
    }


def _key(value: Value) -> str:
    if isinstance(value, Text):
        return value.value.strip()
    return f"{value:g}" if isinstance(value, float) and not isinstance(value, bool) else ""
