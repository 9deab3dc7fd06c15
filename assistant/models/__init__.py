"""Language models: asked over one bounded HTTP call, heard piece by piece, never quoted."""

from assistant.models.calls import Call, Cancellation
from assistant.models.endpoint import Endpoint, Schema
from assistant.models.troubles import Cancelled, EndpointFailed, Trouble

__all__ = ["Call", "Cancellation", "Cancelled", "Endpoint", "EndpointFailed", "Schema", "Trouble"]
