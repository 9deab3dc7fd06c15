"""Kinds of attribution that articles use, each in a few sentences: whose words they are, and whose they are not."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.documents.document_claims import quotations
from knowledge.text.words import keys
from tests.evals.articles.article_run import OREN

_FILE = Path(__file__).parent / "attribution_kinds.yaml"
KINDS: list[dict[str, Any]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", KINDS, ids=lambda row: row["kind"])
def test_what_is_his_is_found_and_nothing_else(row: dict[str, Any]) -> None:
    found = []
    for one in quotations(row["text"], OREN):
        found += [keys(row["text"][start:end]) for start, end in one.parts] or [keys(one.text)]
    assert found == [keys(gold) for gold in row["his"]]
