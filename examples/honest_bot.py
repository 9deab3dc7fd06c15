"""A bot that may quote him only truthfully: a model writes, the guard checks, what is not his words is not sent."""

import os
import sys

from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import Runnable, RunnablePassthrough
from langchain_openai import ChatOpenAI

from assistant import Assistant
from assistant.integration.guard import VerifiedText
from assistant.integration.runnables import QuoteGuard, QuoteRetriever

PROMPT = ChatPromptTemplate.from_template(
    "Answer in two sentences. Quote {name} only from these passages, word by word, as: {name} said: “…”.\n\n"
    "{passages}\n\nQuestion: {question}"
)


def honest_bot(assistant: Assistant, model: Runnable) -> Runnable[str, VerifiedText]:  # type: ignore[type-arg]
    """Return a chain from a question to prose with every quotation in it checked."""
    passages = QuoteRetriever(assistant=assistant, passages=5)
    given = {"passages": passages, "question": RunnablePassthrough(), "name": lambda _: assistant.subject.name}
    return given | PROMPT | model | (lambda message: message.text) | QuoteGuard(assistant)


if __name__ == "__main__":
    bot = honest_bot(Assistant.open(), ChatOpenAI(model=os.environ["ILYA_MODEL"]))
    verified = bot.invoke(sys.argv[1])
    print(verified.text if verified.trustworthy else f"Not sent, a quotation is wrong:\n{verified.marked()}")
