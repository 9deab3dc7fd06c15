"""JSON of services with shapes of their own, made like that of the others: Azure, IBM, Speechmatics.

Each shape is told by its keys, wherever in the file it stands; strings keep their places.
"""

from knowledge.formats.timed.located_json import Text, Value
from knowledge.formats.timed.service_rows import Row

_MARKS = frozenset(["word", "punctuation"])


def in_known_shape(value: Value) -> Value:
    """Return a JSON value (keys in lower case) with rows, words and speakers where other services have them."""
    if isinstance(value, list):
        return [in_known_shape(item) for item in value]
    if not isinstance(value, dict):
        return value
    return _azure(value) or _speechmatics(value) or _ibm({key: in_known_shape(item) for key, item in value.items()})


def _azure(row: Row) -> Row | None:
    """Return Azure's phrase as a row of its likeliest guess, as it is shown: the others were not said."""
    first = _first(row.get("nbest"))
    shown = first.get("display") if first else None
    if not isinstance(shown, Text):
        return None
    return {**{key: item for key, item in row.items() if key != "nbest"}, "text": shown}


def _speechmatics(row: Row) -> Row | None:
    """Return Speechmatics' word or mark: what it says and who says it stand in its likeliest guess."""
    kind, first = row.get("type"), _first(row.get("alternatives"))
    if first is None or not isinstance(kind, Text) or kind.value not in _MARKS or "content" not in first:
        return None
    outside = {key: item for key, item in row.items() if key != "alternatives"}
    return {**outside, "word": first["content"], **({"speaker": first["speaker"]} if "speaker" in first else {})}


def _ibm(row: Row) -> Row:
    """Return IBM's guess with its words as objects, and its list of who speaks from when on as such a list."""
    words, labels = row.get("timestamps"), row.get("speaker_labels")
    if isinstance(words, list) and words and all(_is_timed(word) for word in words):
        row = {key: item for key, item in row.items() if key not in ("timestamps", "transcript")}
        row["words"] = [{"word": word[0], "start": word[1], "end": word[2]} for word in words if isinstance(word, list)]
    if isinstance(labels, list):
        row = {**row, "speaker_labels": [_label(one) for one in labels]}
    return row


def _label(one: Value) -> Value:
    if not isinstance(one, dict) or not {"from", "speaker"} <= one.keys():
        return one
    return {"start": one["from"], "speaker_label": one["speaker"]}


def _is_timed(word: Value) -> bool:
    return isinstance(word, list) and len(word) == 3 and isinstance(word[0], Text)


def _first(guesses: Value) -> Row | None:
    first = guesses[0] if isinstance(guesses, list) and guesses else None
    return first if isinstance(first, dict) else None
