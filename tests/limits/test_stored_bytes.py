"""What is read back from the database is what was stored, to the bit, or is refused."""

import hashlib
import zlib

import pytest

from knowledge.library.store import digest_of
from knowledge.library.stored_bytes import is_intact, packed, read_raw, read_source
from knowledge.model.errors import SourceDamaged
from tests.invented import BEES, labelled_source

SOURCE = labelled_source(BEES, "bees")
STORED = packed(SOURCE.model_dump_json().encode())
DIGEST = digest_of(SOURCE)


def test_what_was_stored_is_read_back() -> None:
    assert read_source(STORED, DIGEST, source_id="bees", sha256=SOURCE.sha256) == SOURCE
    assert read_raw(packed(BEES.encode()), SOURCE.sha256, source_id="bees") == BEES.encode()


@pytest.mark.parametrize("place", range(0, len(STORED), max(len(STORED) // 60, 1)))
def test_a_flipped_bit_anywhere_is_refused(place: int) -> None:
    damaged = bytearray(STORED)
    damaged[place] ^= 1
    assert not is_intact(bytes(damaged), DIGEST)
    with pytest.raises(SourceDamaged):
        read_source(bytes(damaged), DIGEST, source_id="bees", sha256=SOURCE.sha256)


def test_another_word_whole_in_itself_is_refused() -> None:
    changed = SOURCE.model_dump_json().replace("patient", "ancient").encode()
    with pytest.raises(SourceDamaged):
        read_source(packed(changed), DIGEST, source_id="bees", sha256=SOURCE.sha256)
    with pytest.raises(SourceDamaged):
        read_raw(packed(BEES.replace("patient", "ancient").encode()), SOURCE.sha256, source_id="bees")


@pytest.mark.parametrize(("source_id", "sha256"), [("ants", SOURCE.sha256), ("bees", "0" * 64)])
def test_a_whole_source_under_another_name_or_digest_is_refused(source_id: str, sha256: str) -> None:
    with pytest.raises(SourceDamaged):
        read_source(STORED, DIGEST, source_id=source_id, sha256=sha256)


def test_what_is_no_source_is_refused_even_if_its_digest_is_right() -> None:
    other = b'{"id": "bees"}'
    with pytest.raises(SourceDamaged):
        read_source(zlib.compress(other), hashlib.sha256(other).hexdigest(), source_id="bees", sha256="0" * 64)
