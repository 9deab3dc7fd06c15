"""The MCP server as the SDK's own client sees it, over each transport."""

import asyncio
import socket
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from concurrent.futures import Future
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from mcp import Client, StdioServerParameters, stdio_client
from mcp_types import TextContent

from assistant import Assistant
from assistant.certificates.certified_quotes import Certificate
from assistant.certificates.verification import verify
from assistant.records.saved_answers import Records
from knowledge.model.errors import LibraryUnavailable
from knowledge.search.embedding import BilingualEmbeddings
from tests.homes import copy_home
from tests.loops import run
from tests.ui.web.conftest import furnish
from ui.api.keys import Keys, Scope
from ui.mcp.mcp_server import build_server
from ui.web.chat.streaming import Answering
from ui.web.page_settings import WebSettings
from ui.web.services import build_services

QUESTION = "Why do bees dance?"


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory, embeddings: BilingualEmbeddings) -> Assistant:
    """An assistant over the invented interviews."""
    return furnish(tmp_path_factory.mktemp("mcp"), embeddings)


def within(assistant: Assistant, work: Callable[[Client], Coroutine[Any, Any, None]]) -> None:
    """Run the work with a client that is connected to a server in this process."""

    async def connected() -> None:
        async with Client(build_server(lambda: assistant, subject=assistant.subject.name)) as client:
            await work(client)

    run(connected())


def test_tools_are_read_only_and_describe_what_they_return(invented: Assistant) -> None:
    async def work(client: Client) -> None:
        tools = (await client.list_tools()).tools
        assert [tool.name for tool in tools] == ["ask", "check", "search", "show", "sources", "topics"]
        for tool in tools:
            assert tool.annotations
            assert tool.annotations.read_only_hint is True
            assert tool.output_schema
        assert "Never shorten" in (client.instructions or "")

    within(invented, work)


def test_an_answer_is_slices_and_each_quote_can_be_shown_with_its_certificate(invented: Assistant) -> None:
    async def work(client: Client) -> None:
        told = (await client.call_tool("ask", {"question": QUESTION})).structured_content
        assert told
        for quote in told["quotes"]:
            source = invented.library.source(quote["source"]["id"])
            assert quote["text"] == source.text[quote["start"] : quote["end"]]
            shown = (await client.call_tool("show", {"quote_id": quote["id"]})).structured_content
            assert shown
            assert shown["quote"]["text"] == quote["text"]
            certificate = Certificate.model_validate(shown["certificate"])
            failed = [
                finding.what
                for finding in verify(certificate, invented.library.raw(source)).findings
                if finding.outcome == "failed"
            ]
            assert failed == [
                "reader"
            ]  # the file, its words and the id hold; the reader of these tests is the tests' own
            resource = await client.read_resource(f"quote://{quote['id']}")
            assert quote["text"] in str(resource.contents[0])
            text = await client.read_resource(f"source://{source.id}")
            assert getattr(text.contents[0], "text", None) == source.text

    within(invented, work)


def test_a_check_a_search_and_the_list_of_sources(invented: Assistant) -> None:
    async def work(client: Client) -> None:
        exact = (await client.call_tool("check", {"text": "Bees dance to point at flowers."})).structured_content
        assert exact
        assert (exact["verdict"], exact["places"][0]["certainty"]) == ("exact", "labelled")
        unheard = (await client.call_tool("check", {"text": "Whales sing of the moon at noon."})).structured_content
        assert unheard
        assert unheard["verdict"] == "not_found"
        assert unheard["coverage"]["sources"] > 0
        found = (await client.call_tool("search", {"question": "tide mill", "count": 2})).structured_content
        assert found
        assert len(found["passages"]) == 2
        held = (await client.call_tool("sources", {})).structured_content
        assert held
        assert {one["id"] for one in held["sources"]} == {one.id for one in invented.library.summaries()}

    within(invented, work)


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("ask", {"question": ""}),
        ("ask", {"question": "a\0b"}),
        ("ask", {"question": "bees " * 100_000}),
        ("ask", {"question": QUESTION, "filters": {"since": "yesterday"}}),
        ("ask", {"question": QUESTION, "filters": {"sources": ["../../etc/passwd"]}, "history": ["x"] * 51}),
        ("ask", {}),
        ("check", {"text": "hm"}),
        ("check", {"text": "word " * 300_000}),
        ("search", {"question": QUESTION, "count": 10**9}),
        ("search", {"question": ["a"]}),
        ("show", {"quote_id": "q_none"}),
        ("show", {"quote_id": "../../x"}),
        ("nothing", {}),
    ],
)
def test_hostile_arguments_get_one_sentence_and_harm_nothing(
    invented: Assistant, tool: str, arguments: dict[str, Any]
) -> None:
    async def work(client: Client) -> None:
        result = await client.call_tool(tool, arguments)
        assert result.is_error
        said = " ".join(part.text for part in result.content if isinstance(part, TextContent))
        assert said
        assert "Traceback" not in said
        assert "\n" not in said
        assert "validation error" not in said
        assert not (await client.call_tool("ask", {"question": QUESTION})).is_error

    within(invented, work)


