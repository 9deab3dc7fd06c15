"""The assistant as parts of a LangChain chain."""

from typing import Any
from uuid import UUID

import pytest
from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.embeddings import Embeddings
from langchain_core.runnables import RunnableLambda

from assistant import Answer, Assistant
from assistant.integration.guard import VerifiedText
from assistant.integration.runnables import AskRunnable, QuoteGuard, QuoteRetriever
from knowledge.search.embedding import BilingualEmbeddings
from tests.loops import run

QUESTION = "Why do bees dance?"


class Heard(BaseCallbackHandler):
    """Remembers which runs began and ended."""

    def __init__(self) -> None:
        self.calls: list[str] = []

    def on_chain_start(self, *_: Any, run_id: UUID, **__: Any) -> None:
        self.calls.append("start")

    def on_chain_end(self, *_: Any, run_id: UUID, **__: Any) -> None:
        self.calls.append("end")


def test_it_answers_in_every_way_a_runnable_is_called(assistant: Assistant) -> None:
    runnable, answer = AskRunnable(assistant), assistant.ask(QUESTION)
    heard = Heard()
    assert runnable.invoke(QUESTION, {"callbacks": [heard]}) == answer
    assert heard.calls == ["start", "end"]
    assert runnable.invoke({"question": QUESTION, "history": []}) == answer
    assert runnable.batch([QUESTION, QUESTION]) == [answer, answer]
    assert list(runnable.stream(QUESTION)) == list(assistant.stream(QUESTION))
    chain = runnable | RunnableLambda(lambda found: len(found.quotes))
    assert chain.invoke(QUESTION) == len(answer.quotes)
    assert list(chain.stream(QUESTION)) == [len(answer.quotes)]

    async def later() -> None:
        assert await runnable.ainvoke(QUESTION) == answer
        events = [event async for event in runnable.astream(QUESTION)]
        assert events == list(assistant.stream(QUESTION))

    run(later())


@pytest.mark.parametrize("passages", [None, 3])
def test_documents_are_slices_with_their_attribution(assistant: Assistant, passages: int | None) -> None:
    documents = QuoteRetriever(assistant=assistant, passages=passages).invoke(QUESTION)
    assert documents
    assert run(QuoteRetriever(assistant=assistant, passages=passages).ainvoke(QUESTION)) == documents
    for document in documents:
        told = document.metadata
        source = assistant.library.source(told["source"]["id"])
        assert document.page_content == source.text[told["start"] : told["end"]]
        assert (document.id, told["speaker"]) == (told["id"], "Mira Vane")


@pytest.mark.parametrize("passages", [None, 3])
def test_no_evidence_no_documents(assistant: Assistant, passages: int | None) -> None:
    assert QuoteRetriever(assistant=assistant, passages=passages).invoke("What is the price of copper?") == []


def test_a_guard_behind_a_model_tells_his_words_from_others(assistant: Assistant) -> None:
    prose = (
        "Mira Vane said: “Bees dance to point at flowers.” Mira Vane also said: “Bees dance to point at planets.” "
        "Mira Vane told us: “Why do bees dance at all?”"
    )
    verified: VerifiedText = (RunnableLambda(lambda _: prose) | QuoteGuard(assistant)).invoke("anything")
    assert verified.text == prose
    assert not verified.trustworthy
    assert [row.check.verdict.value for row in verified.quotations if row.check] == [
        "exact",
        "altered",
        "other_speaker",
    ]
    (quote,) = [row.check.places[0].quote for row in verified.quotations if row.check and row.check.verdict == "exact"]
    assert quote
    marked = verified.marked()
    assert f"flowers.” [verified {quote.id}]" in marked
    assert "planets.” [altered]" in marked
    assert "at all?” [other speaker]" in marked


@pytest.mark.parametrize(("opening", "closing"), [("“", "”"), ('"', '"'), ("「", "」"), ("**“", "”**"), ("«", "»")])
def test_no_mark_of_ours_stands_between_quotation_marks(assistant: Assistant, opening: str, closing: str) -> None:
    verified = assistant.verify_quotes(f"Mira Vane said: {opening}Bees dance to point at flowers.{closing} So it is.")
    assert f"flowers.{closing} [verified q_" in verified.marked()


def test_prose_without_quotations_is_left_alone(assistant: Assistant) -> None:
    verified = assistant.verify_quotes("She speaks of bees and of tides.")
    assert verified.trustworthy
    assert verified.marked() == verified.text


def test_an_answer_is_typed(assistant: Assistant) -> None:
    assert isinstance(AskRunnable(assistant).invoke(QUESTION), Answer)


def test_the_embedders_are_langchains_too(embeddings: BilingualEmbeddings) -> None:
    assert isinstance(embeddings, Embeddings)
    assert run(embeddings.aembed_query("Why do bees dance?")) == embeddings.embed_query("Why do bees dance?")
    assert run(embeddings.aembed_documents(["Bees dance."])) == embeddings.embed_documents(["Bees dance."])
