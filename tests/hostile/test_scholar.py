from assistant.models import Endpoint
from evals.hostile.endpoint_server import serving
from evals.hostile.writers import knows
from tests.assistant.selection.offers import QUESTION, run, selector
from tests.hostile.test_hostile import settings_for

GOLD = {QUESTION: ["to point at flowers"], "What moves the tides?": ["The moon pulls the water,\nand the sun helps."]}


def test_a_model_that_knows_the_answers_gets_exactly_them_quoted() -> None:
    with serving(knows(GOLD)) as server:
        chooser = selector(Endpoint(settings_for(server)), settings=settings_for(server, model_seconds=10))
        said = {question: [quote.text for quote in run(chooser, question)[0]] for question in GOLD}
        _, outcome = run(chooser, "What is a lighthouse?")
    assert said == {
        QUESTION: ["Bees dance to point at flowers."],
        "What moves the tides?": ["The moon pulls the water, and the sun helps."],
    }
    assert outcome.reason == "no_evidence"
