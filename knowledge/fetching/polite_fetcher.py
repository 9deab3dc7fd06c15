"""Fetching many pages as a guest: one request a second to all servers together, and what robots.txt forbids is left.

A server that answers robots.txt with an error of its own (5xx), or cannot be reached, is not asked for anything more
(RFC 9309); one that has no such file forbids nothing.
"""

import time
from collections.abc import Callable, Collection
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from knowledge.fetching.fetcher import AGENT, fetch
from knowledge.model.errors import SourceRefused

INTERVAL = 1.0
"""Seconds between two requests."""
_MAX_DELAY = 30.0
"""Seconds a server may ask us to wait between requests; one that asks for more is left alone."""
_MAX_ROBOTS_BYTES = 512_000
"""RFC 9309 (2.5) asks for 500 kibibytes at least."""


class PoliteFetcher:
    """Fetches addresses one after another; remembers what each server allows.

    Args:
        allow_private: whether addresses of the own network may be fetched.
        languages: codes of the languages that may be spoken in a video.
        clock: seconds, ever growing.
        sleep: waits for seconds.
    """

    def __init__(
        self,
        *,
        allow_private: bool = False,
        languages: Collection[str] = (),
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._allow_private = allow_private
        self._languages = tuple(languages)
        self._clock, self._sleep = clock, sleep
        self._rules: dict[str, RobotFileParser | str] = {}
        self._last: float | None = None

    def fetch(self, url: str) -> tuple[bytes, str]:
        """Return what stands at an address and where it was found, after waiting for our turn.

        Raises:
            SourceRefused: its server forbids it to programs, or it cannot be fetched.
        """
        self._wait(self._delay(url))
        raw, address = fetch(url, allow_private=self._allow_private, languages=self._languages)
        if _server(address) != _server(url):  # a redirect led elsewhere
            self._delay(address)
        return raw, address

    def _delay(self, url: str) -> float:
        """Return the seconds to wait before an address is asked for."""
        server = _server(url)
        if server not in self._rules:
            self._rules[server] = self._robots(server)
        rules = self._rules[server]
        if isinstance(rules, str):
            raise SourceRefused(url, rules)
        if not rules.can_fetch(AGENT, url):
            raise SourceRefused(url, "its server forbids it to programs (robots.txt); save the page in a browser.")
        delay = float(rules.crawl_delay(AGENT) or INTERVAL)
        if delay > _MAX_DELAY:
            raise SourceRefused(url, f"its server asks for {delay:.0f} seconds between requests; save the page.")
        return max(delay, INTERVAL)

    def _robots(self, server: str) -> RobotFileParser | str:
        """Return what a server allows, or why it is not asked for anything."""
        rules = RobotFileParser()
        self._wait(INTERVAL)
        try:
            raw, _ = fetch(f"{server}/robots.txt", allow_private=self._allow_private, max_bytes=_MAX_ROBOTS_BYTES)
        except SourceRefused as refused:
            if refused.status is None:
                return refused.reason  # no network, most often
            if refused.status >= 500:
                return "its server does not say what programs may fetch (robots.txt fails)."
            rules.parse([])  # none: everything is allowed
            return rules
        rules.parse(raw.decode("utf-8", "replace").lstrip("\ufeff").splitlines())
        return rules

    def _wait(self, delay: float) -> None:
        if self._last is not None and (left := self._last + delay - self._clock()) > 0:
            self._sleep(left)
        self._last = self._clock()


def _server(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
