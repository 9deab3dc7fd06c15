"""Choosing what to quote: a selector turns ranked passages into spans of whole sentences."""
