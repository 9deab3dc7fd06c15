"""Verifying a certificate: against the transcript file alone, and its signature without any network.

The file is read anew and every field compared with what it gives. What it gives otherwise is refused, unless the
certificate lists it as stated by the operator; then it is told as that, never as proved.
"""

import hashlib
import html
import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict

from assistant.certificates.certified_quotes import Certificate
from assistant.certificates.issuing import STATABLE, stated
from assistant.certificates.rereading import Reading, facts_of, read_in_process, reread
from assistant.certificates.signing_keys import is_signed, written
from assistant.records.quote_ids import quote_id
from knowledge.model.errors import AskIlyaError, SpanError
from knowledge.model.source import Source
from knowledge.model.subject import Subject, default_subject
from knowledge.model.turns import Certainty, Role
from knowledge.readers import raw_text
from knowledge.text.words import VERSION as WORDS_VERSION
from knowledge.text.words import keys

_TIMING = re.compile(r"^\s*(?:\d+|[\d:.,]+\s*-->.*)\s*$", re.MULTILINE)
_LINK_TARGET = re.compile(r"\]\([^()\s]*\)")
_SPEAKER_FIELDS = frozenset({"speaker", "speaker_known", "asked", "asked_by", "said_at", "source.provenance"})


class Outcome(StrEnum):
    """What one step of a verification found."""

    PASSED = "passed"
    FAILED = "failed"
    STATED = "stated"
    """The file does not say so; the operator does."""
    NOT_CHECKED = "not_checked"


class Standing(StrEnum):
    """What a verification comes to."""

    PROVED = "proved"
    """The file gives these words to this person."""
    VOUCHED = "vouched"
    """Not all of that could be proved from the file; a key that is trusted signed it."""
    UNPROVEN = "unproven"
    """Nothing contradicts it, but who speaks, or all of it, rests on the operator's word alone."""
    REFUSED = "refused"


class Finding(BaseModel):
    """One step: what was checked, how it ended, and in a sentence why; `parts` are the fields it is about."""

    model_config = ConfigDict(frozen=True)

    what: str
    outcome: Outcome
    detail: str
    parts: tuple[str, ...] = ()


class Verification(BaseModel):
    """Every step in order, and what they come to; `valid` when none failed and the words were found in the file."""

    model_config = ConfigDict(frozen=True)

    id: str
    standing: Standing
    valid: bool
    findings: tuple[Finding, ...]

    @property
    def failures(self) -> list[str]:
        """Return what failed, in sentences."""
        return [finding.detail for finding in self.findings if finding.outcome is Outcome.FAILED]


def verify(
    certificate: Certificate,
    raw: bytes | None,
    *,
    trusted: Iterable[str] | None = None,
    reading: Reading = read_in_process,
) -> Verification:
    """Check a certificate; says of every step whether it passed.

    Args:
        certificate: what is verified.
        raw: the transcript file; without it only seal and signature are looked at.
        trusted: public keys (64 digits) of which one must have signed; None asks for no signature.
        reading: how the file is read; by default in this process.
    """
    keys_trusted = None if trusted is None else frozenset(trusted)
    findings = [_seal(certificate), _signature(certificate, keys_trusted)]
    if raw is None:
        detail = "No file was given: that the words stand in it, and who says them, is not proved."
        findings.append(Finding(what="file", outcome=Outcome.NOT_CHECKED, detail=detail))
    else:
        findings += _against_file(certificate, raw, reading)
    by_name = {finding.what: finding.outcome for finding in findings}
    failed = Outcome.FAILED in by_name.values()
    found = Outcome.PASSED in (by_name.get("words"), by_name.get("raw words"))
    return Verification(
        id=certificate.id, standing=_standing(by_name, failed), valid=found and not failed, findings=tuple(findings)
    )


def _standing(outcomes: dict[str, Outcome], failed: bool) -> Standing:
    if failed:
        return Standing.REFUSED
    if outcomes.get("speaker") is Outcome.PASSED and outcomes.get("words") is Outcome.PASSED:
        return Standing.PROVED
    return Standing.VOUCHED if outcomes["signature"] is Outcome.PASSED else Standing.UNPROVEN


def _seal(certificate: Certificate) -> Finding:
    found = hashlib.sha256(certificate.sealed_bytes).hexdigest()
    return _equal("seal", found, certificate.seal, "seal", "something in it was changed after it was made")


