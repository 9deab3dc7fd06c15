"""The MCP server: six read-only tools, two kinds of resources, and a prompt that tells a model how to quote.

Words come from the library alone, as everywhere: tools return quotes cut by code, and verdicts bounded by what is held.
"""

from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from typing import Annotated, Any, TypeVar

from mcp.server import MCPServer
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ResourceNotFoundError, ToolError, UnexpectedToolError
from mcp_types import CallToolResult, InputRequiredResult, ToolAnnotations
from pydantic import BaseModel, Field, ValidationError

from assistant import Assistant, Filters
from assistant.integration.asynchronous import run
from assistant.quotes import UnknownQuote, find_quote, quote_of
from assistant.records.holdings import Holdings, holdings
from knowledge.model.errors import AskIlyaError, UnknownSource
from knowledge.starter.topics import topic_summaries
from prompts import load
from ui.api.negotiation import certificate_of
from ui.api.problems import wrong_input
from ui.api.question_routes import checked
from ui.api.schema import AnswerRecord, CheckRecord, PassageRecord, QuoteRecord, SummaryRecord, Text, TopicRecord
from ui.operations.request_metrics import count_answer

T = TypeVar("T")
_READ_ONLY = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)

Question = Annotated[Text, Field(description="A question in English or Chinese.")]
Id = Annotated[Text, Field(description="The id of a quote, q_…", max_length=200)]


class Passages(BaseModel):
    """Ranked passages before anything is selected, best first. A passage that ranks first need not answer."""

    passages: list[PassageRecord]


class Shown(BaseModel):
    """A quote with its certificate, which anybody can verify against the file it was cut from."""

    quote: QuoteRecord
    certificate: dict[str, Any]


class Sources(BaseModel):
    """What is held: nothing outside these sources was inspected."""

    sources: list[SummaryRecord]
    holdings: Holdings


class Topics(BaseModel):
    """What the quotation book speaks of, with questions in English and Chinese that it answers."""

    topics: list[TopicRecord]


