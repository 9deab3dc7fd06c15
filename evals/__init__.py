"""Measures the assistant through its public names: cases, metrics, gates, baselines, reports."""
