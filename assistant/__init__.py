"""From a question to an answer in his own cited words."""

from assistant.answers import Answer
from assistant.facade import Assistant
from assistant.question.filters import Filters, Order
from assistant.quotes import Attribution, Quote
from assistant.settings import Settings

__all__ = ["Answer", "Assistant", "Attribution", "Filters", "Order", "Quote", "Settings"]
