"""Documents of every format as their readers see them, with what stands where."""

import io
import zipfile
from pathlib import Path

import pytest

from assistant.checking import Checker
from assistant.documents.document_claims import check_whole, is_article, quotations
from assistant.documents.printed_documents import printed_file, printed_prose, printed_text
from knowledge.formats.blocks import BlockKind
from knowledge.library.store import Library
from knowledge.model.errors import SourceRefused
from knowledge.search.wordmap import Shingles
from tests.invented import BEES, MIRA, labelled_source

SAID = "“Bees dance to point at flowers,” Mira Vane said."
PAGE = """<!doctype html><html><head><title>x</title><script>var a = "“Vane said”";</script></head>
<body><nav>Menu</nav><h2>News</h2><p>Ren&eacute; asked <q>why do they dance at all</q>.</p>
<p hidden>“Bees never dance at all,” Vane said.</p>
<div>“Bees dance to point<br>at flowers,” <b>Mira</b> Vane said.</div>
<table><tr><th>Who</th><th>Quote</th></tr><tr><td>Mira Vane</td><td>The smell fades over time.</td></tr></table>
</body></html>"""


def test_a_page_is_read_as_a_browser_shows_it() -> None:
    printed = printed_text(PAGE)
    assert "var a" not in printed.text
    assert "never dance" not in printed.text
    assert "“why do they dance at all”" in printed.text
    kinds = {printed.text[block.start : block.end]: block.kind for block in printed.blocks}
    assert kinds["News"] is BlockKind.HEADING
    assert kinds["The smell fades over time."] is BlockKind.TABLE
    assert [one.text for one in quotations(printed, MIRA)] == [
        "Bees dance to point\nat flowers,",
        "The smell fades over time.",
    ]


def test_offsets_of_prose_are_its_own_even_where_it_is_a_page() -> None:
    printed = printed_prose(PAGE)
    assert printed.text == PAGE
    assert len(printed.shown) == len(PAGE)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_text_of_every_encoding(encoding: str) -> None:
    text = f"Le café, dit-on. {SAID}\nEt encore un peu de texte, à côté.\n"
    found = quotations(printed_file(text.encode(encoding), "note.txt"), MIRA)
    assert [one.text for one in found] == ["Bees dance to point at flowers,"]


def test_word_documents() -> None:
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in ("A day out", SAID, "“No,” said Tom Reed."))
    main = (
        '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:body>{body}</w:body></w:document>"
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(
            "[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
        )
        archive.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
        archive.writestr("word/document.xml", main)
    found = quotations(printed_file(made.getvalue(), "note.docx"), MIRA)
    assert [one.text for one in found] == ["Bees dance to point at flowers,"]


@pytest.mark.parametrize(
    "raw", [b"\x7fELF\x02\x01\x01\x00" + bytes(range(256)) * 4, b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, b""]
)
def test_what_is_no_text_is_refused_in_a_sentence(raw: bytes) -> None:
    with pytest.raises(SourceRefused, match=r"\.$"):
        printed_file(raw, "thing.bin")


def test_halves_of_a_sentence_are_one_quotation() -> None:
    text = "“Bees dance,” Mira Vane said, “to point at flowers.” “Ants,” said Tom Reed, “do not.”"
    [found] = quotations(text, MIRA)
    assert found.text == "Bees dance, to point at flowers."
    assert [text[start:end] for start, end in found.parts] == ["Bees dance,", "to point at flowers."]


def test_every_one_of_many_quotations_after_one_verb() -> None:
    text = "Mira Vane said: " + " ".join(f"“The {number} bees dance there.”" for number in range(3_000))
    assert len(quotations(text, MIRA)) == 3_000


@pytest.fixture
def checker(tmp_path: Path) -> Checker:
    library = Library(f"sqlite:///{tmp_path / 'library.db'}")
    library.add(labelled_source(BEES, "bees"), BEES.encode(), origin="bees")
    return Checker(Shingles(tmp_path / "shingles", library), MIRA)


def test_what_is_nobodys_is_counted_and_can_be_looked_for(checker: Checker) -> None:
    fresh = "The smell fades, so the path is always fresh."
    text = f"The book opens so: “A mill is a promise.” Nobody taught them that. {fresh}"
    printed = printed_text(text)
    plain = check_whole(checker, printed)
    assert plain.rows == ()
    assert plain.passed_over == 1
    [row] = check_whole(checker, printed, anywhere=True).rows
    assert row.quotation.text == fresh
    assert row.check is not None
    assert row.check.places


def test_an_article_is_told_from_a_quotation() -> None:
    assert not is_article("Bees dance to point at flowers.")
    assert is_article("A line of text.\n\n" * 6)
