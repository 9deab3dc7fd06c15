"""Word documents: interviews in the layouts of transcript services; what Word keeps beside the text is no text."""

import zipfile
from collections.abc import Callable

import pytest

from knowledge.model.errors import SourceRefused
from knowledge.model.provenance import Provenance
from knowledge.model.source import Source
from knowledge.model.turns import Role
from knowledge.readers import read
from tests.invented import MIRA
from tests.knowledge.formats.docx_files import archive, docx, notes, paragraph, runs, table
from tests.knowledge.interviews.layouts import INTERVIEW, Line, clock
from tests.knowledge.interviews.test_labelled import check_map, quotable_text, spoken

SPOKEN = [
    (Role.SUBJECT if line.speaker == MIRA.name else Role.OTHER, " ".join(line.text.split())) for line in INTERVIEW
]


def read_docx(raw: bytes) -> Source:
    return read(raw, origin="talk.docx", source_id="talk", subject=MIRA)


def flat(line: Line) -> str:
    return " ".join(line.text.split())


def each(render: Callable[[Line], list[str]]) -> list[str]:
    return [paragraph(text) for line in INTERVIEW for text in render(line)]


LAYOUTS = {
    "bold label": each(lambda line: [f"**{line.speaker}:** {flat(line)}"]),
    "plain label": each(lambda line: [f"{line.speaker}: {flat(line)}"]),
    "paragraphs of a turn": each(
        lambda line: [
            f"{line.speaker}:" * (not number) + f" {text}" for number, text in enumerate(line.text.split("\n"))
        ]
    ),
    "label above": each(lambda line: [f"**{line.speaker}**", flat(line)]),
    "tab": each(lambda line: [f"{line.speaker}:\t{flat(line)}"]),
    "tab alone": each(lambda line: [f"{line.speaker}\t{flat(line)}"]),
    "time above (Rev)": each(lambda line: [f"{line.speaker} ({clock(line.seconds)}):", flat(line)]),
    "time, line break (Rev)": each(lambda line: [f"{line.speaker} ({clock(line.seconds)}):\n{flat(line)}"]),
    "time above (Otter)": each(lambda line: [f"{line.speaker}  {clock(line.seconds)}", flat(line)]),
    "bold with time, line break (Teams)": each(
        lambda line: [f"**{line.speaker}**   {clock(line.seconds)}\n{flat(line)}"]
    ),
    "time before (Descript)": each(lambda line: [f"[{clock(line.seconds)}] **{line.speaker}:** {flat(line)}"]),
    "time and name above (Word)": each(lambda line: [f"{clock(line.seconds)} {line.speaker}", flat(line)]),
    "table": [table([line.speaker, flat(line)] for line in INTERVIEW)],
    "table with times": [table([clock(line.seconds), line.speaker, flat(line)] for line in INTERVIEW)],
    "headings": [
        element for line in INTERVIEW for element in (paragraph(line.speaker, style="Heading2"), paragraph(flat(line)))
    ],
}
TIMED = sorted(name for name in LAYOUTS if "time" in name)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_gives_the_same_turns(layout: str) -> None:
    raw = docx([paragraph("Bees and Tides", style="Heading1"), *LAYOUTS[layout]])
    source = read_docx(raw)
    assert spoken(source) == SPOKEN
    assert (source.title, source.raw_map.encoding) == ("Bees and Tides", "docx")
    check_map(source, raw)


@pytest.mark.parametrize("layout", TIMED)
def test_printed_times_become_times_of_turns(layout: str) -> None:
    source = read_docx(docx(LAYOUTS[layout]))
    turns = [turn for turn in source.turns if turn.provenance is Provenance.TRANSCRIPT]
    assert [turn.said_at for turn in turns] == [line.seconds for line in INTERVIEW]


def said(words: str) -> list[str]:
    """The body of an interview in which the subject's last answer is these runs."""
    asked = [paragraph("Tom Reed: And then, what do you do?"), paragraph("Mira Vane: Then I draw.")] * 2
    return [*asked, paragraph("Tom Reed: So you draw?"), f"<w:p>{runs('Mira Vane: ')}{words}</w:p>"]


