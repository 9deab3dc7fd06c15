"""Signed certificates: who signed, whether that key is trusted, and what a signature cannot be moved to."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from assistant.certificates.certified_quotes import Certificate, read_certificate
from assistant.certificates.issuing import certify
from assistant.certificates.signing_keys import (
    FILE_NAME,
    KeyRefused,
    SigningKey,
    make_signing_key,
    public_key,
    signing_key,
    written,
)
from assistant.certificates.verification import Outcome, Standing, verify
from assistant.quotes import Quote
from knowledge.readers import read
from tests.assistant.certificates.test_certificates import forge
from tests.invented import BEES, MIRA

RAW = BEES.encode()


def _signed(key: SigningKey) -> Certificate:
    source = read(RAW, origin="bees.txt", source_id="bees", subject=MIRA)
    start = source.text.index("Nobody taught them that.")
    quote = Quote(source=source, start=start, end=start + 24)
    return certify(quote, RAW, origin="bees.txt", subject=MIRA, key=key)


def _signature(certificate: Certificate, trusted: list[str] | None) -> Outcome:
    return verify(certificate, RAW, trusted=trusted).findings[1].outcome


def test_a_key_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    assert signing_key(tmp_path) is None
    made = make_signing_key(tmp_path)
    assert make_signing_key(tmp_path).public == made.public
    assert (tmp_path / FILE_NAME).stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


def test_a_key_that_others_can_read_is_not_used(tmp_path: Path) -> None:
    make_signing_key(tmp_path)
    (tmp_path / FILE_NAME).chmod(0o644)
    with pytest.raises(KeyRefused, match="chmod 600"):
        signing_key(tmp_path)


@pytest.mark.parametrize("content", [b"", b"no key", b"-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----\n"])
def test_a_damaged_key_is_one_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    (tmp_path / FILE_NAME).chmod(0o600)
    with pytest.raises(KeyRefused, match="holds no key"):
        make_signing_key(tmp_path)


def test_a_signed_certificate_tells_whether_the_key_is_trusted(tmp_path: Path) -> None:
    key = make_signing_key(tmp_path)
    certificate = read_certificate(_signed(key).model_dump_json())
    assert _signature(certificate, [key.public]) is Outcome.PASSED
    assert _signature(certificate, None) is Outcome.NOT_CHECKED
    assert _signature(certificate, ["0" * 64]) is Outcome.FAILED
    assert written(key.public) in verify(certificate, RAW).findings[1].detail


def test_an_unsigned_one_does_not_pass_where_a_key_is_asked_for(tmp_path: Path) -> None:
    key = make_signing_key(tmp_path)
    unsigned = _signed(key).model_copy(update={"signature": None})
    assert verify(unsigned, RAW).standing is Standing.PROVED
    assert verify(unsigned, RAW, trusted=[key.public]).standing is Standing.REFUSED


def test_a_signature_does_not_pass_under_other_words(tmp_path: Path) -> None:
    key = make_signing_key(tmp_path)
    honest = _signed(key)
    for change in ({"source__title": "Ants"}, {"asked": "Why?"}, {"issued_at": "2001-01-01T00:00:00Z"}):
        moved = forge(honest, **change).model_copy(update={"signature": honest.signature})
        assert verify(moved, None).findings[1].outcome is Outcome.FAILED
        assert verify(moved, RAW).standing is Standing.REFUSED


def test_without_the_file_a_trusted_signature_vouches_and_nothing_is_proved(tmp_path: Path) -> None:
    key = make_signing_key(tmp_path)
    assert verify(_signed(key), None, trusted=[key.public]).standing is Standing.VOUCHED
    assert verify(_signed(key), None).standing is Standing.UNPROVEN


def test_a_public_key_is_read_in_each_form(tmp_path: Path) -> None:
    key = make_signing_key(tmp_path)
    pem, line = tmp_path / "k.pem", tmp_path / "k.pub"
    pem.write_text(key.public_pem)
    line.write_text(written(key.public) + "\n")
    assert {public_key(told) for told in (key.public, written(key.public).upper(), str(pem), str(line))} == {key.public}
    assert load_pem_public_key(pem.read_bytes()) is not None
    for wrong in ("ed25519:12", "nowhere.pem", str(tmp_path)):
        with pytest.raises(KeyRefused):
            public_key(wrong)
