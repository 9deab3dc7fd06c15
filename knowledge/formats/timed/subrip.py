"""SubRip (.srt): numbered captions. The tests hold its words against the `srt` package, which tells no places."""

import re

from knowledge.formats.decoding import Decoded
from knowledge.formats.document import Document
from knowledge.formats.timed.captions import captions_document
from knowledge.formats.timed.subtitles import read_cues
from knowledge.model.errors import SourceRefused

_START = re.compile(
    r"\s*(?:\d+[ \t]*\r?\n[ \t]*)?\d{1,3}:\d\d:\d\d[.,]\d{1,3}[ \t]*-->[ \t]*\d{1,3}:\d\d:\d\d[.,]\d{1,3}"
)


def is_subrip(text: str) -> bool:
    """Whether a text is SubRip."""
    return _START.match(text.lstrip("\ufeff")[:500]) is not None


def read_subrip(decoded: Decoded, origin: str) -> Document:
    """Return the captions of a SubRip file.

    Raises:
        SourceRefused: it holds no caption.
    """
    cues = read_cues(decoded.text)
    if not any(cue.lines for cue in cues):
        raise SourceRefused(origin, "these captions hold no words; download them again.")
    return captions_document(decoded, cues, reader="subrip", how=None)