def change(element: str, words: str) -> str:
    return f'<w:{element} w:id="1" w:author="Ana Sol">{words}</w:{element}>'


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (runs("I do ") + change("del", runs("not ", "delText")) + runs("draw bees."), "I do draw bees."),
        (runs("I do ") + change("ins", runs("not ")) + runs("draw bees."), "I do not draw bees."),
        (change("moveFrom", runs("Now ")) + runs("I draw ") + change("moveTo", runs("now.")), "I draw now."),
        (runs("I draw") + '<w:r><w:rPr><w:strike/></w:rPr><w:t> cats</w:t></w:r>' + runs(" bees."), "I draw bees."),
        (runs("I draw") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + runs(" bees."), "I draw bees."),
        (runs("I draw") + '<w:r><w:commentReference w:id="2"/></w:r>' + runs(" bees."), "I draw bees."),
        (f"<w:sdt><w:sdtContent>{runs('I draw ')}</w:sdtContent></w:sdt>" + runs("bees."), "I draw bees."),
        (runs("I dr") + "<w:proofErr/>" + runs("aw bees & <tides>."), "I draw bees & <tides>."),
    ],
    ids=["deleted", "inserted", "moved", "struck out", "footnote", "comment", "content control", "split and escaped"],
)  # fmt: skip
def test_only_what_stands_in_the_text_is_said(words: str, text: str) -> None:
    parts = {
        "word/footnotes.xml": notes("footnotes", "footnote", "Mira Vane: A footnote."),
        "word/comments.xml": notes("comments", "comment", "Mira Vane: A comment."),
        "word/header1.xml": notes("hdr", "p", "Field Notes, page 1"),
    }
    raw = docx(said(words), parts=parts)
    source = read_docx(raw)
    assert quotable_text(source).split("\n")[-1] == text
    assert not any(word in source.text for word in ("footnote", "comment", "Field Notes"))
    check_map(source, raw)


def test_the_same_document_gives_the_same_source() -> None:
    assert read_docx(docx(LAYOUTS["table"])) == read_docx(docx(LAYOUTS["table"]))


def test_a_table_beside_paragraphs_costs_no_words() -> None:
    raw = docx([paragraph("Bees and Tides"), *LAYOUTS["table"], paragraph("Nine hives stand on the coast.")])
    assert "Nine hives" in read_docx(raw).text
    assert "Nine hives" not in quotable_text(read_docx(raw))


def entities() -> bytes:
    """A document whose entities unfold to gigabytes."""
    grow = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    return archive({"word/document.xml": f'<!DOCTYPE d [<!ENTITY e0 "bees">{grow}]><d>&e11;</d>'})


GOOD = docx(LAYOUTS["bold label"])
REFUSED = {
    "cut off": (GOOD[: len(GOOD) // 2], "cut off or damaged"),
    "damaged inside": (GOOD.replace(b"PK\x03\x04", b"PK\x03\x04", 1)[:60] + b"\x00" * 40 + GOOD[100:], "damaged"),
    "not XML": (archive({"word/document.xml": "bees"}), "damaged"),
    "no body": (archive({"word/document.xml": "<bees/>"}), "damaged|no words|empty"),
    "an archive": (archive({"bees.txt": "Bees dance."}), "a zip archive; unpack it"),
    "a table of numbers": (archive({"[Content_Types].xml": "", "xl/workbook.xml": ""}), "not .docx"),
    "an open document": (archive({"mimetype": "application/vnd.oasis", "content.xml": ""}), "not .docx"),
    "old": (b"\xd0\xcf\x11\xe0" + b"bees" * 200, "old office document"),
    "locked": (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "without a password"),
    "bomb": (docx(["<!--" + "0" * 30_000_000 + "-->"]), "unpacks to far more"),
    "heavy": (docx([], parts={f"word/{n}.xml": "<a>" + "0" * 900_000 for n in range(50)}), "unpacks to far more"),
    "many parts": (archive(dict.fromkeys(["word/document.xml", *map(str, range(5_001))], "")), "unpacks to far more"),
    "entities": (entities(), "damaged"),
    "deep": (docx(["<w:sdt><w:sdtContent>" * 5_000, "</w:sdtContent></w:sdt>" * 5_000]), "damaged"),
    "no words": (docx([paragraph(" ")]), "no words|empty|no readable text"),
}


@pytest.mark.parametrize("which", REFUSED)
def test_what_is_no_readable_document_is_refused_in_one_sentence(which: str) -> None:
    raw, why = REFUSED[which]
    with pytest.raises(SourceRefused, match=why):
        read_docx(raw)


def test_a_bomb_is_refused_before_anything_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    def unpacked(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr(zipfile.ZipFile, "open", unpacked)
    with pytest.raises(SourceRefused, match="unpacks to far more"):
        read_docx(REFUSED["bomb"][0])


def test_a_page_called_docx_is_read_as_the_page_it_is() -> None:
    page = (
        "<html><body>" + "".join(f"<p><b>{line.speaker}:</b> {flat(line)}</p>" for line in INTERVIEW) + "</body></html>"
    )
    source = read_docx(page.encode())
    assert (spoken(source), source.raw_map.encoding) == (SPOKEN, "utf-8")


@pytest.mark.parametrize(
    "mark", ["<w:vanish/>", "<w:webHidden/>", '<w:vanish w:val="1"/>', "<w:dstrike/>", "<w:strike/>"]
)
def test_hidden_and_struck_runs_are_no_words(mark: str) -> None:
    rows = [f"**{line.speaker}:** {' '.join(line.text.split())}" for line in INTERVIEW]
    secret = f"<w:r><w:rPr>{mark}</w:rPr><w:t>strangers say</w:t></w:r>"
    body = [paragraph(row).replace("</w:p>", f"{secret}</w:p>") for row in rows]
    source = read(docx(body), origin="talk.docx", source_id="talk", subject=MIRA)
    assert "strangers" not in source.text
    assert "Thank you." in quotable_text(source)
