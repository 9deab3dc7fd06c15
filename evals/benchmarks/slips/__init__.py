"""Slipped speaker labels, generated: whether words of others are ever quotable, and what that costs on clean files."""