def _signature(certificate: Certificate, trusted: frozenset[str] | None) -> Finding:
    signature, what = certificate.signature, "signature"
    if signature is None:
        outcome = Outcome.NOT_CHECKED if trusted is None else Outcome.FAILED
        return Finding(what=what, outcome=outcome, detail="Nobody signed it.")
    shown = written(signature.public_key)
    if not is_signed(signature, certificate.sealed_bytes):
        return Finding(what=what, outcome=Outcome.FAILED, detail=f"The signature does not fit the key {shown}.")
    if trusted is None:
        detail = f"Signed with {shown}; whether that is the key of somebody you trust is for you to compare."
        return Finding(what=what, outcome=Outcome.NOT_CHECKED, detail=detail)
    if signature.public_key not in trusted:
        return Finding(what=what, outcome=Outcome.FAILED, detail=f"Signed with {shown}, which is no key you trust.")
    return Finding(what=what, outcome=Outcome.PASSED, detail=f"Signed with {shown}, which you trust.")


def _against_file(certificate: Certificate, raw: bytes, reading: Reading) -> Iterator[Finding]:
    told = certificate.source
    found = hashlib.sha256(raw).hexdigest()
    yield _equal("file", found, told.file_sha256, "SHA-256 of the file", "it is another file")
    yield _raw_words(certificate, raw)
    expected = quote_id(told.file_sha256, certificate.start, certificate.words)
    yield _equal("id", expected, certificate.id, "id", "file hash, offsets and words do not make this id")
    source = reread(
        raw, reader=told.reader, origin=told.origin, source_id=told.id, subject=certificate.subject, reading=reading
    )
    if source is None:
        detail = f"This program cannot read the file as “{told.reader}” does, so who speaks cannot be proved anew."
        yield Finding(what="reader", outcome=Outcome.FAILED, detail=detail)
        return
    if source.reader != told.reader:
        detail = (
            f"The certificate names the reader {told.reader}, this program reads the file with {source.reader}: who "
            "speaks cannot be proved anew; certify the quote again, or verify with the version that made it."
        )
        yield Finding(what="reader", outcome=Outcome.FAILED, detail=detail)
        return
    yield Finding(what="reader", outcome=Outcome.PASSED, detail=f"Read anew with {source.reader}.")
    yield _equal("text", source.text_sha256, told.text_sha256, "SHA-256 of the canonical text", "the text differs")
    said = source.text[certificate.start : certificate.end]
    yield _equal("words", said, certificate.words, "text at this place", f"it reads “{said[:200]}”")
    yield _speaker(certificate, source, raw, reading)
    yield _equal("words version", str(WORDS_VERSION), str(certificate.words_version), "version", "it is another one")
    yield from _fields(certificate, source, raw)


def _equal(what: str, found: str, certified: str, name: str, otherwise: str) -> Finding:
    if found == certified:
        return Finding(what=what, outcome=Outcome.PASSED, detail=f"The {name} agrees: {found[:200]}")
    detail = f"The {name} does not agree with the certificate: {otherwise}."
    return Finding(what=what, outcome=Outcome.FAILED, detail=detail)


def _raw_words(certificate: Certificate, raw: bytes) -> Finding:
    """Look at the raw characters, without any reader: mark-up and cue times may stand between the words."""
    try:
        cut = raw_text(raw, certificate.source.encoding)[certificate.raw_start : certificate.raw_end]
    except (AskIlyaError, LookupError, UnicodeError, ValueError) as error:
        detail = f"The file cannot be decoded: {' '.join(str(error).split())}."
        return Finding(what="raw words", outcome=Outcome.FAILED, detail=detail)
    wanted = keys(certificate.words)
    plain = _LINK_TARGET.sub("", _TIMING.sub(" ", html.unescape(cut))).replace("[", "")
    for form in (cut, plain):
        if keys(form) == wanted:
            return Finding(what="raw words", outcome=Outcome.PASSED, detail="The raw characters read the same words.")
    if _inside(wanted, keys(html.unescape(_unescaped(cut)))):
        detail = "The raw characters hold these words in this order, among mark-up; the reader decides."
        return Finding(what="raw words", outcome=Outcome.NOT_CHECKED, detail=detail)
    span = f"[{certificate.raw_start}, {certificate.raw_end})"
    shown = " ".join(cut[:200].split())
    return Finding(
        what="raw words",
        outcome=Outcome.FAILED,
        detail=f"The raw characters {span} do not read these words: “{shown}”.",
    )


