"""The blocks: his words byte for byte, the same as on the page and in the terminal, within Slack's limits."""

import hashlib
import html
import json
import re
from itertools import count
from typing import Any

import pytest
from slack_sdk.models.blocks import Block

from assistant import Answer, Assistant, Quote
from assistant.answers import Coverage, Reason, numbered
from knowledge.model.provenance import Provenance
from knowledge.model.source import RawMap, Segment, Source
from knowledge.model.turns import Certainty, Role, Turn
from tests.ui.slack.reading import quotes, seen
from tests.ui.web.library import HOSTILE_LINES, ODD, QUESTIONS
from ui.rendering import Frame, answer_html, answer_text, frame, slack_blocks, slack_messages, slack_text
from ui.rendering.slack_blocks import MAX_BLOCKS, MAX_CHARACTERS, MAX_MESSAGE
from ui.slack.work.block_kit import Shown, answer_messages

_CHINESE = "我们观察到规模的增长会带来能力的提升，" * 300


def shown(answer: Answer) -> Frame:
    return frame(answer, subject="Mira Vane")


def of_words(*texts: str) -> Answer:
    """An answer whose quotes are these words."""
    quotes = []
    for number, words in zip(count(1), texts, strict=False):
        turn = Turn(
            start=0, end=len(words), role=Role.SUBJECT, speaker="Mira Vane", certainty=Certainty.LABELLED,
            provenance=Provenance.TRANSCRIPT, language="en",
        )  # fmt: skip
        source = Source(
            id=f"s{number}", title=f"Talk {number} <&>", date="2021-05", venue="Field & Notes", language="en",
            provenance=Provenance.TRANSCRIPT, sha256=hashlib.sha256(f"{number}{words}".encode()).hexdigest(),
            reader="invented/1", text=words, turns=(turn,), interviewers=("Tom *Reed*",),
            raw_map=RawMap(encoding="utf-8", segments=(Segment(0, len(words), 0, len(words)),)),
        )  # fmt: skip
        quotes.append(Quote(source=source, start=0, end=len(words)))
    return Answer(question="q", selector="s", quotes=numbered(quotes), coverage=Coverage(sources=len(texts)))


def check_limits(blocks: list[dict[str, Any]]) -> None:
    """Hold what is sent against Slack's limits, and against the rules its own library knows."""
    for message in slack_messages(blocks):
        assert 0 < len(message) <= MAX_BLOCKS
        assert len(seen(message)) <= MAX_MESSAGE + len(message)
        ids = [block["block_id"] for block in message if "block_id" in block]
        assert len(ids) == len(set(ids))
        assert all(len(block_id) <= 255 for block_id in ids)
        for block in message:
            parsed = Block.parse(block)
            assert parsed is not None
            parsed.validate_json()
            assert len("".join(_inline(block))) <= MAX_CHARACTERS
            assert all(_inline(block)), "Slack refuses an empty text"


def _inline(part: Any) -> list[str]:
    if isinstance(part, list):
        return [text for one in part for text in _inline(one)]
    if not isinstance(part, dict):
        return []
    own = [part["text"]] if isinstance(part.get("text"), str) else []
    return own + [
        text for key in ("elements", "text") if not isinstance(part.get(key), str) for text in _inline(part.get(key))
    ]


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_words_are_the_source_s_and_those_of_page_and_terminal(furnished: Assistant, question: str) -> None:
    answer = furnished.ask(question)
    assert answer.answered
    framed = shown(answer)
    words = quotes(json.loads(json.dumps(slack_blocks(framed))))
    assert words == {one.number: one.quote.source.text[one.quote.start : one.quote.end] for one in answer.quotes}
    printed, page = answer_text(framed), answer_html(framed)
    on_page = [html.unescape(text) for text in re.findall(r'pre-wrap">(.*?)</p>', page, re.DOTALL)]
    assert list(words.values()) == on_page
    assert all(f"“{text}”" in printed for text in words.values())
    check_limits(slack_blocks(framed))


