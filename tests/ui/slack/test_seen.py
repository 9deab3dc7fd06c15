"""Keys are handed out once, whoever asks; and forgotten after a day."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from knowledge.library.store import Library
from ui.slack.state import seen_events
from ui.slack.state.seen_events import Seen, SeenRow


def test_of_many_that_claim_one_key_at_once_one_gets_it(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'library.db'}"
    stores = [Seen(Library(url)) for _ in range(8)]
    together = Barrier(8)

    def claim(store: Seen, number: int) -> bool:
        together.wait(60)
        return store.claim("message", "T1", "C1", str(number))

    with ThreadPoolExecutor(8) as threads:
        for number in range(20):
            won = list(threads.map(claim, stores, [number] * 8))
            assert sum(won) == 1


def test_keys_of_yesterday_are_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Seen(Library(f"sqlite:///{tmp_path / 'library.db'}"))
    now = 1_700_000_000.0
    monkeypatch.setattr(seen_events.time, "time", lambda: now)
    assert store.claim("a")
    assert not store.claim("a")
    now += 25 * 3600
    assert store.claim("b")
    with Session(Library(f"sqlite:///{tmp_path / 'library.db'}").engine) as session:
        assert session.scalar(select(func.count()).select_from(SeenRow)) == 1
