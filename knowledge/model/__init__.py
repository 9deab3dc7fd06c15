"""The types everything speaks in: a source, its turns, its passages, whose words we quote, and what can go wrong."""
