"""Certificates: everything a stranger needs to check one quote against nothing but the transcript file.

A certificate repeats the words for people; what counts are the offsets and hashes. The `seal` is the SHA-256 of
everything else in it, so that no character changes unnoticed by accident; a signature over the same bytes says who
stands behind it.
"""

import hashlib
import json
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.exceptions import AssistantError
from knowledge.model.dates import PartialDate
from knowledge.model.provenance import Provenance, TranscriptKind
from knowledge.model.subject import Subject
from knowledge.model.turns import Certainty

FORMAT: Final = "ask-ilya-certificate/2"
LONGEST = 1_000_000
"""Bytes of a certificate at most."""
_HASH = r"^[0-9a-f]{64}$"
_MOMENT = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"


class CertificateRefused(AssistantError):
    """A text is not a certificate."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CertifiedSource(_Part):
    """The document a quote was cut from."""

    id: str
    title: str
    date: PartialDate | None
    venue: str | None
    interviewers: tuple[str, ...]
    url: str | None
    language: str
    provenance: Provenance
    how: TranscriptKind | None
    origin: str
    file_sha256: str = Field(pattern=_HASH)
    text_sha256: str = Field(pattern=_HASH)
    encoding: str
    reader: str


class Inspected(_Part):
    """How much was looked at when the certificate was made: the file, its text, and what in it is the person's."""

    file_bytes: int = Field(ge=0)
    characters: int = Field(ge=0)
    words: int = Field(ge=0)
    turns: int = Field(ge=0)
    quotable_words: int = Field(ge=0)


class Signature(_Part):
    """An Ed25519 signature over the sealed bytes; both parts in hexadecimal digits."""

    algorithm: Literal["Ed25519"] = "Ed25519"
    public_key: str = Field(pattern=_HASH)
    value: str = Field(pattern=r"^[0-9a-f]{128}$")


class Certificate(_Part):
    """One quote: words, who said them and how that is known, and where they stand.

    `start` and `end` count characters of the canonical text, `raw_start` and `raw_end` those of the decoded file;
    `said_at` is in seconds, `issued_at` in UTC.
    """

    format: Literal["ask-ilya-certificate/2"] = FORMAT
    id: str
    words: str
    start: int = Field(ge=0)
    end: int
    raw_start: int = Field(ge=0)
    raw_end: int
    said_at: float | None
    speaker: str
    speaker_known: Certainty
    asked: str | None
    asked_by: str | None
    subject: Subject
    source: CertifiedSource
    inspected: Inspected
    words_version: int
    issued_at: str = Field(pattern=_MOMENT)
    issued_by: str
    """The program and its version."""
    stated: tuple[str, ...] = ()
    """What the file alone does not give so: the operator states it."""
    seal: str = Field(pattern=_HASH)
    signature: Signature | None = None

    @property
    def sealed_bytes(self) -> bytes:
        """Return what the seal and the signature are made over: all but these two, in one form."""
        return sealed_bytes(self.model_dump(mode="json", exclude={"seal", "signature"}))


def sealed(fields: dict[str, Any]) -> Certificate:
    """Return the certificate with these fields (JSON values) under a fresh seal, unsigned."""
    kept = {name: value for name, value in fields.items() if name not in ("seal", "signature")}
    text = json.dumps(kept | {"seal": hashlib.sha256(sealed_bytes(kept)).hexdigest()})
    return Certificate.model_validate_json(text)


def sealed_bytes(fields: dict[str, Any]) -> bytes:
    """Return JSON values as bytes that do not depend on spacing or on the order of names."""
    return json.dumps(fields, sort_keys=True, ensure_ascii=True, separators=(",", ":")).encode()


def read_certificate(text: str | bytes) -> Certificate:
    """Return the certificate that a JSON text holds.

    Raises:
        CertificateRefused: it holds none.
    """
    if len(text) > LONGEST:
        raise CertificateRefused(f"This is not a certificate (it is longer than {LONGEST:,} bytes).")
    try:
        told = text.decode("utf-8-sig") if isinstance(text, bytes) else text
        json.loads(told, object_pairs_hook=_once)
        return Certificate.model_validate_json(told, strict=True)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise CertificateRefused(f"This is not a certificate ({where}: {first['msg']}).") from error
    except (ValueError, RecursionError) as error:
        raise CertificateRefused(f"This is not a certificate ({_in_one_line(error)}).") from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a name that stands twice: two readers could take different ones."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice in it")
    return found


def _in_one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or "it is nested too deeply"
