"""Who or what is asked about by name is told of in the quotes, or nothing is quoted."""

import pytest

from assistant import Assistant


def test_a_name_that_stands_nowhere_near_is_not_answered(assistant: Assistant) -> None:
    assert assistant.ask("Why do bees dance?").answered
    assert not assistant.ask("Why do bees of Ruritania dance?").answered


@pytest.mark.parametrize("question", ["Why Do Bees Dance?", "What did Mira Vane tell Tom Reed about why bees dance?"])
def test_headlines_and_hosts_do_not_count_as_names(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).answered
