"""Depositions: the witness whom the header names is quoted; lawyers, line numbers and page headings never are."""

import pytest

from knowledge.model.turns import Role
from tests.knowledge.interviews.test_labelled import quotable_text, read_text

HEAD = "UNITED STATES DISTRICT COURT\n\nVIDEOTAPED DEPOSITION OF MIRA VANE\nOctober 1, 2025\n\nEXAMINATION\n\n"
ANSWERS = [
    "I keep bees.", "I started in the spring of that year.", "I could imagine that it was earlier.",
    "Yes. I wrote it on the same day.",
]  # fmt: skip
SAID = """\
Q.  Good morning. Could you state your work for
the record?
A.  I keep bees.
Q.  And when did you start with the bees?
A.  I started in the spring
of that year.
MR. SOL:  Objection. Vague.
THE WITNESS:  I could imagine that it was earlier.
BY MR. REED:
Q.  Did you write that down?
A.  Yes. I wrote it on the same day.
"""


def numbered(text: str, *, times: bool = False) -> str:
    """The lines as a court reporter numbers them, 25 to a page, each page with its heading."""
    lines = []
    for number, line in enumerate(text.splitlines()):
        if number % 25 == 0:
            lines += ["Highly Confidential", f"Page {number // 25 + 1}"]
        time = f"13:53:{number % 60:02} " if times else ""
        lines.append(f"{time}{number % 25 + 1:>2}  {line}")
    return "\n".join(lines)


def answers(text: str) -> list[str]:
    return [" ".join(line.split()) for line in quotable_text(read_text(text)).split("\n")]


@pytest.mark.parametrize(
    "body",
    [SAID, SAID.replace(".  ", ". "), SAID.replace("Q.", "     Q").replace("A.", "     A"), numbered(SAID * 3),
     numbered(SAID * 3, times=True)],
    ids=["plain", "one space", "no dots", "numbered", "numbered and timed"],
)  # fmt: skip
def test_a_witness_is_quoted_and_nobody_else(body: str) -> None:
    assert answers(HEAD + body) == ANSWERS * (3 if "1  Q" in body else 1)


@pytest.mark.parametrize("label", ["WITNESS VANE", "THE WITNESS", "MS. VANE", "MIRA VANE", "DR. VANE", "THE DEPONENT"])
def test_the_witness_is_known_under_every_label_of_a_court(label: str) -> None:
    text = SAID.replace("Q.", "MR. REED:").replace("A.", f"{label}:").replace("THE WITNESS", label)
    assert answers(HEAD + text) == ANSWERS


@pytest.mark.parametrize(
    "head", ["VIDEOTAPED DEPOSITION OF TOM REED", "DEPOSITION OF MIRA VANE AND\nDEPOSITION OF TOM REED"]
)
def test_a_witness_who_may_be_another_is_unknown_and_never_somebody_else(head: str) -> None:
    source = read_text(HEAD.replace("VIDEOTAPED DEPOSITION OF MIRA VANE", head) + SAID)
    assert source.quotable_words() == 0
    roles = {source.turns[source.turn_index(source.text.index(answer[:20]))].role for answer in ANSWERS[1:]}
    assert roles == {Role.UNKNOWN}


def test_a_page_taken_apart_with_its_numbers_among_the_words_is_not_quoted() -> None:
    lines = SAID.splitlines()
    torn = "\n".join(
        f"{line}\n{7 * number % 25}" if number % 2 else f"{line} {number}" for number, line in enumerate(lines)
    )
    assert read_text(HEAD + torn).quotable_words() == 0


def test_a_passage_read_aloud_is_not_the_witnesss() -> None:
    text = SAID.replace("Yes. I wrote", "[As Read] Bees are a menace. Was that your view? I wrote")
    assert "menace" not in quotable_text(read_text(HEAD + text))
