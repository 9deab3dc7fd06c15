"""What other programs may import. A change here is a change for them: say it in the CHANGELOG."""

import importlib

import pytest

PUBLIC = {
    "assistant": ["Answer", "Assistant", "Attribution", "Filters", "Order", "Quote", "Settings"],
    "knowledge": ["AskIlyaError", "Passage", "Provenance", "Source", "Turn"],
    "ui.rendering": [
        "Card",
        "Frame",
        "PlaceCard",
        "VerdictFrame",
        "answer_html",
        "answer_markdown",
        "answer_text",
        "frame",
        "frame_saved",
        "slack_blocks",
        "slack_messages",
        "slack_text",
        "verdict_blocks",
        "verdict_frame",
        "verdict_html",
        "verdict_line",
        "verdict_text",
    ],
}


@pytest.mark.parametrize("package", sorted(PUBLIC))
def test_public_names_are_these(package: str) -> None:
    module = importlib.import_module(package)
    assert sorted(module.__all__) == PUBLIC[package]
    assert all(hasattr(module, name) for name in PUBLIC[package])
