from datetime import date

import pytest

from assistant.answers import Reason
from assistant.question.asked_speaker import asks_another
from assistant.question.filters import Order
from assistant.question.intent import Intent, leans_on_history, read_intent
from knowledge.metadata.catalogue import events, other_people
from knowledge.model.subject import default_subject

HIM = default_subject()


def intent(question: str) -> Intent:
    return read_intent(question, subject=HIM, last_source="2025-11", today=date(2026, 6, 1))


@pytest.mark.parametrize(
    "question",
    [
        "What did Yoshua Bengio write about consciousness?",
        "When does Bill Gates expect superintelligence?",
        "Karpathy's view of tokenizers?",
        "According to Elon Musk, is AI dangerous?",
        "What did Greg Brockman say about Ilya?",
        "What did Nobody Inparticular say about scaling?",
        "马斯克对 AI 安全有什么看法？",
        "黄仁勋怎么看算力？",
        "How does Andrej Karpathy explain attention?",
        "What are Lex Fridman's own predictions?",
        "Karpathy on tokenizers",
        "马斯克对机器人说过什么？",
        "What did Sam Altman say about his firing?",
    ],
)
def test_somebody_elses_words_are_not_his(question: str) -> None:
    assert asks_another(question, HIM)
    assert intent(question).refusal is Reason.NOT_HIM


@pytest.mark.parametrize(
    "question",
    [
        "What does Ilya think of Elon Musk?",
        "What did Ilya Sutskever say about Geoffrey Hinton?",
        "What did he learn from Hinton?",
        "How did he meet Geoffrey Hinton?",
        "Ilya 怎么看马斯克？",
        "What does deep learning want?",
        "Is the Gates foundation relevant?",
        "What does he think of Elon Musk's views?",
        "What does Machine Learning mean?",
        "他怎么看马斯克的观点？",
        "图灵测试还有意义吗？",
    ],
)
def test_his_words_about_others_are_his(question: str) -> None:
    assert not asks_another(question, HIM)


@pytest.mark.parametrize(
    ("question", "since", "until"),
    [
        ("What did he say about robotics in 2020?", "2020", "2020"),
        ("In 2023, what was his view of alignment?", "2023", "2023"),
        ("What has he said since 2022?", "2022", None),
        ("What did he think before 2021?", None, "2020"),
        ("His views between 2015 and 2018", "2015", "2018"),
        ("What did he say before GPT-4?", None, "2023-02"),
        ("他在 ChatGPT 之后怎么说？", "2022-11", None),
        ("2020年他怎么看推理？", "2020", "2020"),
        ("What has he said recently?", "2024", None),
        ("How much of the economy will AI be by 2030?", None, None),
        ("Will there be AGI in 2030?", None, None),
        ("Was AlexNet a surprise?", None, None),
        ("What has he said since March 2024?", "2024-03", None),
        ("His remarks at NeurIPS 2024", "2024", "2024"),
        ("Ilya 在2020年3月的采访里说了什么？", "2020-03", "2020-03"),
        ("What does he think AI will look like in 2040?", None, None),
        ("2040年 AI 会怎样，他怎么看？", None, None),
    ],
)
def test_a_time_of_speaking_is_read_from_the_question(question: str, since: str | None, until: str | None) -> None:
    assert (intent(question).since, intent(question).until) == (since, until)


def test_a_time_after_the_last_source_is_said_to_be_so() -> None:
    assert intent("What did he say about GPT-9 in 2031?").refusal is Reason.AFTER_LAST_SOURCE
    assert intent("What has he announced since December 2025?").refusal is Reason.AFTER_LAST_SOURCE
    assert intent("2027年他怎么评价机器人？").refusal is Reason.AFTER_LAST_SOURCE
    assert intent("What did he say about GPT-2 in 2020?").refusal is None
    assert intent("What did he say since October 2025?").refusal is None
    assert intent("What does he think will happen in 2040?").refusal is None


@pytest.mark.parametrize(
    "question", ["hi", "Hello there!", "What can you do?", "你好", "help", "谢谢", "lol ok", "嗯嗯", "然后呢？", "why?"]
)
def test_small_talk_is_no_question(question: str) -> None:
    assert intent(question).refusal is Reason.UNCLEAR


def test_how_a_view_changed_is_answered_by_date() -> None:
    assert intent("How did his view of scaling change over the years?").order is Order.DATE
    assert intent("他对规模化的看法有什么变化？").order is Order.DATE
    assert intent("How do you change a tire?").order is Order.RELEVANCE


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("How did his view of scaling laws change over the years?", "scaling laws"),
        ("How has his thinking about alignment evolved?", "alignment"),
        ("他对强化学习的看法有什么变化？", "强化学习"),
        ("What does he think of robots?", None),
    ],
)
def test_a_change_of_view_is_searched_by_its_topic(question: str, topic: str | None) -> None:
    assert intent(question).topic == topic


def test_a_follow_up_leans_on_what_was_asked_before() -> None:
    assert leans_on_history("And why is that?")
    assert leans_on_history("那为什么？")
    assert leans_on_history("他把它比作什么？")
    assert not leans_on_history("他怎么看机器人和模拟？")
    assert not leans_on_history("What does he think of robotics and simulation?")
    assert not leans_on_history("What did a painter frame?")


def test_the_landmarks_load() -> None:
    assert len(other_people()) > 20
    dates = [event.date for event in events()]
    assert dates == sorted(dates)
