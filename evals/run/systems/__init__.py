"""What is measured side by side: the assistant, and what people would build without it."""

from evals.run.systems.system import Ranked, System

__all__ = ["Ranked", "System"]
