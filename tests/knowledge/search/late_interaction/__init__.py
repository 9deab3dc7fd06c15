"""Tests of late interaction."""
