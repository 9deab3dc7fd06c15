"""What can go wrong, as one tree. Every error's text is one sentence for a person: what happened, what to do.

AskIlyaError
├── SourceRefused          a file cannot become a source (empty, binary, too large, no readable text)
├── BookError              a hand-written data file is wrong; names the file and the line
├── FactRefused            a fact given about a source is no date, address or language
├── SpanError              offsets that are not a span of their source
├── UnknownSource          no source has this id
├── LibraryUnavailable     the data folder or database cannot be read or written
│   ├── LibraryDamaged     the database's file is not whole
│   └── SourceDamaged      what is stored of a source is not what was stored
├── IndexMismatch          the index was made by another embedder
├── IndexUnavailable       the index is damaged or cannot be written; it can be built anew
└── AssistantError         (assistant.exceptions) questions, models
"""

from pathlib import Path


class AskIlyaError(Exception):
    """Root of every error this project raises on purpose."""


class SourceRefused(AskIlyaError):
    """A file or page cannot become a source.

    `origin` is the path or url that was refused, `status` what a web server answered, if one did.
    """

    def __init__(self, origin: str, reason: str, *, status: int | None = None) -> None:
        super().__init__(f"{origin}: {reason}")
        self.origin = origin
        self.reason = reason
        self.status = status


class BookError(AskIlyaError):
    """A data file written by hand breaks its format; `line` counts from 1."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(f"{path}, line {line}: {reason}")
        self.path = path
        self.line = line


class FactRefused(AskIlyaError, ValueError):
    """A fact that a person gives about a source cannot be kept; `name` is the fact, `typed` what was given."""

    def __init__(self, name: str, typed: str, reason: str) -> None:
        super().__init__(f"The {name} “{typed}” cannot be kept: {reason}.")
        self.name = name
        self.typed = typed


class SpanError(AskIlyaError, ValueError):
    """Offsets that do not point into their source, or point at words that may not be quoted."""


class UnknownSource(AskIlyaError, KeyError):
    """No source in the library has this id."""

    def __init__(self, source_id: str) -> None:
        super().__init__(source_id)
        self.source_id = source_id

    def __str__(self) -> str:
        return f"There is no source “{self.source_id}”; `ilya sources` lists the ids."


class LibraryUnavailable(AskIlyaError):
    """The library cannot be opened, read or written."""


class LibraryDamaged(LibraryUnavailable):
    """The database's file is not whole."""


class SourceDamaged(LibraryUnavailable):
    """What is stored of a source is not what was stored; nothing of it is shown."""

    def __init__(self, source_id: str) -> None:
        super().__init__(
            f"What is stored of “{source_id}” is not what was stored once, so nothing of it is shown: "
            "`ilya doctor --mend` reads it anew from its file, `ilya restore` brings back a backup."
        )
        self.source_id = source_id


class IndexMismatch(AskIlyaError):
    """The index was built by another embedder than the one now set."""


class IndexUnavailable(AskIlyaError):
    """The index is damaged or cannot be written; it can be built anew from the library."""
