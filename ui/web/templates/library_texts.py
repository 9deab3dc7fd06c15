"""What the library page says, in English and Chinese."""

from dataclasses import dataclass

from knowledge.library.importer import Outcome
from ui.texts.text_tables import text_table
from ui.web.uploads.upload_items import UploadState


@dataclass(frozen=True)
class LibraryTexts:
    """The library page in one language. `{name}` marks what code fills in; pairs are for one and for several."""

    columns: dict[str, str]
    speakers_known: str
    speakers_unknown: tuple[str, str]
    change: str
    words_per_year: str
    find: str
    nothing_held: str
    take_out: str
    take_out_sure: str
    told_apart: str
    drop_here: str
    choose: str
    adding: str
    uploads: str
    report: tuple[str, ...]
    outcomes: dict[Outcome, str]
    states: dict[UploadState, str]
    sending: str
    refused_file: str
    failed_file: str
    cancel: str
    cancel_all: str
    dismiss: str
    overall: str
    leaving: str

    def unknown(self, count: int) -> str:
        """Return how many turns have no known speaker, in words."""
        return self.speakers_unknown[count != 1].format(count=count)


def library_texts(language: str) -> LibraryTexts:
    """Return the library page's texts for a language tag; English where we have no other."""
    return text_table(LibraryTexts, "library", language)
