"""What an operator can set about watching the program."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from assistant.settings import FiledSettings


class LogFormat(StrEnum):
    """How a line of the log is written."""

    TEXT = "text"
    JSON = "json"


class OperationSettings(FiledSettings):
    """The settings of logs, metrics and traces."""

    log_format: LogFormat = LogFormat.TEXT
    """`json` writes one JSON object a line, with a line for each request."""
    keep_days: Annotated[int, Field(ge=1)] | None = None
    """How many days questions, answers, conversations and votes are kept; for ever when not set."""
    traces: bool = False
    """Send OpenTelemetry traces to where `OTEL_EXPORTER_OTLP_ENDPOINT` says; needs the extra `telemetry`."""
