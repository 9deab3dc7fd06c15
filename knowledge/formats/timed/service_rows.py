"""The names under which tables and JSON of transcription services keep words, times and speakers."""

import re
from collections.abc import Sequence

from knowledge.formats.timed.located_json import Text, Value
from knowledge.formats.timed.timestamps import CLOCK, seconds_of

TIMES = (
    "start", "timestamp", "timestamps", "start_time", "starttime", "time", "offset", "begin", "tstartms", "startms",
    "start_ms", "ts", "offsetinticks", "start_ts", "starttime_ms", "startoffset",
    "offsetmilliseconds",
)  # fmt: skip
ENDS = ("end", "end_time", "endtime", "endms", "end_ms", "end_ts")
SPEAKERS = (
    "speaker", "speaker_name", "speakername", "name", "speaker_label", "speaker_id", "speakerid", "speakertag",
    "speaker_tag", "who", "voice",
)  # fmt: skip
TEXTS = ("text", "content", "utterance", "transcript", "sentence", "message", "body")
_SECONDS = re.compile(r"(\d{1,6}(?:\.\d+)?)s?")

Row = dict[str, Value]


def speakers_in(row: Row, keys: Sequence[str] = SPEAKERS) -> list[str]:
    """Return what the fields of a row say about who speaks: names, names in objects, numbers that a machine gave."""
    return [speaker for key in keys if (speaker := _speaker(row.get(key))) is not None]


def _speaker(item: Value) -> str | None:
    if isinstance(item, dict):
        item = next((item[name] for name in ("name", "label", "id") if isinstance(item.get(name), Text)), None)
    if isinstance(item, Text) and item.value.strip():
        return item.value.strip()
    if isinstance(item, float) and not isinstance(item, bool):
        return f"Speaker {item:g}"
    return None


def ends_in(row: Row) -> float | None:
    """Return the time in seconds at which a row says that it ends."""
    times = (seconds_in(row.get(key), milliseconds=_counts_milliseconds(key)) for key in ENDS)
    return next((time for time in times if time is not None), None)


def starts_in(row: Row) -> float | None:
    """Return the time in seconds at which a row says that it starts; ticks are a tenth of a microsecond."""
    for key in TIMES:
        seconds = seconds_in(row.get(key), milliseconds=_counts_milliseconds(key))
        if seconds is not None:
            return seconds / 10_000_000 if key.endswith("ticks") else seconds
    return None


def _counts_milliseconds(key: str) -> bool:
    return key.endswith(("ms", "milliseconds"))


def seconds_in(value: Value, *, milliseconds: bool = False) -> float | None:
    """Return the seconds that a value stands for: a number, `00:01:02,5`, `"62.5"`, `62.5s`, or an object of these."""
    if isinstance(value, dict):  # whisper.cpp: {"from": "00:00:01,000", "to": …}; Google: {"seconds": "62"}
        return seconds_in(value.get("from", value.get("seconds")))
    if isinstance(value, Text):
        bare = value.value.strip().strip("()[]")
        seconds = _SECONDS.fullmatch(bare)
        if seconds:
            return float(seconds[1]) / (1000 if milliseconds else 1)
        return seconds_of(bare) if re.fullmatch(CLOCK, bare) else None
    if isinstance(value, float) and not isinstance(value, bool) and value >= 0:
        return value / 1000 if milliseconds else value
    return None
