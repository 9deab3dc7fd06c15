"""PDF: interviews and depositions; line numbers, headers and footers are nobody's words."""

import zlib

import pytest

from knowledge.model.errors import SourceRefused
from knowledge.model.provenance import Provenance
from knowledge.model.source import Source
from knowledge.model.turns import Role
from knowledge.readers import read
from tests.invented import MIRA
from tests.knowledge.formats.pdf_files import columns, pdf
from tests.knowledge.interviews.test_labelled import check_map, quotable_text, spoken


def read_pdf(raw: bytes) -> Source:
    return read(raw, origin="talk.pdf", source_id="talk", subject=MIRA)


def test_an_interview_in_lines_is_joined_to_sentences() -> None:
    raw = pdf([
        ["Bees and Tides", "Tom Reed: Why do you watch", "the bees?", "Mira Vane: I like how they", "dance at noon."],
        ["Tom Reed: And then?", "Mira Vane: Then I sleep, and", "you should as well."],
    ])  # fmt: skip
    source = read_pdf(raw)
    assert spoken(source) == [
        (Role.OTHER, "Why do you watch the bees?"),
        (Role.SUBJECT, "I like how they dance at noon."),
        (Role.OTHER, "And then?"),
        (Role.SUBJECT, "Then I sleep, and you should as well."),
    ]
    assert source.raw_map.encoding == "pdf"
    assert [source.page_at(turn.start) for turn in source.turns] == [1, 1, 1, 2, 2]
    check_map(source, raw)


def test_a_turn_that_goes_on_over_the_page_has_two_pages_and_empty_pages_count() -> None:
    source = read_pdf(
        pdf([["Tom Reed: Why?"], [], ["Mira Vane: I like how they", "dance at noon and"], ["sing at night."]])
    )
    said = source.text
    assert [source.page_at(said.index(word)) for word in ("Why", "like", "noon", "sing")] == [1, 3, 3, 4]


def test_what_is_not_paged_keeps_its_digest() -> None:
    source = read(b"Tom Reed: Why?\nMira Vane: Because.\n", origin="t.txt", source_id="t", subject=MIRA)
    assert source.page_at(0) is None
    assert "pages" not in source.model_dump()


def test_numbers_that_do_not_count_lines_are_words() -> None:
    counted = ["3 bees, and then", "12 more, then", "9 of them,", "40 or so,", "7 at last."]
    raw = pdf([["Tom Reed: How many?", "Mira Vane: I saw", *counted, "Tom Reed: So few?", "Mira Vane: I think so."]])
    assert quotable_text(read_pdf(raw)).split("\n")[0] == f"I saw {' '.join(counted)}"


def deposition(witness: str) -> bytes:
    body = [
        "Q. Good morning. What do you do?", "A. I draw bees, and I have", "done so for years.",
        "MR. REED: Objection, vague.", "THE WITNESS: I can answer.", "Q. And do you like it?", "A. Yes, I do.",
        "Q. Why is that?", "A. They dance.",
        "Q. Do you dance?", "A. I do not, no.", "Q. Not once?",
    ]  # fmt: skip
    pages = []
    for page in range(3):
        turned = [
            *body[page:],
            f"A. I said so {('once', 'twice', 'thrice')[page]}.",
        ]  # no page starts or ends as another does
        lines = [f"{number:2}  {line}" for number, line in enumerate(turned, 1)]
        head = [f"VIDEOTAPED DEPOSITION OF {witness}"] if not page else []
        pages.append(["Hearing in the matter of the hives", *head, *lines, f"Page {page + 1} of 3"])
    return pdf(pages)


def test_in_a_deposition_of_the_subject_the_answers_are_the_subjects() -> None:
    raw = deposition("MIRA VANE")
    source = read_pdf(raw)
    assert quotable_text(source).split("\n")[:4] == [
        "I draw bees, and I have done so for years.",
        "I can answer.",
        "Yes, I do.",
        "They dance.",
    ]
    assert "Objection" not in quotable_text(source)
    assert "Page" not in quotable_text(source)
    assert "Hearing" not in quotable_text(source)
    assert quotable_text(source).rstrip().endswith("I said so thrice.")
    assert source.provenance is Provenance.TRANSCRIPT
    check_map(source, raw)


def test_in_a_deposition_of_somebody_else_nothing_is_quotable() -> None:
    assert read_pdf(deposition("TOM REED")).quotable_words() == 0


def two_columns() -> tuple[list[str], list[str]]:
    said = [f"{('Tom Reed', 'Mira Vane')[n % 2]}: I think the hive of day {n} is fine." for n in range(24)]
    return said[:12], said[12:]


def test_columns_written_one_after_the_other_are_read_in_their_order() -> None:
    left, right = two_columns()
    source = read_pdf(columns(left, right, across=False))
    assert [words for _, words in spoken(source)] == [line.partition(": ")[2] for line in (*left, *right)]


def test_columns_that_run_into_each_other_are_refused() -> None:
    with pytest.raises(SourceRefused, match="columns run into each other"):
        read_pdf(columns(*two_columns(), across=True))


def test_a_column_of_names_beside_the_words_is_no_second_column_of_text() -> None:
    left, right = two_columns()
    names = [line.partition(": ")[0] + ":" for line in left]
    source = read_pdf(columns(names, right, across=True))
    assert "day 13" in source.text


def bomb() -> bytes:
    """A PDF whose one page unpacks to 200 MB."""
    data = zlib.compress(b"0" * 200_000_000, 9)
    raw = pdf([["x"]])
    start, end = raw.index(b"<< /Length"), raw.index(b"endstream")
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(data) + data + b"\n"
    return raw[:start] + stream + raw[end:]


@pytest.mark.parametrize(
    ("raw", "why"),
    [(b"%PDF-1.4\nnot really", "damaged"), (pdf([[" "]]), "pictures of text"), (bomb(), "damaged|pictures")],
    ids=["damaged", "empty", "bomb"],
)
def test_a_pdf_without_text_is_refused(raw: bytes, why: str) -> None:
    with pytest.raises(SourceRefused, match=why):
        read_pdf(raw)
