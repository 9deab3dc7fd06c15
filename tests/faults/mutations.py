"""Small wrong changes to a module, made from its syntax tree: one comparison, number, word or branch at a time."""

import ast
from collections.abc import Callable, Iterator
from typing import NamedTuple

_COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Lt: "<=",
    ast.LtE: "<",
    ast.Gt: ">=",
    ast.GtE: ">",
    ast.Eq: "!=",
    ast.NotEq: "==",
    ast.In: "not in",
    ast.NotIn: "in",
    ast.Is: "is not",
    ast.IsNot: "is",
}
_ARITHMETIC: dict[type[ast.operator], str] = {ast.Add: "-", ast.Sub: "+", ast.Mult: "+"}


Span = Callable[[ast.expr], tuple[int, int]]
"""Tells the characters of an expression."""


class Mutation(NamedTuple):
    """Characters [start, end) of a module's text become `instead`; `line` is counted from 1."""

    line: int
    start: int
    end: int
    instead: str

    def of(self, text: str) -> str:
        """Return the text with the change."""
        return text[: self.start] + self.instead + text[self.end :]


def mutations(text: str) -> list[Mutation]:
    """Return every change that can be made to a module, in the order of its text."""
    offsets = _line_offsets(text)
    found = [one for node in _code(ast.parse(text)) for one in _of_node(node, text, offsets)]
    return sorted(set(found), key=lambda one: (one.start, one.end, one.instead))


def _code(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes that run: annotations say what is, and changing them changes nothing."""
    for name, value in ast.iter_fields(tree):
        if name in ("annotation", "returns"):
            continue
        for node in value if isinstance(value, list) else [value]:
            if isinstance(node, ast.AST):
                yield node
                yield from _code(node)


def _of_node(node: ast.AST, text: str, offsets: list[int]) -> Iterator[Mutation]:
    def span(one: ast.expr) -> tuple[int, int]:
        return _at(text, offsets, one.lineno, one.col_offset), _at(
            text, offsets, one.end_lineno or 0, one.end_col_offset or 0
        )

    def whole(one: ast.expr, instead: str) -> Mutation:
        return Mutation(one.lineno, *span(one), instead)

    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in _COMPARISONS:
        yield Mutation(
            node.lineno, *_between(node.left, node.comparators[0], span), f" {_COMPARISONS[type(node.ops[0])]} "
        )
    elif isinstance(node, ast.BoolOp):
        word = " or " if isinstance(node.op, ast.And) else " and "
        yield Mutation(node.lineno, span(node)[0], span(node)[1], _joined(node, word, text, span))
        for left_out in range(len(node.values)):
            kept = [one for number, one in enumerate(node.values) if number != left_out]
            word = " and " if isinstance(node.op, ast.And) else " or "
            yield whole(node, "(" + word.join(f"({_text(one, text, span)})" for one in kept) + ")")
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield whole(node, f"bool({_text(node.operand, text, span)})")
    elif isinstance(node, ast.BinOp) and type(node.op) in _ARITHMETIC:
        yield Mutation(node.lineno, *_between(node.left, node.right, span), f" {_ARITHMETIC[type(node.op)]} ")
    elif isinstance(node, ast.Constant) and type(node.value) in (int, float):
        yield whole(node, f"({_text(node, text, span)} + 1)")
    elif isinstance(node, ast.Constant) and type(node.value) is bool:
        yield whole(node, str(not node.value))
    elif isinstance(node, ast.IfExp):
        yield whole(node, f"({_text(node.body, text, span)})")
        yield whole(node, f"({_text(node.orelse, text, span)})")
    elif isinstance(node, ast.If | ast.While):
        yield whole(node.test, "False")
        if isinstance(node, ast.If):
            yield whole(node.test, "True")


def _joined(node: ast.BoolOp, word: str, text: str, span: Span) -> str:
    return "(" + word.join(f"({_text(one, text, span)})" for one in node.values) + ")"


def _text(node: ast.expr, text: str, span: Span) -> str:
    start, end = span(node)
    return text[start:end]


def _between(left: ast.expr, right: ast.expr, span: Span) -> tuple[int, int]:
    """Return the characters between two operands: the operator."""
    return span(left)[1], span(right)[0]


def _line_offsets(text: str) -> list[int]:
    offsets = [0]
    for line in text.splitlines(keepends=True):
        offsets.append(offsets[-1] + len(line))
    return offsets


def _at(text: str, offsets: list[int], line: int, column: int) -> int:
    """Return the character at a line and a column, which the syntax tree counts in bytes."""
    start = offsets[line - 1]
    own = text[start : offsets[line]]
    return start + len(own.encode()[:column].decode())