@pytest.mark.parametrize("words", [*HOSTILE_LINES.values(), ODD, "R&D <!channel> <@U1> :smile: *b* _i_ ~s~ `c` &amp;"])
def test_no_mark_up_is_read_into_anybody_s_words(words: str) -> None:
    blocks = slack_blocks(shown(of_words(words)))
    assert quotes(blocks) == {1: words}
    marked = [part for block in blocks if block["type"] != "rich_text" for part in block["elements"]]
    assert {part["type"] for part in marked} == {"plain_text"}
    kinds = {part["type"] for block in blocks if block["type"] == "rich_text"
             for element in block["elements"] for part in element["elements"]}  # fmt: skip
    assert kinds == {"text"}


def test_the_notification_is_escaped_where_slack_reads_mark_up() -> None:
    assert slack_text(shown(of_words("a", "b"))) == "[1] May 2021, Field &amp; Notes · [2] May 2021, Field &amp; Notes"


@pytest.mark.parametrize("length", [1, 2_700, 2_999, 3_000, 3_001, 5_999, 6_000, 6_001, 11_999, 12_001, 40_000])
@pytest.mark.parametrize("kind", ["words", "spaced", "chinese", "endless"])
def test_a_long_quote_is_parted_without_a_change(length: int, kind: str) -> None:
    text = {
        "words": "it is so and not else, " * 2_000,
        "chinese": _CHINESE * 8,
        "spaced": "so       \n\n" * 5_000,
        "endless": "w" * 40_000,
    }[kind][:length]
    blocks = slack_blocks(shown(of_words(text)))
    assert quotes(blocks) == {1: text}
    check_limits(blocks)
    if kind == "words":
        parts = [element["elements"][0]["text"] for block in blocks if block["type"] == "rich_text"
                 for element in block["elements"] if element["type"] == "rich_text_quote"]  # fmt: skip
        assert all(part[-1] == " " for part in parts[:-1]), "parted inside a word"


@pytest.mark.parametrize("number", [1, 10, 24, 25, 26, 49, 50, 51, 120])
def test_many_quotes_are_dealt_out_to_messages(number: int) -> None:
    texts = [f"Sentence number {one} is said here." for one in range(number)]
    messages = answer_messages(
        shown(of_words(*texts)), "a_1", language="en", private=Shown(answers=("a_1",), language="en")
    )
    blocks = [block for message in messages for block in message.blocks]
    assert quotes(blocks) == {place: text for place, text in enumerate(texts, start=1)}
    check_limits(blocks)
    assert len(messages) == -(-len(blocks) // MAX_BLOCKS)


def test_a_chain_of_private_answers_fits_on_its_button() -> None:
    chain = Shown(answers=(), language="en")
    for number in range(200):
        chain = chain.then(f"a_{number:016x}")
    assert len(chain.model_dump_json()) <= 2_000
    assert chain.answers[-1] == f"a_{199:016x}"


@pytest.mark.parametrize("reason", list(Reason))
def test_an_abstention_says_why_what_was_searched_and_what_could_be_asked(reason: Reason) -> None:
    none = Answer(question="q", selector="s", reason=reason, coverage=Coverage(sources=9, since="2015", until="2025"))
    framed = frame(none, subject="Mira Vane", examples=("Why do bees dance?",))
    said = seen(slack_blocks(framed))
    assert framed.abstention is not None
    assert framed.abstention in said
    assert "Searched 9 sources" in said
    assert "Why do bees dance?" in said
    assert quotes(slack_blocks(framed)) == {}
    check_limits(slack_blocks(framed))


def test_an_unsafe_link_is_not_a_link() -> None:
    answer = of_words("a")
    source = answer.quotes[0].quote.source.model_copy(update={"url": "javascript:alert(1)"})
    unsafe = Answer(
        question="q", selector="s", quotes=numbered([Quote(source=source, start=0, end=1)]), coverage=answer.coverage
    )
    assert "javascript" not in json.dumps(slack_blocks(shown(unsafe)))
