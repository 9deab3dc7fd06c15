"""docs/settings.md names every setting with its default."""

import re
from pathlib import Path

import pytest
from pydantic import AliasChoices, SecretStr

from assistant.settings import FiledSettings, Settings
from ui.api.api_settings import ApiSettings
from ui.operations.operation_settings import OperationSettings
from ui.web.page_settings import WebSettings

PAGE = (Path(__file__).parent.parent / "docs" / "settings.md").read_text(encoding="utf-8")
ROWS = {name: default.strip() for name, default in re.findall(r"^\| `([A-Z_]+)` \|([^|]*)\|", PAGE, re.MULTILINE)}
KINDS: tuple[type[FiledSettings], ...] = (Settings, WebSettings, ApiSettings, OperationSettings)


def variables(kind: type[FiledSettings]) -> dict[str, object]:
    """Return the default of each setting by its variable."""
    found = {}
    for name, field in kind.model_fields.items():
        alias = field.validation_alias
        variable = alias.choices[-1] if isinstance(alias, AliasChoices) else f"ILYA_{name.upper()}"
        found[str(variable)] = field.default
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_every_setting_stands_on_the_page_with_its_default(kind: type[FiledSettings]) -> None:
    for variable, default in variables(kind).items():
        assert variable in ROWS
        shown = str(default).lower() if isinstance(default, bool) else str(default)
        if isinstance(default, str | int | float) and not isinstance(default, SecretStr):
            told = ROWS[variable].strip("`")
            assert told == shown or float(told) == default


def test_the_page_names_no_setting_that_there_is_not() -> None:
    assert set(ROWS) == {variable for kind in KINDS for variable in variables(kind)}
