"""A certificate is checked against nothing but the transcript file, and what fails is named."""

import html

import pytest

from assistant.certificates.certified_quotes import Certificate, CertificateRefused, read_certificate, sealed
from assistant.certificates.issuing import certify
from assistant.certificates.verification import Outcome, verify
from assistant.quotes import Quote
from assistant.records.quote_ids import quote_id
from knowledge.model.subject import default_subject
from knowledge.readers import read
from knowledge.starter.book import book_files, read_book_file
from tests.invented import BEES, MIRA

RAW = BEES.encode()
CAPTIONS = (
    b"WEBVTT\n\n00:01.000 --> 00:04.000\n<v Tom Reed>Do ants dance?\n\n"
    b"00:05.000 --> 00:08.000\n<v Mira Vane>I do not think\n\n00:08.000 --> 00:11.000\n<v Mira Vane>that ants dance.\n"
)


def _certificate(raw: bytes, words: str, origin: str = "bees.txt") -> Certificate:
    source = read(raw, origin=origin, source_id="bees", subject=MIRA)
    start = source.text.index(words)
    return certify(Quote(source=source, start=start, end=start + len(words)), raw, origin=origin, subject=MIRA)


def forge(certificate: Certificate, **changes: object) -> Certificate:
    """Return a certificate with other values (`source__title` reaches inside) under a seal that fits them."""
    fields = certificate.model_dump(mode="json")
    for name, value in changes.items():
        held, *inner = name.split("__")
        if inner:
            fields[held][inner[0]] = value
        else:
            fields[held] = value
    return sealed(fields)


def _outcomes(certificate: Certificate, raw: bytes) -> dict[str, Outcome]:
    return {finding.what: finding.outcome for finding in verify(certificate, raw).findings}


def test_a_certificate_travels_as_json_and_holds() -> None:
    sent = _certificate(RAW, "Ants follow a smell on the ground.").model_dump_json()
    found = verify(read_certificate(sent), RAW)
    assert found.valid
    assert [finding.what for finding in found.findings if finding.outcome is Outcome.PASSED] == [
        "seal", "file", "raw words", "id", "reader", "text", "words", "speaker", "words version", "facts",
    ]  # fmt: skip


def test_captions_between_whose_words_stand_times() -> None:
    certificate = _certificate(CAPTIONS, "I do not think that ants dance.", "ants.vtt")
    assert certificate.said_at == 5.0
    assert _outcomes(certificate, CAPTIONS)["raw words"] is Outcome.PASSED


def test_a_page_that_writes_its_letters_as_entities() -> None:
    lines = "".join(f"<p>{html.escape(line).replace('e', '&#101;')}</p>" for line in BEES.splitlines())
    page = f"<html><head><title>Bees</title></head><body><article>{lines}</article></body></html>".encode()
    certificate = _certificate(page, "Ants follow a smell on the ground.", "bees.html")
    assert verify(certificate, page).valid


def test_a_changed_file_fails_by_its_hash() -> None:
    certificate = _certificate(RAW, "Nobody taught them that.")
    changed = RAW.replace(b"Nobody taught", b"Someone taught")
    found = verify(certificate, changed)
    assert not found.valid
    assert {"file", "raw words", "text", "words"} <= {f.what for f in found.findings if f.outcome is Outcome.FAILED}
    assert all("\n" not in sentence for sentence in found.failures)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"words": "Ants follow a smell in the air."}, "words"),
        ({"start": 3, "end": 20}, "words"),
        ({"raw_start": 0, "raw_end": 20}, "raw words"),
        ({"id": "q_502hbv0rgq26913"}, "id"),
        ({"speaker": "Somebody Else"}, "speaker"),
    ],
)
def test_a_forged_field_is_named(change: dict[str, object], what: str) -> None:
    forged = forge(_certificate(RAW, "Ants follow a smell on the ground."), **change)
    found = verify(forged, RAW)
    assert not found.valid
    assert what in {finding.what for finding in found.findings if finding.outcome is Outcome.FAILED}


def test_the_interviewers_words_cannot_be_certified_as_hers() -> None:
    certificate = _certificate(RAW, "Nobody taught them that.")
    source = read(RAW, origin="bees.txt", source_id="bees", subject=MIRA)
    words = "Is honey eternal?"
    at = source.text.index(words)
    raw_start, raw_end = source.raw_map.raw_span(at, at + len(words))
    place = {"start": at, "end": at + len(words), "raw_start": raw_start, "raw_end": raw_end, "words": words}
    assert _outcomes(forge(certificate, **place), RAW)["speaker"] is Outcome.FAILED