def _speaker(certificate: Certificate, source: Source, raw: bytes, reading: Reading) -> Finding:
    what = "speaker"
    try:
        turn = source.turns[source.turn_index(certificate.start)]
    except SpanError:
        return Finding(what=what, outcome=Outcome.FAILED, detail="Nobody's turn stands at this place.")
    if not certificate.start < certificate.end <= turn.end:
        return Finding(what=what, outcome=Outcome.FAILED, detail="The words run over the end of a turn.")
    if turn.role is Role.SUBJECT and turn.speaker == certificate.speaker and turn.provenance.quotable:
        return _named(certificate, source, raw, reading)
    if turn.role is Role.UNKNOWN and certificate.speaker_known is not Certainty.LABELLED:
        detail = (
            f"The file alone does not say who speaks; that it is {certificate.speaker} is stated by the operator "
            f"({certificate.speaker_known.value})."
        )
        return Finding(what=what, outcome=Outcome.STATED, detail=detail)
    detail = f"The words are {turn.speaker or 'somebody'}'s ({turn.role.value}), not {certificate.speaker}'s."
    return Finding(what=what, outcome=Outcome.FAILED, detail=detail)


def _named(certificate: Certificate, source: Source, raw: bytes, reading: Reading) -> Finding:
    """Whether the file names the person by the name, or only by another one that the certificate lists."""
    turn = source.turns[source.turn_index(certificate.start)]
    sure = turn.certainty.value if turn.certainty else "unknown"
    passed = Finding(
        what="speaker", outcome=Outcome.PASSED, detail=f"Read anew, the speaker is {turn.speaker} ({sure})."
    )
    subject, told = certificate.subject, certificate.source
    if subject == default_subject():
        return passed
    plain = reread(
        raw, reader=told.reader, origin=told.origin, source_id=told.id, subject=_by_name(subject), reading=reading
    )
    other = plain.turns[plain.turn_index(certificate.start)] if plain and plain.text == source.text else None
    if other and other.role is Role.SUBJECT:
        return passed
    called = f"“{other.speaker}”" if other and other.speaker else "nobody of that name"
    detail = f"The file gives these words to {called}; that this is {subject.name} is stated by the operator alone."
    return Finding(what="speaker", outcome=Outcome.STATED, detail=detail)


def _by_name(subject: Subject) -> Subject:
    """Return the person with such other names only as are parts of the name, and with no accounts."""
    own = set(keys(subject.name))
    parts = tuple(alias for alias in subject.aliases if keys(alias) and set(keys(alias)) <= own)
    fields = subject.model_dump() | {"aliases": parts, "misspellings": (), "handles": ()}
    return Subject.model_validate(fields)  # a copy would keep the names it has worked out already


def _fields(certificate: Certificate, source: Source, raw: bytes) -> Iterator[Finding]:
    """Compare every field with what the file gives; what differs is refused, or stated where that is allowed."""
    found, told = facts_of(source, certificate.start, certificate.end, raw), _flat(certificate)
    differing = [name for name, value in found.items() if told[name] != value]
    wrong = [name for name in differing if name not in STATABLE]
    wrong += [name for name in differing if name in STATABLE and name not in certificate.stated]
    if wrong:
        given = "; ".join(f"{name}: the file gives {_shown(found[name])}" for name in wrong)
        detail = f"The file does not give it so: {given}."
        yield Finding(what="facts", outcome=Outcome.FAILED, detail=detail, parts=tuple(wrong))
    else:
        detail = f"{len(found) - len(differing)} fields are as the file gives them."
        yield Finding(what="facts", outcome=Outcome.PASSED, detail=detail)
    expected = stated([name for name in differing if name in STATABLE], certificate.subject)
    if not wrong and list(certificate.stated) != expected:
        detail = f"What the operator states is not what the certificate lists: {', '.join(expected)}."
        yield Finding(what="stated", outcome=Outcome.FAILED, detail=detail, parts=tuple(expected))
        return
    listed = "; ".join(f"{name}: {_shown(told[name])}" for name in expected)
    detail = f"Stated by the operator, the file alone does not give it so: {listed}."
    yield Finding(what="stated", outcome=Outcome.STATED, detail=detail, parts=tuple(expected))


def _flat(certificate: Certificate) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name, value in certificate.model_dump(mode="json").items():
        fields |= {f"{name}.{inner}": one for inner, one in value.items()} if isinstance(value, dict) else {}
        fields[name] = value["name"] if name == "subject" else value
    return fields


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "nothing"
    return "nothing" if value is None else " ".join(str(value).split())[:200]


def _inside(wanted: list[str], found: list[str]) -> bool:
    rest = iter(found)
    return all(key in rest for key in wanted)


def _unescaped(text: str) -> str:
    """Return the text with JSON's escapes (\\n, \\", \\u2019) read."""
    read_one = re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), text)
    return re.sub(r"\\[nrt]", " ", read_one).replace('\\"', '"')
