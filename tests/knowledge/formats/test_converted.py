"""Mail, saved pages, RTF, OpenDocument, EPUB, gzip, subtitles: the same turns as plain text, tags are no words."""

import base64
import gzip
import html
import io
import json
import quopri
import zipfile
from collections.abc import Callable

import pytest

from knowledge.model.errors import SourceRefused
from knowledge.model.source import Source
from knowledge.model.turns import Role
from knowledge.readers import read
from tests.invented import MIRA
from tests.knowledge.interviews.layouts import INTERVIEW, LAYOUTS, Line
from tests.knowledge.interviews.test_labelled import check_map, quotable_text, spoken

Lines = tuple[Line, ...]
TEXT = LAYOUTS["colon"](INTERVIEW)
PAGE = "<html><body>" + "".join(
    f"<p><b>{line.speaker}:</b> {html.escape(' '.join(line.text.split()))}</p>" for line in INTERVIEW
) + "</body></html>"  # fmt: skip
EXPECTED = [
    (Role.SUBJECT if line.speaker == MIRA.name else Role.OTHER, " ".join(line.text.split())) for line in INTERVIEW
]


def read_raw(raw: bytes) -> Source:
    source = read(raw, origin="talk.bin", source_id="talk", subject=MIRA)
    check_map(source, raw)
    return source


def mail(body: bytes, kind: str, encoding: str) -> bytes:
    head = f"From: ann@hive.example\nSubject: Bees\nMIME-Version: 1.0\nContent-Type: {kind}; charset=utf-8\n"
    return f"{head}Content-Transfer-Encoding: {encoding}\n\n".encode() + body


def mhtml() -> bytes:
    part = f"Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n{qp(PAGE).decode()}"
    return (
        "From: <Saved by Blink>\nMIME-Version: 1.0\n"
        "Content-Type: multipart/related; type=\"text/html\"; boundary=XX\n\n"
        f"--XX\n{part}\n--XX\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--XX--\n"
    ).encode()  # fmt: skip


def qp(text: str) -> bytes:
    return quopri.encodestring(text.encode())


def rtf(text: str) -> bytes:
    escaped = "".join(char if ord(char) < 128 else f"\\u{ord(char)}?" for char in text.replace("\n", "\\par\n"))
    return f"{{\\rtf1\\ansi\\deff0 {{\\fonttbl{{\\f0 Arial;}}}}\n{escaped}}}".encode("ascii")


