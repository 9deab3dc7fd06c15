"""Tests of what operators watch and keep."""
