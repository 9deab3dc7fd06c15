"""A model's opinion on relevance, beside the gold: told with its agreement, never part of a gate or a bound.

After Zheng et al., Judging LLM-as-a-Judge with MT-Bench and Chatbot Arena, 2023: a judge is worth what its agreement
with people's labels is worth, so it is printed with that agreement (Cohen's kappa), and runs of two judges are not
compared.
"""

import json

from pydantic import SecretStr

from assistant import Settings
from assistant.models import Call, Endpoint, EndpointFailed, Schema
from assistant.models.calls import list_under
from assistant.settings import FiledSettings
from evals.evaluation_errors import SuiteMissing
from prompts import load

_SECONDS = 60.0
_RELEVANT = Schema(
    "relevance",
    {
        "type": "object",
        "properties": {"relevant": {"type": "array", "items": {"type": "boolean"}}},
        "required": ["relevant"],
        "additionalProperties": False,
    },
)


class JudgeSettings(FiledSettings):
    """Who judges; the endpoint of the selecting model (`OPENAI_*`) unless another is named."""

    judge_model: str | None = None
    judge_base_url: str | None = None
    judge_api_key: SecretStr | None = None


class Judge:
    """Asks a model whether quoted words address a question."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._prompt = load("judge", {"case"})

    @classmethod
    def from_settings(cls, settings: Settings) -> "Judge | None":
        """Return the judge that `ILYA_JUDGE_MODEL` names; None when it names none.

        Raises:
            SuiteMissing: the judge has neither a key nor an address.
        """
        named = JudgeSettings()
        if not named.judge_model:
            return None
        chosen = {
            "model": named.judge_model,
            "openai_base_url": named.judge_base_url or settings.openai_base_url,
            "openai_api_key": named.judge_api_key or settings.openai_api_key,
        }
        endpoint = Endpoint.from_settings(settings.model_copy(update=chosen))
        if endpoint is None:
            raise SuiteMissing("The judge cannot be reached: set ILYA_JUDGE_API_KEY or ILYA_JUDGE_BASE_URL.")
        return cls(endpoint)

    @property
    def name(self) -> str:
        """Return what tells this judge from others: provider, address, model and the version of the prompt."""
        return f"{self._endpoint.key} {self._prompt.hash}"

    def is_relevant(self, question: str, words: str) -> bool | None:
        """Return the judge's opinion; None when it gave none."""
        case = json.dumps({"question": question, "words": words}, ensure_ascii=False, separators=(",", ":"))
        self._endpoint.prepare()
        with Call(_SECONDS) as call:
            try:
                reply = "".join(self._endpoint.call(self._prompt.messages({"case": case}), _RELEVANT, call))
            except EndpointFailed:
                return None
        told = list_under("relevant", reply)
        return told[0] if told and isinstance(told[0], bool) else None
