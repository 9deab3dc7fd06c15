"""How his words reached us: the kinds, and which of them may be quoted."""

from enum import StrEnum


class Provenance(StrEnum):
    """The way from his mouth to our text, best first."""

    TRANSCRIPT = "transcript"
    """Speech written down in the language spoken."""
    QUOTATION = "quotation"
    """Printed by someone else; no transcript at hand."""
    TRANSLATION = "translation"
    """His words in another language than he spoke, or brought back from one."""
    REPORT = "report"
    """Other people's account of what he said: background, never quoted."""

    @property
    def quotable(self) -> bool:
        """Whether text of this kind can be shown as his words."""
        return self is not Provenance.REPORT


class TranscriptKind(StrEnum):
    """How a transcript was made, most careful first."""

    EDITED = "edited"
    CAPTIONS = "captions"
    ASR = "asr"
