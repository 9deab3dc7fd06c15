"""What an operator can set about watching the program."""

from enum import StrEnum

from assistant.settings import FiledSettings


class LogFormat(StrEnum):
    """How a line of the log is written."""

    TEXT = "text"
    JSON = "json"


class OperationSettings(FiledSettings):
    """The settings of logs, metrics and traces."""

    log_format: LogFormat = LogFormat.TEXT
    """`json` writes one JSON object a line, with a line for each request."""
    traces: bool = False
    """Send OpenTelemetry traces to where `OTEL_EXPORTER_OTLP_ENDPOINT` says; needs the extra `telemetry`."""
