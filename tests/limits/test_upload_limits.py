"""How much may wait to be imported, and how large a file may be."""

from ui.web.uploads.upload_queue import NAMELESS, TOO_MANY, _refusal


def test_a_file_has_fifty_megabytes_and_not_a_byte_more() -> None:
    assert _refusal("talk.txt", 50_000_000, 0, 0) is None
    assert "50 MB" in (_refusal("talk.txt", 50_000_001, 0, 0) or "")


def test_two_thousand_files_wait_and_no_more() -> None:
    assert _refusal("talk.txt", 1, 1_999, 0) is None
    assert _refusal("talk.txt", 1, 2_000, 0) == TOO_MANY


def test_two_thousand_megabytes_wait_and_not_a_byte_more() -> None:
    assert _refusal("talk.txt", 1, 1, 1_999_999_999) is None
    assert _refusal("talk.txt", 2, 1, 1_999_999_999) == TOO_MANY


def test_a_name_that_cannot_be_stored_is_refused() -> None:
    assert _refusal("..", 1, 0, 0) == NAMELESS