def archive(parts: dict[str, str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as into:
        for name, text in parts.items():
            into.writestr(zipfile.ZipInfo(name), text)
    return made.getvalue()


def odt(inside: str) -> bytes:
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "style")
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:text>{inside}</office:text></office:body>"
        "</office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.text"
    listed = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{media}"/>'
        for path, media in (("/", kind), ("content.xml", "text/xml"))
    )
    manifest = f'<manifest:manifest xmlns:manifest="{listed}">{entries}</manifest:manifest>'
    return archive({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def odt_paragraphs() -> str:
    return "".join(f"<text:p>{html.escape(part)}</text:p>" for part in TEXT.split("\n") if part)


def epub() -> bytes:
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="b" href="two.xhtml"/>'
        '<item id="a" href="one.xhtml"/></manifest><spine><itemref idref="a"/><itemref idref="b"/></spine></package>'
    )
    rows = [f"<p><b>{line.speaker}:</b> {html.escape(' '.join(line.text.split()))}</p>" for line in INTERVIEW]
    container = '<container><rootfiles><rootfile full-path="in/book.opf"/></rootfiles></container>'
    chapter = "<html xmlns='http://www.w3.org/1999/xhtml'><head><title>x</title></head><body>{}</body></html>"
    return archive({
        "mimetype": "application/epub+zip", "META-INF/container.xml": container, "in/book.opf": package,
        "in/two.xhtml": chapter.format("".join(rows[3:])), "in/one.xhtml": chapter.format("".join(rows[:3])),
    })  # fmt: skip


DOCUMENTS: dict[str, Callable[[], bytes]] = {
    "mail, quoted-printable": lambda: mail(qp(TEXT), "text/plain", "quoted-printable"),
    "mail, base64": lambda: mail(base64.encodebytes(TEXT.encode()), "text/plain", "base64"),
    "mail, a page": lambda: mail(qp(PAGE), "text/html", "quoted-printable"),
    "page saved as MHTML": mhtml,
    "RTF": lambda: rtf(TEXT),
    "OpenDocument": lambda: odt(odt_paragraphs()),
    "EPUB": epub,
    "gzip of text": lambda: gzip.compress(TEXT.encode(), mtime=0),
    "gzip of a page": lambda: gzip.compress(PAGE.encode(), mtime=0),
    "gzip of RTF": lambda: gzip.compress(rtf(TEXT), mtime=0),
}


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_document_gives_the_turns_of_its_text(kind: str) -> None:
    assert spoken(read_raw(DOCUMENTS[kind]())) == EXPECTED


HIDDEN_STYLE = '<style:style style:name="H"><style:text-properties text:display="none"/></style:style>'
DELETED = "<text:changed-region><text:deletion><text:p>strangers</text:p></text:deletion></text:changed-region>"
COMMENT = "Thank<office:annotation><text:p>strangers</text:p></office:annotation> you."
STRUCK = {
    "RTF, hidden": rtf(TEXT).replace(b"Thank you.", b"{\\v strangers} Thank you."),
    "RTF, struck": rtf(TEXT).replace(b"Thank you.", b"{\\strike strangers} Thank you."),
    "OpenDocument, hidden": odt(HIDDEN_STYLE + odt_paragraphs()),
    "OpenDocument, deleted": odt(f"<text:tracked-changes>{DELETED}</text:tracked-changes>{odt_paragraphs()}"),
    "OpenDocument, a comment": odt(odt_paragraphs().replace("Thank you.", COMMENT)),
}  # fmt: skip


@pytest.mark.parametrize("kind", STRUCK)
def test_hidden_struck_and_deleted_words_are_refused_or_left_out(kind: str) -> None:
    try:
        source = read_raw(STRUCK[kind])
    except SourceRefused as refused:
        assert "hidden or struck" in refused.reason  # noqa: PT017  # either outcome is right
    else:
        assert "strangers" not in source.text


@pytest.mark.parametrize(
    "raw",
    [
        archive({"mimetype": "application/epub+zip", "x": "y"}), b"\x1f\x8b\x08\x00broken",
        archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a><b>"}),
        gzip.compress(gzip.compress(b"bees", mtime=0), mtime=0),
        b"Subject: x\nMIME-Version: 1.0\nContent-Type: image/png\n\nxx",
        b"[Script Info]\n", b"<SAMI>\n<BODY>",
        b"<?xml version='1.0'?><transcript><text start='x'>bees</text></transcript>",
        b'{"events": [{"segs": 3}]}', b'<tt xmlns="http://www.w3.org/ns/ttml"><body><p begin="x">a',
    ],
    ids="epub broken-gzip odt gzip-in-gzip mail subtitles sami captions json3 ttml".split(),
)  # fmt: skip
def test_damaged_files_are_refused_in_one_sentence(raw: bytes) -> None:
    with pytest.raises(SourceRefused) as refused:
        read(raw, origin="talk.bin", source_id="talk", subject=MIRA)
    assert refused.value.reason.endswith(".")


SAID = [(1.0, 2.5, "Bees dance & point"), (2.5, 4.0, "to <flowers> at noon.")]


def ass(name: str = "") -> str:
    rows = "".join(
        f"Dialogue: 0,0:00:{start:05.2f},0:00:{end:05.2f},Default,{name},0,0,0,,{{\\i1}}{text}\n"
        for start, end, text in SAID
    )
    return (
        "[Script Info]\nScriptType: v4.00+\n\n[Events]\n"
        "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
        f"Comment: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,strangers\n{rows}"
    )


SUBTITLES = {
    "ASS": ass(),
    "SBV": "".join(f"0:00:0{start:.3f},0:00:0{end:.3f}\n{text}\n\n" for start, end, text in SAID),
    "TTML": '<?xml version="1.0"?><tt xmlns="http://www.w3.org/ns/ttml"><body><div>'
    + "".join(f'<p begin="{start}s" end="{end}s">{html.escape(text)}</p>' for start, end, text in SAID)
    + "</div></body></tt>",
    "YouTube srv1": '<?xml version="1.0" encoding="utf-8" ?><transcript>'
    + "".join(f'<text start="{a}" dur="{b - a}">{html.escape(html.escape(t))}</text>' for a, b, t in SAID)
    + "</transcript>",
    "YouTube srv3": '<timedtext format="3"><body>'
    + "".join(f'<p t="{a * 1000:.0f}" d="{(b - a) * 1000:.0f}"><s>{html.escape(t)}</s></p>' for a, b, t in SAID)
    + "</body></timedtext>",
    "YouTube json3": json.dumps({"wireMagic": "pb3", "events": [
        {"tStartMs": a * 1000, "dDurationMs": (b - a) * 1000, "segs": [{"utf8": word} for word in t.split(" ", 0)]}
        for a, b, t in SAID
    ]}),
}  # fmt: skip


@pytest.mark.parametrize("kind", SUBTITLES)
def test_subtitles_give_their_words_and_times(kind: str) -> None:
    source = read_raw(SUBTITLES[kind].encode())
    assert source.text == "Bees dance & point to <flowers> at noon."
    assert source.said_at(source.text.index("to <")) == 2.5


def test_the_actor_of_a_subtitle_is_its_speaker() -> None:
    assert quotable_text(read_raw(ass("Mira Vane").encode())).startswith("Bees dance & point")
    assert quotable_text(read_raw(ass("Tom Reed").encode())) == ""


@pytest.mark.parametrize(
    ("start", "end", "unit"),
    [("startMs", "endMs", 1000), ("start_ms", "end_ms", 1000), ("start", "end", 1), ("start", "end", 1000),
     ("offsetInTicks", "x", 10_000_000), ("start", "end", 10_000_000)],
)  # fmt: skip
def test_times_are_seconds_whatever_their_unit(start: str, end: str, unit: int) -> None:
    rows = [
        {"speaker": "AB"[n % 2], start: (20 + 7 * n) * unit, end: (26 + 7 * n) * unit, "text": f"So it was, {n}."}
        for n in range(20)
    ]
    source = read_raw(json.dumps({"segments": rows}).encode())
    assert [turn.said_at for turn in source.turns][:3] == [20.0, 27.0, 34.0]


@pytest.mark.parametrize("unit", [1, 1000])
def test_times_of_a_calendar_are_no_times_of_a_recording(unit: int) -> None:
    rows = [{"speaker": "AB"[n % 2], "start": (1_700_000_000 + 7 * n) * unit, "text": f"So, {n}."} for n in range(20)]
    source = read_raw(json.dumps(rows).encode())
    assert {turn.said_at for turn in source.turns} == {None}
    assert any("calendar" in note for note in source.notes)
