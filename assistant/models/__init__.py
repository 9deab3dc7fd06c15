"""Language models: asked over one bounded HTTP call, heard piece by piece, never quoted."""

from assistant.models.calls import Call, Cancellation, Cancelled, EndpointFailed, Trouble
from assistant.models.endpoint import Endpoint, Schema

__all__ = ["Call", "Cancellation", "Cancelled", "Endpoint", "EndpointFailed", "Schema", "Trouble"]