class _Server(MCPServer[Any]):
    """A server that tells errors of a call in one sentence, as the API does."""

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[Any, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        try:
            return await super().call_tool(name, arguments, context)
        except ToolError as error:
            cause = error.__cause__
            if isinstance(cause, ValidationError) and not isinstance(error, UnexpectedToolError):
                first = cause.errors()[0]
                raise ToolError(wrong_input(first["loc"], first["msg"])) from error
            if isinstance(cause, ToolError) and not isinstance(error, UnexpectedToolError):
                raise ToolError(str(cause)) from cause
            raise


class _Opened:
    """The assistant, waited for by the first who need it: a client learns at once which tools there are."""

    def __init__(self, opened: Callable[[], Assistant]) -> None:
        self._opened = opened

    async def told(self, work: Callable[[Assistant], T]) -> T:
        """Return what the work returns, done in a thread of its own.

        Raises:
            ToolError: an error meant for people, in its one sentence.
        """
        try:
            return await self.done(work)
        except AskIlyaError as error:
            raise ToolError(str(error)) from error

    async def done(self, work: Callable[[Assistant], T]) -> T:
        """Return what the work returns; raises what it raises."""
        return await run(lambda: work(self._opened()))


def build_server(opened: Callable[[], Assistant], *, subject: str) -> MCPServer[Any]:
    """Return the server; it serves any number of clients.

    Args:
        opened: returns the assistant, after however long it takes to open it; called by each tool in a thread.
        subject: the name of the person who is quoted.
    """
    assistant = _Opened(opened)
    how_to_quote = load("quote", ["subject", "question"])
    server = _Server(
        "ask-ilya",
        title=f"What {subject} said",
        instructions=how_to_quote.messages({"subject": subject, "question": ""})[0][1],
        version=version("ask-ilya"),
        log_level="WARNING",  # the SDK sets up the root logger: at INFO every request would be told in the terminal
    )
    _add_tools(server, assistant, subject)
    _add_resources(server, assistant)

    @server.prompt(title=f"Quote {subject}")
    def quote_him(question: str) -> str:
        """Tell a model how to answer a question with quotations that can be trusted."""
        return "\n\n".join(text for _, text in how_to_quote.messages({"subject": subject, "question": question}))

    return server


def _add_tools(server: MCPServer[Any], assistant: _Opened, subject: str) -> None:
    tool = partial(server.tool, annotations=_READ_ONLY, structured_output=True)

    @tool(description=f"Answer a question with exact, dated quotations of {subject}, or say that nothing is held.")
    async def ask(
        question: Question,
        history: Annotated[tuple[Text, ...], Field(max_length=50, description="Earlier questions, oldest first.")] = (),
        filters: Filters = Filters(),
    ) -> AnswerRecord:
        answer = await assistant.told(lambda opened: opened.ask(question, history=history, filters=filters))
        count_answer(answer, surface="mcp")
        return AnswerRecord.model_validate({"id": answer.id} | answer.model_dump(mode="json"))

    @tool(description=f"Tell whether {subject} said something, word by word. “not_found” means: in no source held.")
    async def check(
        text: Annotated[Text, Field(description="The quotation, without quotation marks around it.")],
        occasion: Annotated[Text | None, Field(description="Where and when it is said to be from.")] = None,
    ) -> CheckRecord:
        return CheckRecord.model_validate(await assistant.told(lambda opened: checked(opened, text, occasion, "en")))

    @tool(description="Return ranked passages of his words; they need not answer the question.")
    async def search(question: Question, count: Annotated[int, Field(ge=1, le=100)] = 10) -> Passages:
        hits = await assistant.told(lambda opened: opened.search(question, count))
        return Passages(
            passages=[
                PassageRecord(number=number, score=hit.score, **quote_of(hit.passage).model_dump(mode="json"))
                for number, hit in enumerate(hits, start=1)
            ]
        )

    @tool(description="Return a quote by its permanent id, with a certificate.")
    async def show(quote_id: Id) -> Shown:
        quote = await assistant.told(lambda opened: find_quote(opened.library, quote_id))
        certificate = await assistant.told(lambda opened: certificate_of(opened, quote))
        shown = QuoteRecord.model_validate(quote.model_dump(mode="json"))
        return Shown(quote=shown, certificate=certificate.model_dump(mode="json"))

    @tool(description="List every source that is held: what was inspected, and how its words reached us.")
    async def sources() -> Sources:
        held = await assistant.told(lambda opened: opened.library.summaries())
        listed = [SummaryRecord.model_validate(one.model_dump(mode="json")) for one in held]
        return Sources(sources=listed, holdings=holdings(held))

    @tool(description="List the topics of the quotation book, with questions that it answers; a good place to begin.")
    async def topics() -> Topics:
        held = {one.id for one in await assistant.told(lambda opened: opened.library.summaries())}
        found = await run(partial(topic_summaries, held=held))
        return Topics(topics=[TopicRecord.model_validate(one.model_dump(mode="json")) for one in found])


def _add_resources(server: MCPServer[Any], assistant: _Opened) -> None:
    @server.resource("quote://{quote_id}", mime_type="application/json", title="A quote by its permanent id")
    async def quote(quote_id: str) -> dict[str, Any]:
        try:
            return (await assistant.done(lambda opened: find_quote(opened.library, quote_id))).model_dump(mode="json")
        except UnknownQuote as error:
            raise ResourceNotFoundError(str(error)) from error

    @server.resource("source://{source_id}", mime_type="text/plain", title="The canonical text of a source")
    async def source(source_id: str) -> str:
        try:
            return (await assistant.done(lambda opened: opened.library.source(source_id))).text
        except UnknownSource as error:
            raise ResourceNotFoundError(str(error)) from error
