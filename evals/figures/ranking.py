"""Figures on what is found, before anything is selected."""

from collections.abc import Sequence

from evals.figures.figure import Figure, groups_of, mean_of
from evals.figures.metrics.places import Place
from evals.figures.metrics.ranking import is_relevant, ndcg_at, recall_at, reciprocal_rank
from evals.run.run_records import Record

KS = (1, 3, 5, 10, 20)


def relevance(record: Record) -> list[bool]:
    """Return which of the ranked passages hold evidence."""
    return [is_relevant(Place(hit.source, hit.start, hit.end, ""), record.gold) for hit in record.ranked]


def ranking_figures(records: Sequence[Record], system: str) -> list[Figure]:
    """Return the figures on the rankings of one system."""
    found = []
    asked = [record for record in records if record.type == "question"]
    for group, members in groups_of(asked):
        judged = [(relevance(record), len(record.gold)) for record in members]
        for k in KS:
            found += mean_of("Retrieval", f"recall@{k}", system, group, [recall_at(hits, k) for hits, _ in judged])
        found += mean_of("Retrieval", "MRR", system, group, [reciprocal_rank(hits) for hits, _ in judged])
        values = [ndcg_at(hits, 10, ideal=ideal) for hits, ideal in judged]
        found += mean_of("Retrieval", "nDCG@10", system, group, values)
    strangers = [float(not record.ranked[0].his) for record in asked if record.ranked]
    found += mean_of("Retrieval", "first passage holds others' words", system, "all", strangers)
    for type_, name in (("followup", "follow-ups in context"), ("standalone", "the same asked in full")):
        members = [record for record in records if record.type == type_ and record.kind != "first"]
        for k in (1, 5):
            values = [recall_at(relevance(record), k) for record in members]
            found += mean_of("Follow-ups", f"recall@{k}, {name}", system, "all", values)
    return found
