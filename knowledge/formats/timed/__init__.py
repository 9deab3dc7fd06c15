"""Formats made of timed rows: captions, and the tables and JSON of transcription services."""
