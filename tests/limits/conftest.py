"""Fixtures of the assistant's tests, for limits of checking."""

from tests.assistant.conftest import checker, library

__all__ = ["checker", "library"]
