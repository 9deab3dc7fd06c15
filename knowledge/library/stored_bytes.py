"""How a source, its raw file and its row are stored, and read back only if they are what was stored."""

import hashlib
import json
import zlib
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from knowledge.model.errors import SourceDamaged
from knowledge.model.source import Source


def packed(content: bytes) -> bytes:
    """Return bytes as they are stored."""
    return zlib.compress(content)


def is_intact(stored: bytes, digest: str) -> bool:
    """Whether stored bytes are those whose SHA-256 was kept beside them."""
    try:
        return hashlib.sha256(zlib.decompress(stored)).hexdigest() == digest
    except zlib.error:
        return False


def read_source(stored: bytes, digest: str, *, source_id: str, sha256: str) -> Source:
    """Return a stored source.

    Raises:
        SourceDamaged: it is not what was stored, or not the source that the row names.
    """
    if not is_intact(stored, digest):
        raise SourceDamaged(source_id)
    try:
        found = Source.model_validate_json(zlib.decompress(stored))
    except ValidationError as error:  # stored by a version that knew other fields
        raise SourceDamaged(source_id) from error
    if (found.id, found.sha256) != (source_id, sha256):
        raise SourceDamaged(source_id)
    return found


def read_raw(stored: bytes, sha256: str, *, source_id: str) -> bytes:
    """Return a stored raw file.

    Raises:
        SourceDamaged: it is not the file that was stored.
    """
    if not is_intact(stored, sha256):
        raise SourceDamaged(source_id)
    return zlib.decompress(stored)


_SEAL = "seal"
"""Where a row's summary keeps the hash of everything in the row but the document and the file, which have their own."""


def sealed(summary: Mapping[str, Any], *facts: str | bool) -> dict[str, Any]:
    """Return a row's summary with the seal over it and over the row's other columns."""
    bare = {name: value for name, value in summary.items() if name != _SEAL}
    # a bit of damage makes bytes of a text: the seal then differs, as it should
    told = json.dumps([*facts, bare], sort_keys=True, default=repr)
    return bare | {_SEAL: hashlib.sha256(told.encode()).hexdigest()[:32]}


def is_sealed(summary: Mapping[str, Any] | None, *facts: str | bool) -> bool:
    """Whether a row is what was stored; one that was stored before there were seals has none, and is believed."""
    if not isinstance(summary, Mapping):  # damage can make nothing of it, or a list
        return False
    return _SEAL not in summary or sealed(summary, *facts) == summary
