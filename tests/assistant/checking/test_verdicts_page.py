"""Every row of docs/verdicts.md is run: the claim gets the verdict that stands beside it."""

import html
import re
from pathlib import Path

import pytest

from assistant.checking import Check, Checker, Verdict
from knowledge.library.store import Library
from knowledge.model.provenance import Provenance
from tests.invented import labelled_source

PAGE = (Path(__file__).parents[3] / "docs" / "verdicts.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (?P<claim>.+?) \| `(?P<verdict>\w+)` \| (?P<why>.+?) \|$", PAGE, re.MULTILINE)


def _block(kind: str) -> str:
    (found,) = re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)
    return str(found)


@pytest.fixture
def reef(library: Library, checker: Checker) -> Checker:
    text, report = _block("text"), _block("report")
    library.add(labelled_source(text, "reef"), text.encode(), origin="reef")
    printed = labelled_source(report, "press", title="The Harbour Post", provenance=Provenance.REPORT)
    library.add(printed, report.encode(), origin="press")
    return checker


def _checked(checker: Checker, claim: str) -> Check:
    return checker.check(claim)


@pytest.mark.parametrize(("claim", "verdict", "why"), ROWS, ids=[row[0][:40] for row in ROWS])
def test_a_claim_gets_the_verdict_that_the_page_shows(reef: Checker, claim: str, verdict: str, why: str) -> None:
    found = _checked(reef, claim)
    assert found.verdict == verdict
    assert found.abridged is why.startswith("abridged")
    assert found.only_printed is why.startswith("“Printed, but no record held”")
    assert (not found.nearest) or "common words" not in why
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", found.checked_on or "")


def test_the_page_names_every_verdict() -> None:
    assert {verdict.value for verdict in Verdict} == set(re.findall(r"`(\w+)`", PAGE)) & {v.value for v in Verdict}
    assert len(ROWS) >= 12
    assert html.unescape(PAGE).count("checked_on") == 1
