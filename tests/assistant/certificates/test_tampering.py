"""Every field and every byte of a certificate, and of the file it is about: refused, or told as the operator's word.

The forger of these tests is a good one: after each change the seal is made anew.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import pytest

from assistant.certificates.certified_quotes import Certificate, CertificateRefused, read_certificate
from assistant.certificates.issuing import STATABLE, certify
from assistant.certificates.rereading import read_in_process
from assistant.certificates.verification import Outcome, Standing, verify
from assistant.quotes import Quote
from knowledge.model.subject import Subject, default_subject
from knowledge.readers import read
from knowledge.starter.book import book_files, read_book_file
from tests.assistant.certificates.test_certificates import CAPTIONS, forge
from tests.invented import BEES, MIRA
from tests.knowledge.formats.pdf_files import pdf

WRITTEN = (
    b"---\ntitle: On patience\nauthor: Mira Vane\ndate: 2022-05-01\n---\n\n# On patience\n\n"
    b"I have watched bees for a decade. They are patient, and we are not. I would not wish to be one of them.\n\n"
    b"The hive does not hurry. What looks like hurry is many small decisions, none of which is mine to judge.\n"
)
TRANSLATED = (
    "\n".join(
        f"Tom Reed: 蚂蚁会跳舞吗，这是第{n}次问？\nMira Vane: 蚂蚁跟着地上的气味走。没有人教过它们这些事情，第{n}次。"
        for n in "一二三四五六"
    )
).encode()
SPEAKS_ENGLISH = Subject(name=MIRA.name, aliases=MIRA.aliases, languages=("en",))


def _made(raw: bytes, words: str, origin: str, subject: Subject = MIRA) -> tuple[Certificate, bytes]:
    source = read(raw, origin=origin, source_id="bees", subject=subject)
    start = source.text.index(words)
    return certify(Quote(source=source, start=start, end=start + len(words)), raw, origin=origin, subject=subject), raw


def _of_the_book() -> tuple[Certificate, bytes]:
    path, subject = book_files()[0], default_subject()
    source = read_book_file(path, subject)
    turn = next(turn for turn in source.turns if turn.quotable())
    raw = path.read_bytes()
    return certify(Quote(source=source, start=turn.start, end=turn.end), raw, origin=path.name, subject=subject), raw


KINDS = {
    "transcript": lambda: _made(BEES.encode(), "Ants follow a smell on the ground.", "bees.txt"),
    "captions": lambda: _made(CAPTIONS, "I do not think that ants dance.", "ants.vtt"),
    "pdf": lambda: _made(pdf([BEES.splitlines()]), "Ants follow a smell on the ground.", "bees.pdf"),
    "written": lambda: _made(WRITTEN, "They are patient, and we are not.", "patience.md"),
    "translation": lambda: _made(TRANSLATED, "蚂蚁跟着地上的气味走。", "mayi.txt", SPEAKS_ENGLISH),
    "book": _of_the_book,
}


@pytest.fixture(params=list(KINDS), scope="module")
def made(request: pytest.FixtureRequest) -> tuple[Certificate, bytes]:
    return KINDS[request.param]()


def other(value: Any) -> list[Any]:
    """Return values of the same kind that say something else."""
    if isinstance(value, bool) or value is None:
        return ["Somebody Else", 7.5]
    if isinstance(value, int):
        return [value + 1, max(value - 1, 0) if value else 2]
    if isinstance(value, float):
        return [value + 1.0]
    if isinstance(value, list):
        return [[*value, "Somebody Else"], *([value[:-1]] if value else [])]
    kinds = ("translation", "captions", "inferred", "2001-01-01", "0" * 64)  # each fits some field's form
    return [f"{value}x", *(kind for kind in kinds if kind != value)]


def _leaves(certificate: Certificate) -> list[tuple[str, Any]]:
    told = certificate.model_dump(mode="json", exclude={"seal", "signature"})
    nested = ("source", "inspected", "subject")
    flat = [(name, value) for name, value in told.items() if name not in nested]
    return flat + [(f"{part}__{name}", value) for part in nested for name, value in told[part].items()]


def test_the_certificate_itself_is_proved(made: tuple[Certificate, bytes]) -> None:
    certificate, raw = made
    assert verify(read_certificate(certificate.model_dump_json()), raw).standing is Standing.PROVED


def test_every_field_changed_is_refused_or_told_as_stated(made: tuple[Certificate, bytes]) -> None:
    certificate, raw = made
    # most forgeries leave what decides how the file is read as it was: each way is read once
    reading = lru_cache(maxsize=256)(read_in_process)
    honest, leaves, accepted = verify(certificate, raw, reading=reading), _leaves(certificate), []
    for name, value in leaves:
        for forged_value in other(value):
            try:
                forged = forge(certificate, **{name: forged_value})
            except ValueError:
                continue  # no certificate at all
            found = verify(forged, raw, reading=reading)
            told = next((one.parts for one in found.findings if one.outcome is Outcome.STATED and one.parts), ())
            dotted = "subject" if name.startswith("subject__") else name.replace("__", ".")
            if found.standing is not Standing.REFUSED and dotted not in told:
                accepted.append((name, forged_value))
    assert honest.standing is Standing.PROVED
    assert len(leaves) > 40
    assert accepted == []


def test_what_a_forger_lists_as_stated_is_told_as_that(made: tuple[Certificate, bytes]) -> None:
    certificate, raw = made
    for name in ("source.title", "source.venue", "source.date"):
        change = {name.replace(".", "__"): "2001-01-01", "stated": sorted({*certificate.stated, name})}
        found = verify(forge(certificate, **change), raw)
        told = next((one for one in found.findings if one.what == "stated"), None)
        assert found.standing is Standing.REFUSED or (told and f"{name}: 2001-01-01" in told.detail)


def test_what_an_operator_may_state_is_never_where_the_words_stand() -> None:
    never = {"words", "start", "end", "raw_start", "raw_end", "id", "source.file_sha256", "source.text_sha256"}
    assert not STATABLE & never


def _flipped(sent: bytes, mask: int) -> Iterator[bytes]:
    for at in range(len(sent)):
        changed = bytearray(sent)
        changed[at] ^= mask
        yield bytes(changed)


def _is_refused(sent: bytes) -> bool:
    """Whether no certificate is read, or its seal does not hold: no file is needed to tell."""
    try:
        return verify(read_certificate(sent), None).standing is Standing.REFUSED
    except CertificateRefused as refused:
        return "\n" not in str(refused)


@pytest.mark.parametrize("mask", [0x01, 0x20, 0x80])
def test_every_byte_of_a_certificate_flipped_is_refused(mask: int) -> None:
    sent = KINDS["captions"]()[0].model_dump_json(indent=2).encode()
    assert not _is_refused(sent)
    assert [changed for changed in _flipped(sent, mask) if not _is_refused(changed)] == []


def test_every_byte_of_the_file_flipped_is_refused(made: tuple[Certificate, bytes]) -> None:
    certificate, raw = made
    for at in range(0, len(raw), max(len(raw) // 25, 1)):
        changed = bytearray(raw)
        changed[at] ^= 0x04
        assert verify(certificate, bytes(changed)).standing is Standing.REFUSED


def test_somebodys_words_under_a_forged_other_name_are_not_proved() -> None:
    raw = BEES.replace("Mira Vane:", "Lena Holt:").encode()
    named = Subject(name=MIRA.name, aliases=(*MIRA.aliases, "Lena Holt"))
    forged, _ = _made(raw, "Nobody taught them that.", "b.txt", named)  # the forged name works for a reader
    found = verify(forged, raw)
    assert found.standing is Standing.UNPROVEN
    [told] = [one for one in found.findings if one.what == "speaker"]
    assert "“Lena Holt”; that this is Mira Vane is stated by the operator alone" in told.detail


@pytest.mark.parametrize(
    "text",
    [
        '{"format": "ask-ilya-certificate/2", "format": "ask-ilya-certificate/2"}',
        "[" * 100_000,
        b"\xff\xfe{}",
        b"\x00",
        '{"words": "\\ud800"}',
        '{"start": NaN}',
    ],
)
def test_damaged_json_is_refused_in_one_sentence(text: str | bytes) -> None:
    with pytest.raises(CertificateRefused, match="not a certificate") as refused:
        read_certificate(text)
    assert "\n" not in str(refused.value)


def test_a_forged_source_id_reaches_no_other_file() -> None:
    certificate, raw = KINDS["book"]()
    for name in ("../../etc/passwd", "", "a\0b", "x" * 400):
        assert verify(forge(certificate, source__id=name), raw).standing is Standing.REFUSED
