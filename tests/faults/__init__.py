"""Faults planted on purpose: does a test see them?"""
