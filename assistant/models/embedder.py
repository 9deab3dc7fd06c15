"""The embedder that the settings name: the offline one, or a model of an OpenAI-compatible endpoint."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.exceptions import AssistantError
from assistant.settings import Settings
from knowledge.search.embedding import BilingualEmbeddings, Embeddings, OwnEmbeddings, embeddable

if TYPE_CHECKING:
    from langchain_openai import OpenAIEmbeddings

Vector = list[float]
_SECONDS = 60
"""What one request may take: endpoints embed a hundred passages in a few seconds, slow machines in half a minute."""
_AT_ONCE = 64
"""Texts of one request; many local servers refuse more than a hundred."""


class EmbedderFailed(AssistantError):
    """The endpoint that embeds gave no vectors."""


def chosen_embedder(settings: Settings) -> Embeddings:
    """Return the embedder in force: the offline one unless `ILYA_EMBEDDINGS` names a model."""
    return EndpointEmbeddings(settings, settings.embeddings) if settings.embeddings else BilingualEmbeddings()


class EndpointEmbeddings(OwnEmbeddings):
    """Vectors by a model of an OpenAI-compatible endpoint; nothing is sent before a text is to be embedded.

    Args:
        settings: name the endpoint and its key.
        model: the name of the embedding model.
    """

    def __init__(self, settings: Settings, model: str) -> None:
        self._settings = settings
        self._model = model

    @property
    def fingerprint(self) -> str:
        """Return what tells whether vectors compare: the index remembers it and refuses others."""
        return f"endpoint/{self._model}"

    def embed_documents(self, texts: list[str]) -> list[Vector]:
        """Return one vector per text.

        Raises:
            EmbedderFailed: the endpoint cannot be reached, refuses, or answers something else.
        """
        return self._told(lambda: self._client.embed_documents([embeddable(text) for text in texts]))

    def embed_query(self, text: str) -> Vector:
        """Return the vector of a question.

        Raises:
            EmbedderFailed: the endpoint cannot be reached, refuses, or answers something else.
        """
        return self.embed_documents([text])[0]

    def _told(self, ask: Callable[[], list[Vector]]) -> list[Vector]:
        from openai import OpenAIError

        try:
            return ask()
        except (OpenAIError, TypeError, ValueError) as error:
            raise EmbedderFailed(
                f"The endpoint for “{self._model}” gave no vectors ({type(error).__name__}); see ILYA_EMBEDDINGS and "
                "ILYA_EMBEDDINGS_URL in docs/settings.md, or unset them to embed offline."
            ) from error

    @cached_property
    def _client(self) -> "OpenAIEmbeddings":
        from langchain_openai import OpenAIEmbeddings
        from pydantic import SecretStr

        return OpenAIEmbeddings(
            model=self._model,
            openai_api_base=self._settings.embeddings_url or self._settings.openai_base_url,
            openai_api_key=self._settings.openai_api_key or SecretStr("none"),  # local servers ask for none
            check_embedding_ctx_length=False,  # would send token numbers, which only OpenAI itself understands
            request_timeout=_SECONDS,
            chunk_size=_AT_ONCE,
            max_retries=2,
        )
