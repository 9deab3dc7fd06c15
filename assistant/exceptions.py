"""What can go wrong between a question and its answer; grows from the tree in `knowledge.model.errors`.

AskIlyaError
└── AssistantError
    ├── QuestionRefused    blank, or far too long
    ├── ModelFailed        the endpoint did not give a usable selection; the extractive selector takes over
    │   └── EndpointFailed (assistant.models) with why, in our own words
    └── Cancelled          (assistant.models) the person who asked no longer waits
"""

from knowledge.model.errors import AskIlyaError


class AssistantError(AskIlyaError):
    """Root of the errors of asking and answering."""


class QuestionRefused(AssistantError):
    """The question cannot be searched for."""


class ModelFailed(AssistantError):
    """A model endpoint gave nothing that can be used."""
