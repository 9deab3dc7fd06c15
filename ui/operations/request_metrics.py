"""Figures for Prometheus: requests, how long they take, answers by outcome, what a model cost and where it failed.

Several processes share one set of figures when `PROMETHEUS_MULTIPROC_DIR` names a folder (prometheus-client's own way).
"""

import os
from collections.abc import Callable, Iterator, Mapping
from time import perf_counter

from fastapi import APIRouter
from fastapi.params import Depends as Dependency
from fastapi.responses import Response
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant import Answer, Assistant
from knowledge.model.errors import AskIlyaError

METRICS = "/metrics"
_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

REQUESTS = Counter("ilya_requests", "HTTP requests by route and status.", ("method", "route", "status"))
LATENCY = Histogram("ilya_request_seconds", "Seconds until a response is whole.", ("route",), buckets=_SECONDS)
UNDER_WAY = Gauge("ilya_requests_under_way", "Requests being answered now.", multiprocess_mode="livesum")
ANSWERS = Counter(
    "ilya_answers",
    "Answers by where they were asked for, outcome and what selected.",
    ("surface", "outcome", "selector"),
)
SLACK_WAITING = Gauge(
    "ilya_slack_waiting",
    "Jobs that the bot has taken up and not finished: what takes a moment, and answers.",
    ("kind",),
    multiprocess_mode="livesum",
)
MODEL_TOKENS = Counter("ilya_model_tokens", "Tokens a model read and wrote.", ("direction",))
MODEL_FAILURES = Counter("ilya_model_failures", "Answers for which a model was asked in vain.")


def count_answer(answer: Answer, *, surface: str) -> None:
    """Count an answer that was given on a surface (`api`, `page`, `slack`, `mcp`); never its words or its question."""
    outcome = "answered" if answer.answered else str(answer.reason)
    extractive = answer.selector == "extractive"
    ANSWERS.labels(surface, outcome, "extractive" if extractive else "model").inc()
    if answer.model and answer.model.usage:
        MODEL_TOKENS.labels("in").inc(answer.model.usage.tokens_in)
        MODEL_TOKENS.labels("out").inc(answer.model.usage.tokens_out)
    if answer.model and extractive:
        MODEL_FAILURES.inc()


def metrics_routes(assistant: Assistant, queues: Mapping[str, Callable[[], int]], *allowed: Dependency) -> APIRouter:
    """Return `/metrics` in Prometheus' text format, for those whom the dependencies allow.

    `queues` tells by name how much waits now; what is added to it later is told too.
    """
    routes = APIRouter(include_in_schema=False, dependencies=allowed)

    @routes.get(METRICS)
    def metrics() -> Response:
        now = CollectorRegistry()
        now.register(_Now(assistant, queues))
        told = generate_latest(_registry()) + generate_latest(now)
        return Response(told, media_type=CONTENT_TYPE_LATEST)

    return routes


class _Now(Collector):
    """What is read when it is asked for: the same in every process on one library."""

    def __init__(self, assistant: Assistant, queues: Mapping[str, Callable[[], int]]) -> None:
        self._assistant, self._queues = assistant, queues

    def collect(self) -> Iterator[Metric]:
        """Yield the state of the library, of its index and of the queues."""
        index = self._assistant.index
        waiting = GaugeMetricFamily(
            "ilya_waiting", "What waits now: sources to be embedded, questions.", labels=["queue"]
        )
        for name, length in list(self._queues.items()):
            waiting.add_metric([name], length())
        try:
            waiting.add_metric(["index"], index.waiting)
            sources = self._assistant.coverage().sources
        except AskIlyaError:  # /readyz and `ilya doctor` tell what is wrong; the other figures are given all the same
            yield waiting
            return
        yield waiting
        yield GaugeMetricFamily("ilya_sources", "Sources with quotable words.", sources)
        version = {"version": index.version or "none"}
        yield InfoMetricFamily("ilya_index", "The published state of the index that is searched.", version)


class RequestMetrics:
    """ASGI middleware that counts and times requests by route, never by address, which may hold a question."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and count it when its response is whole."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        watched = WatchedResponse(send)
        with UNDER_WAY.track_inprogress():
            try:
                await self._app(scope, receive, watched)
            finally:
                route = route_of(scope)
                REQUESTS.labels(scope["method"], route, str(watched.status)).inc()
                LATENCY.labels(route).observe(watched.seconds)


class WatchedResponse:
    """Sends a response on and remembers its status, 500 until it starts, and the seconds since the request came."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._begun = perf_counter()
        self.status = 500

    async def __call__(self, message: Message) -> None:
        """Send a message on."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
        await self._send(message)

    @property
    def seconds(self) -> float:
        """Return how long it has taken so far."""
        return perf_counter() - self._begun


def route_of(scope: Scope) -> str:
    """Return the pattern of the route that took a request, such as `/q/{quote_id}`; `other` where none of ours did."""
    route = scope.get("route")
    path = getattr(route, "path", None)
    if path is None:
        return "other"
    return f"{scope.get('root_path', '')}{path}"


def _registry() -> CollectorRegistry:
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry
