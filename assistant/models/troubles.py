"""Why a model gave nothing usable, in our own few words: nothing an endpoint wrote is ever repeated."""

from enum import StrEnum

from assistant.exceptions import AssistantError, ModelFailed


class Trouble(StrEnum):
    """What went wrong; the value is shown to people, as in `extractive (no answer in time)`."""

    NO_ROUTE = "endpoint not reachable"
    BAD_KEY = "key refused"
    UNKNOWN_MODEL = "model not known to the endpoint"
    RATE_LIMITED = "rate limit"
    REFUSED = "endpoint refused the request"
    ENDPOINT_ERROR = "endpoint failed"
    TIMED_OUT = "no answer in time"
    TOO_LONG = "endless answer"
    BROKEN_OFF = "connection lost"
    UNREADABLE = "unreadable answer"
    MISSING_PACKAGE = "package of the provider not installed"
    MISCONFIGURED = "settings of the model incomplete"
    NO_VALID_PICK = "model gave no valid pick"
    RESTING = "endpoint failed before, is tried again soon"
    CANCELLED = "cancelled"


class EndpointFailed(ModelFailed):
    """An endpoint gave no usable reply; `trouble` says why. Carries no text and no error of the endpoint's."""

    def __init__(self, trouble: Trouble, status: int | None = None) -> None:
        super().__init__(f"The model cannot be used: {trouble.value}. `ilya doctor` tries it step by step.")
        self.trouble = trouble
        self.status = status
        """The HTTP status that the endpoint answered with, if it did."""


class Cancelled(AssistantError):
    """The person who asked no longer waits."""


_BY_STATUS = {
    400: Trouble.REFUSED,
    401: Trouble.BAD_KEY,
    403: Trouble.BAD_KEY,
    404: Trouble.UNKNOWN_MODEL,
    408: Trouble.TIMED_OUT,
    429: Trouble.RATE_LIMITED,
    504: Trouble.TIMED_OUT,
}


def failure(error: Exception, *, connected: bool) -> EndpointFailed:
    """Return what an error of a client library means; `connected` tells whether the endpoint was reached."""
    status = getattr(error, "status_code", None)
    if isinstance(status, int):
        other = Trouble.ENDPOINT_ERROR if status >= 500 else Trouble.REFUSED
        return EndpointFailed(_BY_STATUS.get(status, other), status)
    # by name: the client libraries are many, and none is imported here
    names = {kind.__name__ for kind in type(error).__mro__}
    if any("Timeout" in name for name in names):
        return EndpointFailed(Trouble.TIMED_OUT if connected else Trouble.NO_ROUTE)
    if names & {"APIConnectionError", "TransportError", "ConnectionError"}:
        return EndpointFailed(Trouble.BROKEN_OFF if connected else Trouble.NO_ROUTE)
    return EndpointFailed(Trouble.UNREADABLE)
