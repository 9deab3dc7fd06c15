"""Whom the words beside a quotation name: people in a sentence, verbs of speech, credits."""
