"""A question from the shell, answered step by step without blocking: `python examples/ask.py "Is AGI near?"`."""

import asyncio
import sys

from assistant import Answer, Assistant
from assistant.answers import NumberedQuote


async def main(question: str) -> int:
    """Print each quote as soon as it is verified; return the exit code."""
    answered = False
    async for event in Assistant.open().astream(question):
        if isinstance(event, NumberedQuote):
            told = event.quote.attribution
            print(f"[{event.number}] “{event.quote.text}”")
            print(f"    — {told.speaker}, {told.title}, {told.date} {told.url or ''}\n")
        elif isinstance(event, Answer):
            answered = event.answered
            print(
                "" if answered else f"Nothing found ({event.reason}); {event.coverage.sources} sources were searched."
            )
    return 0 if answered else 3


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1])))
