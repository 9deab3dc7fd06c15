from pathlib import Path

import pytest

from assistant import Settings
from ui.web.page_settings import WebSettings


def test_a_file_in_the_data_folder_sets_what_the_environment_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "settings.env").write_text("ILYA_MODEL=from-file\nILYA_PORT=9001\nOPENAI_API_KEY=sk-secret\n")
    monkeypatch.setenv("ILYA_HOME", str(tmp_path))
    monkeypatch.setenv("ILYA_PORT", "9002")
    settings = Settings()
    assert (settings.home, settings.model, settings.port) == (tmp_path, "from-file", 9002)
    assert settings.openai_api_key
    assert settings.openai_api_key.get_secret_value() == "sk-secret"
    assert "sk-secret" not in repr(settings)
    assert Settings(model="in-code").model == "in-code"


def test_a_home_named_in_code_has_its_own_file(tmp_path: Path) -> None:
    (tmp_path / "settings.env").write_text("ILYA_MAX_QUOTES=5\n")
    assert Settings(home=tmp_path).max_quotes == 5
    assert Settings(home=tmp_path / "elsewhere").max_quotes == 3


def test_the_page_is_set_by_the_same_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "settings.env").write_text("ILYA_OPEN_TO_ALL=true\n")
    monkeypatch.setenv("ILYA_HOME", str(tmp_path))
    assert WebSettings().open_to_all
