"""Runs tests on request, each run in a fork: libraries are loaded once, our own modules anew every time.

Reads lines of JSON (`{"tests": […], "cpu_seconds": 120}`), writes lines of JSON (`{"code": 1, "told": "…"}`).
"""

import json
import os
import resource
import signal
import sys
import threading
import time
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryFile

_LIBRARIES = (
    *("numpy", "pydantic", "pydantic_settings", "sqlalchemy.orm", "alembic.command", "rapidfuzz.distance", "yaml"),
    *("bs4", "lxml.etree", "charset_normalizer", "py3langid", "pytest", "_pytest.doctest", "_pytest.junitxml"),
    *("starlette.testclient", "fastapi", "jinja2", "argon2", "tokenizers", "bm25s"),
    *("langchain_core.embeddings", "langchain_core.runnables", "langchain_core.prompts", "langchain_core.retrievers"),
    *("hypothesis.stateful", "uvicorn", "httpx2", "sse_starlette", "prometheus_client", "httpx", "odfdo", "striprtf"),
    *("pypdf", "mammoth", "pysubs2", "typer", "rich", "markdown_it"),
)
"""What most tests load; the copy's own packages must not be among them."""
_TAIL = 1_500
_HANGS_AFTER = 400.0
"""Seconds; longer than pytest's own limit for a test."""


def main() -> None:
    """Serve until the input ends."""
    for name in _LIBRARIES:
        import_module(name)
    if threading.active_count() > 1 or len(os.listdir("/proc/self/task")) > 1:
        raise RuntimeError("a library started a thread: a fork would hang")
    for line in sys.stdin:
        asked = json.loads(line)
        with TemporaryFile() as told:
            child = os.fork()
            if child == 0:
                _run(asked["tests"], asked["cpu_seconds"], told.fileno())
            code = _ended(child)
            told.seek(0)
            text = told.read().decode("utf-8", "replace")[-_TAIL:]
        sys.stdout.write(json.dumps({"code": code, "told": text}) + "\n")
        sys.stdout.flush()


def _ended(child: int) -> int:
    """Wait for a run; one that hangs is killed, since it uses no time of the processor."""
    until = time.monotonic() + _HANGS_AFTER
    while True:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() > until:
            os.kill(child, signal.SIGKILL)
            until = float("inf")
        time.sleep(0.02)


def _run(tests: list[str], cpu_seconds: int, output: int) -> None:
    """Run tests and end the process; one that never ends is ended by the system."""
    import pytest

    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # loading those we do not need costs more than most runs
    os.environ["PYTEST_PLUGINS"] = "pytest_socket,pytest_timeout"
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 5))
    for stream in (1, 2):
        os.dup2(output, stream)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    flags = [
        "-q",
        "-x",
        "--no-header",
        "--tb=line",
        "-p",
        "no:cacheprovider",
        "-W",
        "ignore::pytest.PytestAssertRewriteWarning",
    ]
    code = pytest.main([*flags, f"--rootdir={Path.cwd()}", *tests])
    sys.stdout.flush()
    os._exit(int(code))


if __name__ == "__main__":
    main()
