import json

import pytest

from assistant.models import Endpoint
from assistant.question.followups import Rewriter
from evals.hostile.endpoint_server import serving
from evals.hostile.personalities import PERSONALITIES
from tests.assistant.selection.offers import ScriptedEndpoint
from tests.hostile.test_hostile import settings_for


def rewriter(*pieces: str) -> Rewriter:
    return Rewriter(ScriptedEndpoint(pieces), subject="Mira Vane")


def test_a_follow_up_becomes_searches() -> None:
    reply = json.dumps({"queries": ["Why do bees dance in winter?", "蜜蜂冬天跳舞吗？"]})
    assert rewriter(*reply).queries("And in winter?", ["Why do bees dance?"]) == [
        "Why do bees dance in winter?",
        "蜜蜂冬天跳舞吗？",
    ]


def test_the_conversation_is_shown_as_quoted_text() -> None:
    endpoint = ScriptedEndpoint(['{"queries":[]}'])
    Rewriter(endpoint, subject="Mira Vane").queries('And "then"?\n', ["Why do bees dance?", "为什么？"])
    asked = endpoint.asked[0][-1][1]
    assert '"Why do bees dance?"\n"为什么？"' in asked
    assert r'New question: "And \"then\"?\n"' in asked


@pytest.mark.parametrize(
    ("reply", "found"),
    [
        ('{"queries":["a b","a b","c d","e f","g h"]}', ["a b", "c d", "e f"]),
        ('{"queries":["\\u0000", 7, null, ["x"], "  tidy \\u202e me "]}', ["tidy me"]),
        (json.dumps({"queries": ["x" * 301]}), []),
        ('{"queries":"a b"}', []),
        ("no JSON", []),
        ('{"queries":[' + "[" * 50_000, []),
    ],
)
def test_only_short_clean_searches_are_taken(reply: str, found: list[str]) -> None:
    assert rewriter(reply).queries("And then?", ["Why do bees dance?"]) == found


@pytest.mark.parametrize("name", ["401", "reset mid-stream", "odd shapes", "200 MB in one line", "only prose"])
def test_a_failing_endpoint_gives_no_searches(name: str) -> None:
    with serving(PERSONALITIES[name]) as server:
        assert Rewriter(Endpoint(settings_for(server)), subject="Mira Vane").queries("And then?") == []
