"""The timing of a million passages says what is stored and what each way of searching costs."""

import re

from evals.benchmarks.million import measure


def test_it_tells_what_is_stored_and_what_a_question_costs() -> None:
    stored, compared, by_words = measure(500)
    assert stored.startswith("500 vectors: 0.00 GB")
    assert re.fullmatch(r"compare all: \d+ ms a question", compared)
    assert re.fullmatch(r"6 words, \d+ postings: \d+ ms a question", by_words)
