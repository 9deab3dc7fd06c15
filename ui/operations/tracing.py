"""OpenTelemetry traces of the web application, by the extra `telemetry`; the text of a question is not in them."""

from typing import Any

from fastapi import FastAPI

from knowledge.model.errors import AskIlyaError

_WITH_TEXT = ("url.query", "url.full", "http.url", "http.target")
"""Attributes that would hold a question asked in the address."""


class TracingUnavailable(AskIlyaError):
    """Traces are wanted and the extra is not installed."""


def trace(app: FastAPI) -> None:
    """Let an application send a span for each request; where to is OpenTelemetry's own `OTEL_*` settings.

    Raises:
        TracingUnavailable: the extra is not installed.
    """
    try:
        from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor
    except ImportError as error:
        raise TracingUnavailable("Traces need the extra: pip install 'ask-ilya[telemetry]'.") from error
    from opentelemetry import trace as telemetry
    from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    provider = TracerProvider(resource=Resource.create({"service.name": "ask-ilya"}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    telemetry.set_tracer_provider(provider)
    FastAPIInstrumentor.instrument_app(app, server_request_hook=without_text, exclude_spans=["receive", "send"])


def without_text(span: Any, scope: dict[str, Any]) -> None:
    """Replace the attributes of a span that would hold a question by the bare path."""
    for name in _WITH_TEXT:
        span.set_attribute(name, scope["path"] if name != "url.query" else "")
