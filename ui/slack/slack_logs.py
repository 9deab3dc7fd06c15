"""What is written to the log: what happened and where, never what anybody wrote.

Texts of errors can hold what was typed, and Slack's libraries write whole requests at DEBUG; so an error is told by its
name and place, and their logger never goes below INFO.
"""

import logging
import traceback
from pathlib import Path

from slack_bolt.logger.messages import warning_client_prioritized_and_token_skipped, warning_token_skipped
from slack_sdk.errors import SlackApiError, SlackClientError

from knowledge.model.errors import LibraryUnavailable

SLACK_FAILED = (SlackClientError, OSError)
"""What is raised when Slack refuses a call or cannot be reached."""

LOG = logging.getLogger("ui.slack")


def bolt_logger() -> logging.Logger:
    """Return the logger for Slack's libraries."""
    logger = logging.getLogger("ui.slack.bolt")
    logger.setLevel(logging.INFO)
    logger.addFilter(_unexpected)
    return logger


def _unexpected(record: logging.LogRecord) -> bool:
    """Whether a record tells something: not that our settings go before what Bolt reads in the environment itself."""
    return record.getMessage() not in (warning_client_prioritized_and_token_skipped(), warning_token_skipped())


def told(error: BaseException) -> str:
    """Return an error's name, Slack's code for it or why the database failed, and where it was raised.

    >>> told(ValueError("what somebody typed"))
    'ValueError'
    """
    name = type(error).__name__
    if isinstance(error, SlackApiError):
        name = f"{name} {code_of(error)}"
    if isinstance(error, LibraryUnavailable) and error.__cause__:
        name = f"{name} ({error.__cause__})"  # the database's own words, which hold no values
    frames = traceback.extract_tb(error.__traceback__)
    return f"{name} at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else name


def code_of(error: SlackApiError) -> str:
    """Return Slack's code for an error: `channel_not_found`, `ratelimited` …"""
    found = error.response.get("error")
    return str(found or f"status {getattr(error.response, 'status_code', 'unknown')}")


def code_of_any(error: Exception) -> str:
    """Return Slack's code for an error, or that it could not be reached."""
    return code_of(error) if isinstance(error, SlackApiError) else "not reached"
