"""Which reading of a file is today's: a source read by an older reader is read anew from its stored file."""

VERSION = 3
"""Changes whenever a reader makes another text, other turns or other times of the same bytes."""
_NAMES = frozenset(
    [
        "labelled",
        "unlabelled",
        "background",
        "reading-list",
        "webvtt",
        "subrip",
        "whisper-tsv",
        "transcript-json",
        "table",
    ]
)


def versioned(name: str) -> str:
    """Return the name under which a source keeps its reader.

    >>> versioned("webvtt").partition("/")[0]
    'webvtt'
    """
    return f"{name}/{VERSION}"


def is_outdated(reader: str) -> bool:
    """Whether a source was read by an older version of one of these readers; the quotation book is none of them."""
    name, _, version = reader.partition("/")
    return name in _NAMES and version.isdecimal() and int(version) < VERSION
