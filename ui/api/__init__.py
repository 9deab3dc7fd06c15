"""The HTTP API, version 1: answers, checks, quotes and sources for other programs, in one schema."""

from ui.api.api_application import PREFIX, build_api

__all__ = ["PREFIX", "build_api"]
