"""Provenance: how words came into a source (transcript, writing, translation, report), and which may be quoted."""

from enum import StrEnum


class Provenance(StrEnum):
    """The way from his mouth to our text, best first."""

    TRANSCRIPT = "transcript"
    """Speech written down in the language spoken."""
    WRITTEN = "written"
    """His own text: a post, a letter, a signed statement, an essay."""
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


POST = "post"
"""The medium of what he posted on a network, such as X."""
LETTER = "letter"
"""The medium of what he wrote to somebody: a letter, an e-mail."""


class TranscriptKind(StrEnum):
    """How a transcript was made, most careful first."""

    EDITED = "edited"
    CAPTIONS = "captions"
    ASR = "asr"
