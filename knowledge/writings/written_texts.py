"""What the subject wrote, known as such by the text itself: its author line, a dated post, a signature, a mail's head.

Words are the subject's where the text says so and nothing in it speaks against it: other authors or signers, a
recording, sentences that tell of the subject by name. Quotations, tables and headings inside stay background.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from knowledge.formats.blocks import Block, BlockKind
from knowledge.formats.converted import MAIL_FROM, MAIL_SENT, MAIL_SUBJECT
from knowledge.formats.document import Document, Given, finished, take_background
from knowledge.formats.draft import Draft
from knowledge.formats.post_records import is_status
from knowledge.interviews.utterances import layouts_of
from knowledge.metadata.known_addresses import video_id
from knowledge.metadata.label_names import is_name
from knowledge.metadata.printed_facts import partial_date
from knowledge.metadata.transcript_signs import says_translated, signs_of_rewriting
from knowledge.model.provenance import LETTER, POST, Provenance
from knowledge.model.source import Source
from knowledge.model.subject import Subject
from knowledge.model.turns import Certainty, Role
from knowledge.model.word_rules import RuleFile
from knowledge.writings.post_heads import PlacedHead, heads_in

WRITING = RuleFile(Path(__file__).with_suffix(".yaml"))

_BODY = frozenset([BlockKind.PARAGRAPH, BlockKind.ITEM])
_DASHES = " \t—–-~*_"


@dataclass(frozen=True)
class Written:
    """Blocks [first, last) of a document are the subject's writing; facts that the text gives beside them."""

    first: int
    last: int
    medium: str | None
    why: str
    date: str | None = None
    url: str | None = None
    cut: int = 0
    """Characters of the first block that stand before the words."""
    title: str | None = None


def is_written(document: Document, subject: Subject) -> bool:
    """Whether a document shows by itself that the subject wrote it."""
    return _found(document, subject) is not None


def read_written(document: Document, given: Given) -> Source:
    """Return a text of the subject's own: what he wrote is quotable as written, what stands around it is background."""
    found = _found(document, given.subject)
    assert found is not None
    facts = document.facts
    facts = replace(facts, title=found.title or facts.title, date=found.date or facts.date, url=facts.url or found.url)
    if found.medium == POST:
        day = facts.date or ""
        facts = replace(facts, venue=facts.venue or "X", title=f"Post on X, {day}" if day else facts.title)
    noted = replace(document, facts=facts).noting(found.why)
    provenance = Provenance.WRITTEN
    told = says_translated(facts.declared, document.language)
    if given.subject.never_speaks(document.language) or told:
        provenance = Provenance.TRANSLATION
        noted = noted.noting(f"It is in another language than it was written in ({document.language}): a translation.")
    draft = noted.draft(provenance)
    take_background(draft, noted, noted.blocks[: found.first])
    for number, whole in enumerate(noted.blocks[found.first : found.last]):
        block = whole if number else whole.cut(found.cut)
        if block.kind in _BODY or (found.medium == POST and block.kind is BlockKind.QUOTE):
            draft.take_pieces(block.pieces, join=noted.joint(block))
        else:
            _close(draft, given.subject)
            take_background(draft, noted, [block])
    _close(draft, given.subject)
    take_background(draft, noted, noted.blocks[found.last :])
    return finished(draft, noted, given, reader="written").model_copy(update={"medium": found.medium})


def _close(draft: Draft, subject: Subject) -> None:
    draft.close_turn(role=Role.SUBJECT, speaker=subject.name, certainty=Certainty.LABELLED)


def _found(document: Document, subject: Subject) -> Written | None:
    if document.refuted or document.recorded:
        return None
    if document.reader == "post":
        return _record(document, subject)
    mail = _mail_file(document, subject)
    if mail is not None:
        return mail
    if document.reader not in ("text", "docx") or signs_of_rewriting(document.facts, document.blocks):
        return None
    heads = heads_in([block.text for block in document.blocks])
    if heads:
        return _post(document.blocks, heads, subject)
    found = _mail(document.blocks, subject)
    if found is None and not layouts_of(document):
        found = _authored(document, subject) or _signed(document, subject)
    if found is None or _tells_of(document.blocks[found.first : found.last], subject):
        return None
    return found


def _record(document: Document, subject: Subject) -> Written | None:
    declared = document.facts.declared
    handle, name = str(declared.get("handle") or ""), str(declared.get("author") or "")
    on_x = is_status(document.facts.url or "")  # a name alone may be any chat's
    if not (subject.owns(handle) if handle else on_x and subject.is_label(name)):
        return None
    why = f"Its record names the account that posted it ({'@' + handle if handle else name})."
    return Written(0, len(document.blocks), POST, why)


def _post(blocks: Sequence[Block], heads: list[PlacedHead], subject: Subject) -> Written | None:
    """Return the one post of a text; a text with several is cut up before it is read."""
    if len(heads) > 1:
        return None
    above, head = heads[0].last, heads[0].head
    if not subject.owns(head.handle) or (head.name and not subject.is_label(head.name)):
        return None
    if head.body is None:
        first = last = above
        quoted = first < len(blocks) and blocks[first].kind is BlockKind.QUOTE
        while last < len(blocks) and (
            blocks[last].kind is BlockKind.QUOTE
            if quoted
            else blocks[last].kind in _BODY and (last == first or blocks[last].follows)
        ):
            last += 1
    else:
        first, last = above - 1, above
        while last < len(blocks) and blocks[last].follows and blocks[last].kind in _BODY:
            last += 1
    if first == last:
        return None
    address = next((url for block in blocks if (url := head.address_in(block.text))), None)
    why = f"It names who posted it and when (@{head.handle})."
    return Written(first, last, POST, why, head.day, address, head.body or 0)