@pytest.mark.parametrize("address", ["quote://q_none", "source://none"])
def test_a_resource_that_is_not_there_is_told(invented: Assistant, address: str) -> None:
    async def work(client: Client) -> None:
        with pytest.raises(Exception, match=r"not|no "):
            await client.read_resource(address)

    within(invented, work)


def test_a_prompt_tells_a_model_how_to_quote(invented: Assistant) -> None:
    async def work(client: Client) -> None:
        given = await client.get_prompt("quote_him", {"question": QUESTION})
        assert QUESTION in str(given.messages[0].content)
        assert "Mira Vane" in str(given.messages[0].content)

    within(invented, work)


def test_it_answers_over_standard_input_while_a_source_is_added(book_home: Path, tmp_path: Path) -> None:
    home = copy_home(book_home, tmp_path / "home")
    talk = tmp_path / "talk.md"
    talk.write_text("Host: What of gulls?\n\nIlya Sutskever: Gulls are loud in the morning.\n\n" * 3)
    command = StdioServerParameters(
        command=str(Path(sys.executable).parent / "ilya"), args=["mcp"], env={"ILYA_HOME": str(home)}
    )

    async def work() -> None:
        async with Client(stdio_client(command)) as client:
            before = (
                await client.call_tool("ask", {"question": "Why did OpenAI give up on robotics?"})
            ).structured_content
            adding = await asyncio.create_subprocess_exec(
                str(Path(sys.executable).parent / "ilya"), "add", str(talk), env={"ILYA_HOME": str(home)}
            )
            for _ in range(3):
                told = (
                    await client.call_tool("ask", {"question": "Why did OpenAI give up on robotics?"})
                ).structured_content
                assert told
                assert told["answered"]
            assert await adding.wait() == 0
            assert before
            assert before["quotes"][0]["text"] == told["quotes"][0]["text"]

    run(work())


@asynccontextmanager
async def over_http(assistant: Assistant, **options: object) -> AsyncIterator[str]:
    """Serve everything but the chat on this machine; yield the address of the MCP server."""
    answering = Answering(assistant, Records(assistant.library))
    app = build_services(answering, WebSettings(**options), host="127.0.0.1")  # type: ignore[arg-type]
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        serving = asyncio.ensure_future(server.serve([listening]))
        while not server.started:
            await asyncio.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}/mcp"
        finally:
            server.should_exit = True
            await serving


def test_it_answers_over_http_as_in_process(invented: Assistant) -> None:
    async def work() -> None:
        async with over_http(invented) as address, Client(address) as client:
            told = (await client.call_tool("ask", {"question": QUESTION})).structured_content
            assert told
            assert [quote["id"] for quote in told["quotes"]] == [
                shown.quote.id for shown in invented.ask(QUESTION).quotes
            ]

    run(work())


def test_over_http_a_key_needs_the_scope(invented: Assistant) -> None:
    keys = Keys(invented.library)
    asking = keys.make("asks", scopes={Scope.ASK}, per_minute=100)
    using = keys.make("uses mcp", scopes={Scope.MCP}, per_minute=100)

    async def statuses() -> list[int]:
        import httpx

        body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
        headers = {"accept": "application/json, text/event-stream"}
        found = []
        auth = "ada:$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$3r7bxmdIBz0"
        async with over_http(invented, auth=auth) as address, httpx.AsyncClient(headers=headers) as caller:
            for token in ("", "ilya_unknown", asking, using):
                sent = {"authorization": f"Bearer {token}"} if token else {}
                found.append((await caller.post(address, json=body, headers=sent)).status_code)
        return found

    assert run(statuses()) == [401, 401, 403, 200]


def test_a_client_is_greeted_and_learns_the_tools_before_the_library_is_open(invented: Assistant) -> None:
    opened: Future[Assistant] = Future()

    async def work() -> None:
        async with Client(build_server(opened.result, subject=invented.subject.name)) as client:
            assert (await client.list_tools()).tools
            asking = asyncio.ensure_future(client.call_tool("ask", {"question": QUESTION}))
            listing = await client.list_tools()  # the tool that waits holds nobody up
            assert listing.tools
            assert not asking.done()
            opened.set_result(invented)
            told = (await asking).structured_content
            assert told
            assert told["answered"]

    run(work())


def test_a_library_that_does_not_open_is_told_by_every_tool_in_one_sentence() -> None:
    opened: Future[Assistant] = Future()
    opened.set_exception(LibraryUnavailable("The folder may not be written."))

    async def work() -> None:
        async with Client(build_server(opened.result, subject="Mira Vane")) as client:
            for name, arguments in (("ask", {"question": QUESTION}), ("sources", {}), ("show", {"quote_id": "q_1"})):
                refused = await client.call_tool(name, arguments)
                assert refused.is_error
                assert isinstance(refused.content[0], TextContent)
                assert "The folder may not be written." in refused.content[0].text

    run(work())
