"""A server makes searchable what other processes bring into the library that it shares with them."""

import time
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import pytest

from assistant import Assistant, Settings
from knowledge.model.errors import IndexUnavailable
from knowledge.search.embedding import BilingualEmbeddings
from tests.invented import BEES, MIRA, TIDES, labelled_source
from ui.cli.console import keep_in_step


def becomes(true: Callable[[], bool]) -> bool:
    until = time.monotonic() + 60
    while not true() and time.monotonic() < until:
        time.sleep(0.02)
    return true()


def test_what_another_machine_brings_is_searched_here_also_after_a_failure(
    empty_assistant: Assistant,
    tmp_path: Path,
    embeddings: BilingualEmbeddings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    url = f"sqlite:///{empty_assistant.settings.home / 'library.db'}"
    settings = Settings(home=tmp_path / "other", starter=False, database_url=url)
    here = Assistant.open(settings, subject=MIRA, embeddings=embeddings)
    sync, failures = here.index.sync, iter([True, True])

    def failing_twice(*given: object, **named: object) -> int:
        if next(failures, False):
            raise IndexUnavailable("The disk is full.")
        return sync()

    over = Event()
    following = Thread(target=keep_in_step, args=(here, over), kwargs={"every": 0.01})
    following.start()
    try:
        for number, (name, text) in enumerate((("bees", BEES), ("tides", TIDES))):
            if number:
                monkeypatch.setattr(here.index, "sync", failing_twice)
            empty_assistant.library.add(labelled_source(text, name), text.encode(), origin=f"{name}.txt")
            assert becomes(
                lambda name=name: name in {hit.passage.source.id for hit in here.search("bees or tides", 20)}
            )
    finally:
        over.set()
        following.join(60)
    assert capsys.readouterr().err == "The disk is full.\n"
