"""Kinds of documents: a document becomes a source, with who speaks where, or with the words of nobody known."""
