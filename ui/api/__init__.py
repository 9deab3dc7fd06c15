"""The HTTP API, version 1: answers, checks, quotes and sources for other programs, in one schema."""

from ui.api.application import PREFIX, build_api

__all__ = ["PREFIX", "build_api"]
