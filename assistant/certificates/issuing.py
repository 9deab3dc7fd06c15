"""Making the certificate of a quote: all of it is read from its source; what the file alone does not give is listed."""

import hashlib
import re
from datetime import UTC, datetime
from importlib import metadata

from assistant.certificates.certified_quotes import FORMAT, Certificate, CertificateRefused, sealed
from assistant.certificates.rereading import facts_of, inspected, reread
from assistant.certificates.signing_keys import SigningKey
from assistant.quotes import Quote
from knowledge.model.subject import Subject, default_subject
from knowledge.text.words import VERSION as WORDS_VERSION

STATABLE = frozenset(
    f"source.{name}" for name in ("title", "date", "venue", "interviewers", "url", "language", "how", "provenance")
) | {"speaker", "speaker_known", "asked", "asked_by", "said_at", "inspected.turns", "inspected.quotable_words"}
"""What an operator may state where the file does not give it so; everything else is the file's or refused."""
ALWAYS_STATED = ("issued_at", "issued_by", "source.id", "source.origin")
"""What no file tells."""


def certify(
    quote: Quote,
    raw: bytes,
    *,
    origin: str,
    subject: Subject,
    key: SigningKey | None = None,
    now: datetime | None = None,
) -> Certificate:
    """Return the certificate of a quote.

    Args:
        quote: what is certified.
        raw: the file its source was read from.
        origin: the path or url the file came from.
        subject: the person quoted.
        key: signs the certificate.
        now: when it is made; by default this moment.

    Raises:
        CertificateRefused: `raw` is another file than the quote's.
    """
    source, told = quote.source, quote.attribution
    if hashlib.sha256(raw).hexdigest() != source.sha256:
        raise CertificateRefused(f"The file given for {source.id} is not the one its quotes were cut from.")
    raw_start, raw_end = source.raw_map.raw_span(quote.start, quote.end)
    public = _public(origin)
    alone = reread(raw, reader=source.reader, origin=public, source_id=source.id, subject=subject)
    mine = facts_of(source, quote.start, quote.end, raw)
    its = facts_of(alone, quote.start, quote.end, raw) if alone else {}
    differing = [name for name in mine if name in STATABLE and (name not in its or its[name] != mine[name])]
    certificate = sealed(
        {
            "format": FORMAT,
            "id": quote.id,
            "words": quote.text,
            "start": quote.start,
            "end": quote.end,
            "raw_start": raw_start,
            "raw_end": raw_end,
            "said_at": quote.said_at,
            "speaker": told.speaker,
            "speaker_known": told.certainty.value,
            "asked": told.asked,
            "asked_by": told.asked_by,
            "subject": subject.model_dump(mode="json"),
            "source": {
                "id": source.id,
                "title": source.title,
                "date": source.date,
                "venue": source.venue,
                "interviewers": list(source.interviewers),
                "url": source.url,
                "language": source.language,
                "provenance": told.provenance.value,
                "how": source.how.value if source.how else None,
                "origin": public,
                "file_sha256": source.sha256,
                "text_sha256": source.text_sha256,
                "encoding": source.raw_map.encoding,
                "reader": source.reader,
            },
            "inspected": inspected(source, raw).model_dump(),
            "words_version": WORDS_VERSION,
            "issued_at": f"{now or datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "issued_by": f"ask-ilya {metadata.version('ask-ilya')}",
            "stated": stated(differing, subject),
        }
    )
    return certificate.model_copy(update={"signature": key.sign(certificate.sealed_bytes)}) if key else certificate


def stated(differing: list[str], subject: Subject) -> list[str]:
    """Return, in order, the names of what is the operator's statement: what differs from the file and what none tells.

    The person's names are a statement where this program does not ship them.
    """
    return sorted({*differing, *ALWAYS_STATED, *([] if subject == default_subject() else ["subject"])})


def _public(origin: str) -> str:
    """Return an address as it is; of a local path the file's name only, which is all that may be handed on."""
    return origin if re.match(r"https?://", origin) else re.split(r"[/\\]", origin)[-1]
