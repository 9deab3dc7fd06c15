import json

import pytest

from assistant.models import Endpoint, EndpointFailed
from assistant.selection.speaker_proposals import ModelLabeller, propose_roles
from evals.hostile.endpoint_server import serving
from evals.hostile.personalities import PERSONALITIES
from knowledge.model.turns import Role
from knowledge.speakers.review import Labeller
from tests.assistant.selection.offers import ScriptedEndpoint
from tests.hostile.test_hostile import settings_for

TURNS = ["Why do bees dance?", "They point at flowers.", "Right.", "And ants?"]


def proposed(reply: str, turns: list[str] = TURNS) -> dict[int, Role]:
    return propose_roles(turns, endpoint=ScriptedEndpoint([reply]), subject="Mira Vane")


def test_turn_numbers_become_roles() -> None:
    assert proposed('{"subject":[2],"other":[1,4]}') == {0: Role.OTHER, 1: Role.SUBJECT, 3: Role.OTHER}


@pytest.mark.parametrize(
    ("reply", "found"),
    [
        ('{"subject":[0,-1,5,99,2],"other":[]}', {1: Role.SUBJECT}),
        ('{"subject":[2,1],"other":[1]}', {1: Role.SUBJECT}),
        ('{"subject":[true,"2",2.0,null],"other":"1"}', {}),
        ("They are all his.", {}),
    ],
)
def test_numbers_not_offered_and_contradictions_are_left_out(reply: str, found: dict[int, Role]) -> None:
    assert proposed(reply) == found


def test_a_long_text_is_shown_in_stretches_numbered_from_one() -> None:
    endpoint = ScriptedEndpoint(['{"subject":[1],"other":[]}'])
    turns = [f"{number} " + "words and more words " * 60 for number in range(40)]
    found = propose_roles(turns, endpoint=endpoint, subject="Mira Vane")
    assert len(endpoint.asked) > 2
    assert len(found) == len(endpoint.asked)
    shown = [json.loads(line) for asked in endpoint.asked for line in asked[-1][1].splitlines() if line[:1] == "{"]
    assert [row["text"] for row in shown] == turns


def test_a_failing_endpoint_is_told() -> None:
    with serving(PERSONALITIES["401"]) as server, pytest.raises(EndpointFailed, match="key refused"):
        propose_roles(TURNS, endpoint=Endpoint(settings_for(server)), subject="Mira Vane")


def test_it_serves_the_review_of_speakers() -> None:
    labeller: Labeller = ModelLabeller(ScriptedEndpoint(['{"subject":[2],"other":[1,4]}']), subject="Mira Vane")
    assert set(labeller.interviewer_sentences(TURNS)) == {0, 3}
