"""What must hold for every answer, checked on what a reader sees; one miss fails the run."""

from evals.gates.answer_gates import GATES, Verdicts, check_answer, same_choice

__all__ = ["GATES", "Verdicts", "check_answer", "same_choice"]
