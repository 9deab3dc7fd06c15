from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from assistant.answers import Reason
from assistant.models import Call, Schema, Trouble
from assistant.quotes import Quote
from assistant.selection.pick_cache import AnswerCache
from assistant.settings import Settings
from evals.hostile.personalities import picks
from knowledge.library.store import Library
from prompts import load
from tests.assistant.selection.offers import HITS, QUESTION, ScriptedEndpoint, is_honest, otherwise, run, selector


def words(quotes: list[Quote]) -> list[str]:
    return [quote.text for quote in quotes]


def test_the_picked_sentences_are_quoted_in_the_order_picked() -> None:
    quotes, outcome = run(selector(ScriptedEndpoint([picks((4, 1, 2), (1, 1, 1))])))
    assert words(quotes) == [
        "The moon pulls the water, and the sun helps. When both pull together we get the spring tide.",
        "Bees dance to point at flowers.",
    ]
    assert outcome.selector == "scripted"
    assert outcome.reason is outcome.trouble is None
    assert outcome.model
    assert outcome.model.prompt == load("select", {"subject", "passages", "history", "question", "max_quotes"}).hash


def test_a_quote_comes_before_the_reply_is_complete() -> None:
    endpoint = ScriptedEndpoint([*picks((1, 1, 1), (4, 1, 2))])
    selecting = selector(endpoint).select(QUESTION, HITS, max_quotes=3, otherwise=otherwise)
    assert next(selecting).text == "Bees dance to point at flowers."
    assert endpoint.heard < len(list(endpoint.pieces)) * 0.7
    selecting.close()


def test_invalid_and_repeated_picks_are_dropped_and_counted() -> None:
    quotes, outcome = run(selector(ScriptedEndpoint([picks((9, 1, 1), (1, 2, 1), (1, 1, 2), (1, 2, 3), (4, 1, 1))])))
    assert len(quotes) == 2
    assert outcome.model
    assert outcome.model.invalid == 3
    assert outcome.selector == "scripted"


def test_no_more_quotes_than_allowed() -> None:
    quotes, _ = run(selector(ScriptedEndpoint([picks((1, 1, 1), (2, 1, 1), (3, 1, 1), (4, 1, 1))])), max_quotes=2)
    assert len(quotes) == 2


@pytest.mark.parametrize("reason", Reason)
def test_the_model_may_say_that_nothing_answers(reason: Reason) -> None:
    quotes, outcome = run(selector(ScriptedEndpoint([picks(reason=reason)])))
    assert quotes == []
    assert outcome.reason is reason
    assert outcome.selector == "scripted"


def test_a_reason_beside_valid_picks_does_not_count() -> None:
    quotes, outcome = run(selector(ScriptedEndpoint([picks((1, 1, 1), reason="no_evidence")])))
    assert len(quotes) == 1
    assert outcome.reason is None


def test_without_a_valid_pick_the_fallback_answers_and_says_so() -> None:
    quotes, outcome = run(selector(ScriptedEndpoint([picks((9, 1, 1))])))
    assert quotes == otherwise()
    assert outcome.selector == "extractive (model gave no valid pick)"
    assert outcome.trouble is Trouble.NO_VALID_PICK


def test_without_passages_no_model_is_asked() -> None:
    endpoint = ScriptedEndpoint([picks((1, 1, 1))])
    quotes, outcome = run(selector(endpoint), hits=[])
    assert quotes == []
    assert outcome.reason is Reason.NO_EVIDENCE
    assert not endpoint.asked


def test_the_prompt_holds_question_history_and_passages_as_data() -> None:
    endpoint = ScriptedEndpoint([picks((1, 1, 1))])
    run(selector(endpoint), "And {{passages}} in\ud800 winter?", history=("Why do bees dance?",))
    (messages,) = endpoint.asked
    assert messages[0][0] == "system"
    assert "Mira Vane" in messages[0][1]
    asked = messages[-1][1]
    assert '"1":"Bees dance to point at flowers."' in asked
    assert "Question: And {{passages}} in? winter?" in asked
    assert "oldest first:\nWhy do bees dance?" in asked


@pytest.fixture
def cache(tmp_path: Path) -> AnswerCache:
    return AnswerCache(Library(f"sqlite:///{tmp_path / 'library.db'}").engine)


