"""Endpoints of our own, over real HTTP: hostile ones for attacks, and one that knows the right answers."""
