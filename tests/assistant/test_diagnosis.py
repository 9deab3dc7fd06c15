from pathlib import Path
from typing import Any

import pytest

from assistant import Settings
from assistant.diagnosis import Finding, diagnose, mend_index
from evals.hostile.endpoint_server import Exchange, Script, serving
from evals.hostile.personalities import GOOD, PERSONALITIES, says
from knowledge.library.store import Library
from knowledge.model.subject import default_subject
from knowledge.readers import read

ABSTAINS = '{"picks":[],"unanswerable":"no_evidence"}'


def findings(home: Path, **options: Any) -> dict[str, Finding]:
    found = diagnose(Settings(home=home, starter=False, model_retries=0, model_seconds=3, **options))
    return {finding.part: finding for finding in found}


def of_model(home: Path, script: Script) -> Finding:
    with serving(script) as server:
        return findings(home, model="big", openai_base_url=server.url)["model"]


def test_a_fresh_machine_is_well(tmp_path: Path) -> None:
    found = findings(tmp_path / "home")
    assert list(found) == ["library", "stored", "embedder", "index", "model"]
    assert all(finding.well for finding in found.values())
    assert "None is set" in found["model"].found


def test_half_set_models_are_told(tmp_path: Path) -> None:
    assert "ILYA_MODEL" in findings(tmp_path, openai_api_key="k")["model"].found
    assert "OPENAI_BASE_URL" in findings(tmp_path, model="m")["model"].found


@pytest.mark.parametrize("reply", [GOOD, ABSTAINS])
def test_a_good_endpoint_is_well(tmp_path: Path, reply: str) -> None:
    finding = of_model(tmp_path, says(reply))
    assert finding.well
    assert "strict JSON schema" in finding.found


def test_an_endpoint_without_structured_output_is_well_and_it_is_told(tmp_path: Path) -> None:
    def answers(exchange: Exchange) -> None:
        if exchange.form == "text":
            exchange.answer(GOOD)
        else:
            exchange.refuse(400)

    finding = of_model(tmp_path, answers)
    assert finding.well
    assert "no structured output" in finding.found


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("401", "refuses the key"),
        ("404", "knows no model “big”"),
        ("400", "refuses the request"),
        ("429", "rate limit"),
        ("500", "endpoint failed"),
        ("30 s of nothing", "did not finish in time"),
        ("wrong content type", "not what an OpenAI-compatible endpoint sends"),
        ("only prose", "not in the form asked for"),
        ("numbers as text", "not in the form asked for"),
    ],
)
def test_what_is_wrong_is_said_plainly(tmp_path: Path, name: str, said: str) -> None:
    finding = of_model(tmp_path, PERSONALITIES[name])
    assert not finding.well
    assert said in finding.found
    assert finding.remedy
    assert "LEAK" not in finding.model_dump_json()


def test_no_route(tmp_path: Path) -> None:
    finding = findings(tmp_path, model="big", openai_base_url="http://127.0.0.1:9/v1")["model"]
    assert finding.found == "No route to 127.0.0.1."


def test_a_library_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    (tmp_path / "library.db").write_bytes(b"not a database" * 100)
    found = findings(tmp_path)
    assert not found["library"].well
    assert "index" not in found


def test_a_broken_index_is_told_and_mended(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, starter=False)
    folder = settings.index_folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("a file where a folder should be")
    assert not findings(tmp_path)["index"].well
    assert mend_index(settings).well
    assert list(tmp_path.glob("index.broken-*"))
    assert findings(tmp_path)["index"].well


def test_what_an_older_reader_read_is_read_anew_and_told(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, starter=False)
    raw = b"Tom Reed: Why?\n\nIlya Sutskever: I think so.\n\nTom Reed: Is it?\n\nIlya Sutskever: It is.\n"
    source = read(raw, origin="talk.txt", source_id="talk", subject=default_subject())
    library = Library(settings.library_url)
    library.add(source.model_copy(update={"reader": "labelled/1"}), raw, origin="talk.txt")
    assert "Read anew by better readers: 1." in findings(tmp_path)["library"].found
    assert "Read anew" not in findings(tmp_path)["library"].found
    assert library.source("talk").reader == source.reader