def test_the_same_question_over_the_same_passages_is_asked_once(cache: AnswerCache) -> None:
    endpoint = ScriptedEndpoint([picks((9, 9, 9), (1, 1, 2))])
    first, asked = run(selector(endpoint, cache=cache))
    second, remembered = run(selector(endpoint, cache=cache))
    assert first == second
    assert all(is_honest(quote) for quote in second)
    assert [outcome.model and outcome.model.cached for outcome in (asked, remembered)] == [False, True]
    assert len(endpoint.asked) == 1


def test_an_abstention_is_remembered_too(cache: AnswerCache) -> None:
    endpoint = ScriptedEndpoint([picks(reason="not_him")])
    run(selector(endpoint, cache=cache))
    quotes, outcome = run(selector(endpoint, cache=cache))
    assert (quotes, outcome.reason) == ([], Reason.NOT_HIM)
    assert outcome.model
    assert outcome.model.cached


def test_what_the_answer_depends_on_is_in_the_key(cache: AnswerCache) -> None:
    endpoint = ScriptedEndpoint([picks((1, 1, 1))])
    chooser = selector(endpoint, cache=cache)
    run(chooser)
    run(chooser, "Why do bees sing?")
    run(chooser, hits=HITS[:2])
    run(chooser, history=("What is a bee?",))
    run(chooser, max_quotes=1)
    assert len(endpoint.asked) == 5
    other = ScriptedEndpoint([picks((1, 1, 1))])
    other.model = "another"
    run(selector(other, cache=cache))
    assert len(other.asked) == 1


def test_failures_are_not_remembered(cache: AnswerCache) -> None:
    endpoint = ScriptedEndpoint([picks((9, 1, 1))])
    chooser = selector(endpoint, cache=cache)
    run(chooser)
    run(chooser)
    endpoint.pieces = ['{"picks":[{"passage":1,"first":1,"last":1},']
    quotes, outcome = run(chooser)
    assert len(quotes) == 1
    assert outcome.trouble is Trouble.UNREADABLE
    run(chooser)
    assert len(endpoint.asked) == 6, "two replies, each with its repair, and two more"


def test_a_cache_that_cannot_be_read_only_forgets(tmp_path: Path) -> None:
    from knowledge.library.database import connect

    broken = AnswerCache(connect(f"sqlite:///{tmp_path / 'nowhere' / 'library.db'}"))
    endpoint = ScriptedEndpoint([picks((1, 1, 1))])
    assert len(run(selector(endpoint, cache=broken))[0]) == 1
    assert len(run(selector(endpoint, cache=broken))[0]) == 1
    assert len(endpoint.asked) == 2


def test_the_cache_can_be_cleared(cache: AnswerCache) -> None:
    endpoint = ScriptedEndpoint([picks((1, 1, 1))])
    run(selector(endpoint, cache=cache))
    cache.clear()
    run(selector(endpoint, cache=cache))
    assert len(endpoint.asked) == 2


def test_fewer_passages_are_shown_when_tokens_are_few() -> None:
    endpoint = ScriptedEndpoint([picks((1, 1, 1))])
    run(selector(endpoint, settings=Settings(model_passage_tokens=130)))
    assert endpoint.asked[0][-1][1].count('{"passage"') < len(HITS)


class Learning(ScriptedEndpoint):
    """Replies otherwise the second time."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__([first])
        self._second = second

    def call(self, messages: Sequence[tuple[str, str]], schema: Schema, call: Call) -> Iterator[str]:
        """Yield the reply, and make the second one the next."""
        yield from super().call(messages, schema, call)
        self.pieces = [self._second]


@pytest.mark.parametrize("first", [picks((9, 1, 1), (1, 2, 1)), "I would choose the first one.", "{}"])
def test_an_unusable_reply_is_told_what_is_wrong_with_it_once(first: str) -> None:
    endpoint = Learning(first, picks((1, 1, 1)))
    quotes, outcome = run(selector(endpoint))
    assert words(quotes) == ["Bees dance to point at flowers."]
    assert (outcome.selector, outcome.trouble) == ("scripted", None)
    assert len(endpoint.asked) == 2
    *_, reply, repair = endpoint.asked[1]
    assert reply == ("assistant", first)
    assert repair[0] == "user"
    assert "could not be used" in repair[1]


def test_a_second_unusable_reply_is_not_repaired_again() -> None:
    endpoint = ScriptedEndpoint([picks((9, 1, 1))])
    quotes, outcome = run(selector(endpoint))
    assert quotes == otherwise()
    assert outcome.trouble is Trouble.NO_VALID_PICK
    assert len(endpoint.asked) == 2