def _authored(document: Document, subject: Subject) -> Written | None:
    """Return the text below front matter that names the subject as its one author."""
    facts = document.facts
    author = facts.declared.get("author") or facts.declared.get("authors")
    if isinstance(author, list):
        author = author[0] if len(author) == 1 else None
    spoken = facts.seconds or facts.interviewers or (facts.url and video_id(facts.url))
    kind = str(facts.declared.get("type") or facts.declared.get("medium") or "").strip().lower()
    if not isinstance(author, str) or not subject.is_label(author) or spoken:
        return None
    if kind in {"transcript", "interview", "podcast", "talk", "video", "lecture"}:
        return None
    medium = {"post": POST, "tweet": POST, "letter": LETTER, "email": LETTER, "e-mail": LETTER}.get(kind)
    return Written(0, len(document.blocks), medium, f"Its header names one author, {author}.")


def _signed(document: Document, subject: Subject) -> Written | None:
    """Return the text above a signature: one name alone, behind a closing, a salutation or the title of a statement."""
    blocks = document.blocks
    texts = [" ".join(block.text.split()) for block in blocks]
    at = next((n for n in range(len(texts) - 1, -1, -1) if subject.is_label(texts[n].strip(_DASHES))), None)
    if at is None or at == 0 or len(texts[at].split()) > 6:
        return None
    if any(not partial_date(text) and is_name(text.strip(_DASHES)) for text in texts[at + 1 :]):
        return None  # others signed too
    if any(len(text.split()) > 12 for text in texts[at + 1 :]):
        return None  # the text goes on
    closed = WRITING.found("closing", texts[at - 1].strip(_DASHES))
    greeted = next((n for n, text in enumerate(texts[:4]) if WRITING.found("salutation", text)), None)
    titled = any(WRITING.found("statement", text) for text in [document.facts.title or "", *texts[:1]])
    if not (closed or greeted is not None or titled):
        return None
    last = at - 1 if closed else at
    first = greeted + 1 if greeted is not None else next((n for n in range(last) if _is_body(blocks[n])), last)
    if is_name(texts[last - 1].strip(_DASHES)) or first >= last:
        return None
    below = next((day for text in texts[at + 1 :] if (day := partial_date(text))), None)
    medium = LETTER if greeted is not None or closed else None
    return Written(first, last, medium, f"It is signed by {subject.name} alone.", below)


def _mail(blocks: Sequence[Block], subject: Subject) -> Written | None:
    """Return the body of a mail from the subject, up to the mail it answers."""
    head: dict[str, str] = {}
    at = 0
    for at, block in enumerate(blocks):  # noqa: B007  # where the head ends
        match = WRITING.find("mail_head", " ".join(block.text.split()))
        if match is None:
            break
        head.setdefault(match["key"].lower(), match["value"])
    sender = head.get("from") or head.get("发件人")
    if sender is None or len(head) < 3:
        return None
    name = _sender(sender)
    if not subject.is_label(name):
        return None
    last = next((n for n in range(at, len(blocks)) if _ends_mail(blocks[n])), len(blocks))
    if last == at:
        return None
    day = partial_date(head.get("date") or head.get("sent") or head.get("日期"))
    return Written(at, last, LETTER, f"Its head names who sent it ({name}).", day)


def _mail_file(document: Document, subject: Subject) -> Written | None:
    """Return the body of a mail that is kept as a file, whose head its converter declared."""
    if not document.decoded.encoding.endswith("mail"):  # a page could declare what it likes
        return None
    head = document.facts.declared
    name = _sender(str(head.get(MAIL_FROM) or ""))
    if not subject.is_label(name):
        return None
    last = next((n for n, block in enumerate(document.blocks) if _ends_mail(block)), len(document.blocks))
    if last == 0:
        return None
    why = f"Its head names who sent it ({name})."
    title = str(head.get(MAIL_SUBJECT) or "") or None
    return Written(0, last, LETTER, why, partial_date(head.get(MAIL_SENT)), title=title)


def _sender(told: str) -> str:
    return re.sub(r"\s*(?:[<\[(]|\S+@).*", "", told).strip(' "')


def _ends_mail(block: Block) -> bool:
    text = " ".join(block.text.split())
    again = WRITING.find("mail_head", text)
    return (
        block.kind is BlockKind.QUOTE
        or WRITING.found("quoted_mail", text)
        or (again is not None and again["key"].lower() in ("from", "发件人"))
    )


def _is_body(block: Block) -> bool:
    return block.kind in _BODY and len(block.text.split()) > 8


def _tells_of(blocks: Sequence[Block], subject: Subject) -> bool:
    """Whether a text names the subject inside: then somebody else may tell of him."""
    named = sum(subject.name in block.text for block in blocks if block.kind in _BODY)
    return named > 1 or (named == 1 and sum(block.kind in _BODY for block in blocks) < 4)
