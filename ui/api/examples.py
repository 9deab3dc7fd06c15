"""Worked examples in the description of the API; a test sends each of them."""

from fastapi.openapi.models import Example

EXAMPLES: dict[str, dict[str, Example]] = {
    "ask": {
        "plain": {"summary": "A question", "value": {"question": "Why did OpenAI give up on robotics?"}},
        "limited": {
            "summary": "Only what was said until 2023, oldest first",
            "value": {"question": "What is next-token prediction?", "filters": {"until": "2023"}, "order": "date"},
        },
    },
    "question": {"plain": {"summary": "A question", "value": "Will we run out of data?"}},
    "search": {"plain": {"summary": "Five passages", "value": {"question": "robotics", "count": 5}}},
    "claim": {"plain": {"summary": "A quotation", "value": "There was no path to data on robotics."}},
    "check": {
        "quotation": {
            "summary": "One quotation",
            "value": {"text": "There was no path to data on robotics.", "occasion": "Dwarkesh Podcast, 2023"},
        },
        "document": {
            "summary": "Every quotation of a text",
            "value": {"document": "Sutskever said: “There was no path to data on robotics at the time.”"},
        },
    },
}
