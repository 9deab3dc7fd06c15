"""Chats are refused with what to add instead; transcripts with names and times are none."""

import pytest

from knowledge.formats.chats import HEADS, is_chat
from knowledge.formats.decoding import Decoded
from knowledge.model.errors import SourceRefused
from knowledge.model.word_rules import Rule
from knowledge.readers import read
from tests.invented import MIRA

SAID = [("Tom Reed", "Why bees?"), ("Mira Vane", "I like them."), ("Tom Reed", "And then?"), ("Mira Vane", "I sleep.")]


@pytest.mark.parametrize("rule", HEADS.rules.values(), ids=lambda rule: rule.name)
def test_a_head_is_found_and_its_near_miss_is_not(rule: Rule) -> None:
    assert [head for head in rule.match if not is_chat(Decoded(f"{head}\nI like them.\n" * 3, "utf-8"))] == []
    assert [head for head in rule.near_miss if is_chat(Decoded(f"{head}\nI like them.\n" * 3, "utf-8"))] == []


def test_a_chat_is_refused_with_what_to_add() -> None:
    chat = "\n".join(f"14:02:0{n} From {name} to Everyone:\n\t{text}" for n, (name, text) in enumerate(SAID))
    with pytest.raises(SourceRefused, match=r"this is a chat.*\.vtt"):
        read(chat.encode(), origin="chat.txt", source_id="chat", subject=MIRA)


@pytest.mark.parametrize("head", ["[0:0{n}] {name}: ", "{name} (0:0{n}): ", "{name}  0:0{n}\n", "{name} — "])
def test_a_transcript_is_no_chat(head: str) -> None:
    text = "\n\n".join(head.format(n=n, name=name) + text for n, (name, text) in enumerate(SAID))
    assert not is_chat(Decoded(text, "utf-8"))
