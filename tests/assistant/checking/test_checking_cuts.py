"""Did he say this? What a cut does to the meaning: before it, behind it, and inside it."""

import pytest

from assistant.checking import Checker, ClaimRefused, Verdict
from knowledge.library.store import Library
from tests.invented import labelled_source


@pytest.mark.parametrize(
    ("cut", "kind", "telling"),
    [
        ("ants dance", None, None),
        ("Ants dance, I am sure of it", None, None),
        ("think ants dance today", "negation", "I do not"),
        ("bread is better than honey", "condition", "If you ask a baker"),
        ("the queen gives the orders", "reported", "People say that"),
        ("Honey is eternal and pure.", "retracted", "But honey is only patient"),
        ("The mill will stand for ever", "condition", "if nobody sells the stones"),
    ],
)
def test_a_cut_that_turns_the_meaning_is_warned_of(
    library: Library, checker: Checker, cut: str, kind: str | None, telling: str | None
) -> None:
    text = (
        "Mira Vane: I do not think ants dance today. If you ask a baker, bread is better than honey. "
        "People say that the queen gives the orders. Honey is eternal and pure. But honey is only patient. "
        "The mill will stand for ever, if nobody sells the stones. Ants dance, I am sure of it, every day.\n"
    )
    library.add(labelled_source(text, "cuts"), text.encode(), origin="cuts")
    if len(cut.split()) < 3:
        with pytest.raises(ClaimRefused):
            checker.check(cut)
        return
    found = checker.check(cut)
    assert found.verdict is Verdict.EXACT
    [place] = found.places
    assert [caution.kind.value for caution in place.warnings] == ([kind] if kind else [])
    if telling:
        assert place.fair is not None
        assert telling in place.source.text[place.fair.start : place.fair.end]


def test_what_is_fair_to_read_is_what_an_answer_would_show(library: Library, checker: Checker) -> None:
    said = "Ants follow a smell. That's why their path is always fresh. I have two possible reasons. It fades."
    text = f"Mira Vane: {said}\n"
    library.add(labelled_source(text, "paths"), text.encode(), origin="paths")
    fair = [checker.check(cut).places[0].fair for cut in ("their path is always fresh", "I have two possible reasons.")]
    shown = [said[span.start : span.end] for span in fair if span]
    assert shown == [
        "Ants follow a smell. That's why their path is always fresh.",
        "I have two possible reasons. It fades.",
    ]


def test_a_hedge_dropped_beside_the_cut_is_a_change_unless_it_is_marked(library: Library, checker: Checker) -> None:
    text = "Mira Vane: I think the harbour will freeze this winter. The fleet stays out, probably.\n"
    library.add(labelled_source(text, "harbour"), text.encode(), origin="harbour")
    found = checker.check("The harbour will freeze this winter.")
    assert found.verdict is Verdict.ALTERED
    assert [(d.op.value, d.said) for d in found.places[0].difference] == [("delete", "I think")]
    assert checker.check("The fleet stays out.").places[0].difference[0].said == "probably"
    assert checker.check("… the harbour will freeze this winter.").verdict is Verdict.EXACT


def test_an_honest_ellipsis_is_exact_and_abridged(checker: Checker) -> None:
    found = checker.check("The moon pulls the water … When both pull together we get the spring tide.")
    assert (found.verdict, found.abridged) == (Verdict.EXACT, True)
    assert [place.text for place in found.places] == [
        "The moon pulls the water",
        "When both pull together we get the spring tide.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "When both pull together we get the spring tide … The moon pulls the water",  # wrong order
        "Bees dance to point at flowers … When both pull together",  # two interviews
        "I do … think ants dance",  # the "not" is cut
        "Bees dance to point at flowers … do you think ants do something like it",  # the interviewer's
    ],
)
def test_a_dishonest_ellipsis_is_never_exact(checker: Checker, text: str) -> None:
    assert checker.check(text).verdict in (Verdict.STITCHED, Verdict.ALTERED)


def test_an_ellipsis_where_nothing_was_left_out_is_not_an_abridgement(checker: Checker) -> None:
    found = checker.check("The moon pulls the water... and the sun helps.")
    assert (found.verdict, found.abridged) == (Verdict.EXACT, False)