def test_a_certificate_that_reaches_into_the_next_turn_fails() -> None:
    certificate = _certificate(RAW, "Nobody taught them that.")
    source = read(RAW, origin="bees.txt", source_id="bees", subject=MIRA)
    end = source.turns[2].end
    words = source.text[certificate.start : end]
    forged = forge(
        certificate,
        end=end,
        raw_end=source.raw_map.raw_span(certificate.start, end)[1],
        words=words,
        id=quote_id(source.sha256, certificate.start, words),
    )
    failed = [finding.what for finding in verify(forged, RAW).findings if finding.outcome is Outcome.FAILED]
    assert "speaker" in failed


def test_what_another_reader_version_read_is_not_proved() -> None:
    certificate = _certificate(RAW, "Nobody taught them that.")
    found = verify(forge(certificate, source__reader="labelled/999", source__text_sha256="0" * 64), RAW)
    assert not found.valid
    assert [f.what for f in found.findings if f.outcome is Outcome.FAILED] == ["reader"]


def test_the_hosts_words_do_not_pass_behind_an_unknown_reader() -> None:
    certificate = _certificate(RAW, "Nobody taught them that.")
    source = read(RAW, origin="bees.txt", source_id="bees", subject=MIRA)
    words = "Is honey eternal?"
    start = source.text.index(words)
    raw_start, raw_end = source.raw_map.raw_span(start, start + len(words))
    forged = forge(
        certificate,
        id=quote_id(source.sha256, start, words),
        words=words,
        start=start,
        end=start + len(words),
        raw_start=raw_start,
        raw_end=raw_end,
        source__reader="labelled/999",
    )
    assert not verify(forged, RAW).valid


@pytest.mark.parametrize(
    "change", [{"asked": "Is it?"}, {"asked_by": "Ana Sol"}, {"raw_end": 10_000}, {"words_version": 99}]
)
def test_what_the_file_tells_otherwise_is_refused(change: dict[str, object]) -> None:
    forged = forge(_certificate(RAW, "Ants follow a smell on the ground."), **change)
    assert not verify(forged, RAW).valid


def test_no_local_path_is_handed_on() -> None:
    certificate = _certificate(RAW, "Nobody taught them that.", origin="/home/mira/private/bees.txt")
    assert certificate.source.origin == "bees.txt"
    assert "private" not in certificate.model_dump_json()
    assert verify(certificate, RAW).valid


def test_every_quotation_of_the_shipped_book_has_a_certificate_that_holds() -> None:
    subject = default_subject()
    for path in book_files()[:12]:
        source, raw = read_book_file(path, subject), path.read_bytes()
        for turn in source.turns[:3]:
            quote = Quote(source=source, start=turn.start, end=turn.end)
            assert verify(certify(quote, raw, origin=path.name, subject=subject), raw).valid


def test_a_certificate_needs_the_quotes_own_file() -> None:
    source = read(RAW, origin="bees.txt", source_id="bees", subject=MIRA)
    turn = source.turns[1]
    with pytest.raises(CertificateRefused, match="not the one"):
        certify(Quote(source=source, start=turn.start, end=turn.end), RAW + b" ", origin="bees.txt", subject=MIRA)


@pytest.mark.parametrize("text", ["", "{}", "[]", "not json", '{"format": "other/1"}'])
def test_what_is_no_certificate_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(CertificateRefused, match="not a certificate"):
        read_certificate(text)


@pytest.mark.parametrize(
    ("name", "forged"),
    [
        ("venue", "The Royal Society"),
        ("interviewers", ["Somebody Famous"]),
        ("url", "https://evil.example/"),
        ("language", "de"),
    ],
)
def test_a_fact_of_the_source_that_the_file_tells_otherwise_is_refused(name: str, forged: object) -> None:
    honest = _certificate(RAW, "Nobody taught them that.")
    found = verify(forge(honest, **{f"source__{name}": forged}), RAW)
    assert not found.valid
    [failure] = found.failures
    assert name in failure


def test_a_fact_that_the_operator_states_is_marked_as_such() -> None:
    source = read(RAW, origin="bees.txt", source_id="bees", subject=MIRA).model_copy(update={"venue": "Field Notes"})
    start = source.text.index("Nobody taught them that.")
    made = certify(Quote(source=source, start=start, end=start + 24), RAW, origin="bees.txt", subject=MIRA)
    assert "source.venue" in made.stated
    found = verify(made, RAW)
    assert found.valid
    [told] = [one for one in found.findings if one.what == "stated"]
    assert told.outcome is Outcome.STATED
    assert "source.venue: Field Notes" in told.detail
