"""Mails kept as files (.eml): who sent one, when and about what stands in its head; what it answers is not hers."""

import base64

import pytest

from knowledge.model.provenance import LETTER, Provenance
from knowledge.model.source import Source
from knowledge.readers import read
from tests.invented import MIRA
from tests.knowledge.interviews.test_labelled import check_map, quotable_text

WORDS = "The bees have decided. They will leave the orchard in May,\nand none of us will stop them."
ANSWERED = "On Tue, 19 Sep 2017 at 8:00, Tom Reed <tom@hive.example> wrote:\n> Who decides? I know it well.\n"
QUOTED = "On Tue, 19 Sep 2017 at 8:00, Tom Reed wrote:<br><blockquote>Who decides?</blockquote>"
PAGE = f'<div>{" ".join(WORDS.split())}</div><div class="gmail_quote">{QUOTED}</div>'


def mail(kind: str, body: str, *, sender: str = "Mira Vane <mira@hive.example>", extra: str = "") -> bytes:
    head = f"From: {sender}\nTo: Tom Reed <tom@hive.example>\nDate: Wed, 20 Sep 2017 14:08:00 -0700\n"
    return f"{head}Subject: On leaving\nMIME-Version: 1.0\nContent-Type: {kind}\n{extra}\n{body}".encode()


def multipart(*parts: tuple[str, str], kind: str = "alternative") -> bytes:
    body = "".join(f"--B\nContent-Type: {one}; charset=utf-8\n\n{text}\n" for one, text in parts) + "--B--\n"
    return mail(f'multipart/{kind}; boundary="B"', body)


MAILS = {
    "text": mail("text/plain; charset=utf-8", f"{WORDS}\n\n{ANSWERED}"),
    "base64": mail(
        "text/plain; charset=utf-8",
        base64.encodebytes(f"{WORDS}\n\n{ANSWERED}".encode()).decode(),
        extra="Content-Transfer-Encoding: base64\n",
    ),
    "a page": mail("text/html; charset=utf-8", PAGE),
    "a whole page": mail("text/html; charset=utf-8", f"<html><head><title>x</title></head><body>{PAGE}</body></html>"),
    "text and page": multipart(("text/plain", f"{WORDS}\n\n{ANSWERED}"), ("text/html", PAGE)),
    "with an attachment": multipart(("text/plain", f"{WORDS}\n\n{ANSWERED}"), ("text/csv", "a,b"), kind="mixed"),
}


def read_mail(raw: bytes) -> Source:
    source = read(raw, origin="exhibit.eml", source_id="exhibit", subject=MIRA)
    check_map(source, raw)
    return source


@pytest.mark.parametrize("kind", MAILS)
def test_a_mail_of_hers_is_her_writing_with_its_day_and_subject(kind: str) -> None:
    source = read_mail(MAILS[kind])
    assert " ".join(quotable_text(source).split()) == " ".join(WORDS.split())
    assert (source.title, source.date, source.medium) == ("On leaving", "2017-09-20", LETTER)
    assert source.provenance is Provenance.WRITTEN
    assert "Who decides?" in source.text


@pytest.mark.parametrize(
    "raw",
    [
        mail("text/plain", WORDS, sender="Tom Reed <tom@hive.example>"),
        mail("text/plain", WORDS, sender="Tom Reed <mira@hive.example>"),
        mail("text/plain", WORDS, sender="Mira Vane"),  # no address: a page saved by a browser says so too
        mail("text/plain", f"{ANSWERED}"),
    ],
)
def test_a_mail_of_somebody_else_or_without_words_of_hers_is_background(raw: bytes) -> None:
    assert read_mail(raw).quotable_words() == 0


@pytest.mark.parametrize(
    "raw",
    [
        f'<html><head><meta name="mail-from" content="Mira Vane &lt;m@x.example&gt;"></head><p>{WORDS}</p></html>',
        f'---\nmail-from: "Mira Vane <m@x.example>"\n---\n{WORDS}\n',
    ],
)
def test_a_page_or_text_that_calls_itself_a_mail_is_none(raw: str) -> None:
    assert read(raw.encode(), origin="x", source_id="x", subject=MIRA).quotable_words() == 0
