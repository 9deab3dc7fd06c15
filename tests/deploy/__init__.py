"""Tests of the files that deploy it."""
